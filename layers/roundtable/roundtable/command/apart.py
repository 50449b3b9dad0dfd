"""Parsing in a process of its own, with little time and memory, so that a file harms nothing.

The process takes one request from its input and answers as JSON. In the cloud, functions of their
own are apart in the same way (docs/adr/0009).
"""

import json
import resource
import subprocess
import sys
from typing import Any

from pydantic import TypeAdapter, ValidationError

from roundtable.command.reading import LetterFile
from roundtable.domain.evidence import DigitalSignature
from roundtable.domain.model import Record
from roundtable.domain.reading import LetterReading
from roundtable.ports import ReadingFailed

SECONDS = 30
"""Of processor time, and as much again of patience; what the functions have."""
MOST_MEMORY = 1024 * 1024 * 1024
"""Bytes, as the functions have."""

_PROGRAM = "import sys; from roundtable.command.apart import main; main(sys.argv[1:])"

_signatures: TypeAdapter[tuple[DigitalSignature, ...]] = TypeAdapter(tuple[DigitalSignature, ...])


class _Request(Record):
    """A line of JSON that tells of a file; its content follows on the next line."""

    file_name: str
    max_bytes: int = 0
    max_pages: int = 0


class ReaderApart:
    """Reads and verifies each file in a process of its own."""

    def read(self, file: LetterFile, *, max_bytes: int, max_pages: int) -> LetterReading:
        """Return what stands in a letter; raises ReadingFailed if the process stops over it."""
        request = _Request(file_name=file.name, max_bytes=max_bytes, max_pages=max_pages)
        answer = _ask("read", request, file.content)
        try:
            return LetterReading.model_validate_json(answer)
        except ValidationError as error:
            raise ReadingFailed("no answer that makes sense") from error

    def verify(self, file: LetterFile) -> tuple[DigitalSignature, ...]:
        """Return the digital signatures; raises ReadingFailed if the process stops over them."""
        answer = _ask("verify", _Request(file_name=file.name), file.content)
        try:
            return _signatures.validate_json(answer)
        except ValidationError as error:
            raise ReadingFailed("no answer that makes sense") from error


def _ask(task: str, request: _Request, content: bytes) -> bytes:
    try:
        done = subprocess.run(  # noqa: S603 (this module, by this interpreter)
            [sys.executable, "-P", "-c", _PROGRAM, task],
            input=request.model_dump_json().encode() + b"\n" + content,
            capture_output=True,
            timeout=2 * SECONDS,
            check=True,
        )
    except subprocess.SubprocessError as error:
        raise ReadingFailed("the process stopped") from error
    return done.stdout


def main(arguments: list[str]) -> None:
    """Answer one request, within limits that end the process."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_DATA, (MOST_MEMORY, MOST_MEMORY))
    line = sys.stdin.buffer.readline()
    request = _Request.model_validate_json(line)
    content = sys.stdin.buffer.read()
    sys.stdout.write(json.dumps(_answer(arguments[0], request, content)))


def _answer(task: str, request: _Request, content: bytes) -> Any:  # noqa: ANN401 (any JSON)
    # The parsers are imported here alone, within the limits.
    if task == "verify":
        from roundtable.documents.digital import verify_digital_signatures  # noqa: PLC0415

        return _signatures.dump_python(verify_digital_signatures(content), mode="json")
    from roundtable.documents.reading.letter import read_letter  # noqa: PLC0415

    read = read_letter(
        content,
        file_name=request.file_name,
        max_bytes=request.max_bytes,
        max_pages=request.max_pages,
    )
    return read.reading.model_dump(mode="json")
