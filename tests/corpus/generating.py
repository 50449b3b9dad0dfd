"""The files of the corpus on disk, and the hashes by which they are known to be the same."""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile, ZipFile

import pillow_heif  # pyright: ignore[reportMissingTypeStubs] (it carries no types)
from PIL import Image, UnidentifiedImageError

from tests.corpus.cases import LetterCase
from tests.corpus.checking import LetterJob
from tests.corpus.letters import LETTERS
from tests.corpus.making.pictures import recognized
from tests.corpus.videos import VIDEOS

FOLDER = Path("build/corpus")
HASHES = Path(__file__).parent / "hashes.json"

_MOST_DOTS = 10_000_000


def makers() -> dict[str, Callable[[], bytes]]:
    """Return how each file of the corpus is made, by its path in the corpus."""
    letters = {f"letters/{file.name}": file.make for case in LETTERS for file in case.files}
    videos = {f"videos/{case.name}": case.make for case in VIDEOS if case.make is not None}
    return letters | videos


def fingerprint(name: str, content: bytes) -> str:
    """Return the hash of a file: of its bytes, or of what is packed in it.

    Packed bytes differ between builds of zlib and of the HEIC encoder. So a ZIP is known by its
    parts, and PNG and HEIC pictures by their dots.
    """
    if name.endswith((".docx", ".xlsx", ".zip")):
        content = _unzipped(content)
    elif name.endswith((".png", ".heic")):
        content = _dots(content)
    return hashlib.sha256(content).hexdigest()


def _unzipped(content: bytes) -> bytes:
    try:
        with ZipFile(BytesIO(content)) as archive:
            parts = [
                f"{item.filename} {item.file_size} {item.CRC}\n" for item in archive.infolist()
            ]
    except BadZipFile:
        return content
    return "".join(parts).encode()


def _dots(content: bytes) -> bytes:
    pillow_heif.register_heif_opener()  # pyright: ignore[reportUnknownMemberType]
    try:
        with Image.open(BytesIO(content)) as picture:
            kind = f"{picture.format} {picture.mode} {picture.size}\n".encode()
            if picture.width * picture.height > _MOST_DOTS:
                return kind
            return kind + picture.tobytes()
    except (UnidentifiedImageError, Image.DecompressionBombError):
        return content


def known_hashes() -> Mapping[str, str]:
    """Return the hashes that are kept with the sources."""
    return json.loads(HASHES.read_text())


def write_hashes(hashes: Mapping[str, str]) -> None:
    """Keep these hashes with the sources."""
    HASHES.write_text(json.dumps(dict(sorted(hashes.items())), indent=1) + "\n")


def generate(folder: Path = FOLDER, names: Iterable[str] | None = None) -> dict[str, str]:
    """Write the files, or those of them that are named, and return their hashes."""
    hashes: dict[str, str] = {}
    known = makers()
    for name in known if names is None else names:
        content = known[name]()
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        hashes[name] = fingerprint(name, content)
    return hashes


def job_of(case: LetterCase, folder: Path = FOLDER) -> LetterJob:
    """Return the check of a case whose files were written."""
    return LetterJob(
        name=case.name,
        paths=tuple((folder / "letters" / file.name).resolve() for file in case.files),
        signed_by=case.signed_by,
        organization=case.organization,
        program=case.program,
        detections=tuple(
            None if file.letter is None else recognized(file.letter) for file in case.files
        ),
    )
