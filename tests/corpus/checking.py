"""Checks of the corpus, with the code that the functions and `roundtable-check` run."""

from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from roundtable.adapters.videos.directory import HostsDirectory
from roundtable.adapters.videos.guarded_fetch import Fetched, FetchFailed, FetchRefused
from roundtable.command.letters import LettersChecked, check_letters
from roundtable.command.reading import LetterFile
from roundtable.command.terms import LetterTerms, find_program, letter_terms, video_requirement
from roundtable.command.videos import VideoChecked, check_link, check_ranges
from roundtable.documents.digital import verify_digital_signatures
from roundtable.documents.reading.letter import read_letter
from roundtable.domain.evidence import DigitalSignature
from roundtable.domain.model import Record
from roundtable.domain.program import Program, Role
from roundtable.domain.reading import Detection, LetterReading

TODAY = date(2022, 11, 1)
"""The last day of the program's round: no letter may be dated later."""


class LetterJob(Record):
    """The letters of one case as files, apart from how they were made."""

    name: str
    paths: tuple[Path, ...]
    signed_by: tuple[Role, ...]
    organization: str
    program: str
    detections: tuple[Detection | None, ...]
    """What recognition would tell of each file; None where nobody recognizes."""

    def files(self, *, recognized: bool) -> tuple[LetterFile, ...]:
        """Return the files, with what is recognized on their pages or without."""
        return tuple(
            LetterFile(
                name=path.name,
                content=path.read_bytes(),
                detection=detection if recognized else None,
            )
            for path, detection in zip(self.paths, self.detections, strict=True)
        )

    def terms(self) -> LetterTerms:
        """Return what is asked of the letters."""
        return letter_terms(program_called(self.program), self.signed_by, self.organization, TODAY)


class ReaderHere:
    """Parses in this process, which is measured."""

    def read(self, file: LetterFile, *, max_bytes: int, max_pages: int) -> LetterReading:
        """Return what stands in a letter."""
        return read_letter(
            file.content, file_name=file.name, max_bytes=max_bytes, max_pages=max_pages
        ).reading

    def verify(self, file: LetterFile) -> tuple[DigitalSignature, ...]:
        """Return its digital signatures."""
        return verify_digital_signatures(file.content)


@cache
def program_called(key: str) -> Program:
    """Return a program that is delivered with the sources."""
    return find_program(key)


def checked_letters(job: LetterJob, *, recognized: bool) -> LettersChecked:
    """Return the verdict over the letters of a case."""
    return check_letters(job.files(recognized=recognized), job.terms(), ReaderHere())


class Answering:
    """Answers as hosts do: at their oEmbed endpoints, and for the video's own page."""

    def __init__(self, answer: tuple[int, bytes] | None, page: tuple[int, bytes] | None) -> None:
        self._answer = answer
        self._page = page

    def get(self, url: str, *, may_visit: Callable[[str], bool], **_limits: int) -> Fetched:
        """Return the answer that was given; raises FetchFailed where there is none."""
        parts = urlsplit(url)
        if not may_visit(parts.netloc):
            raise FetchRefused(parts.netloc)
        given = self._answer if "oembed" in parts.path else self._page
        if given is None:
            raise FetchFailed("nobody answers")
        return Fetched(status=given[0], url=url, body=given[1])


def checked_link(
    link: str,
    answer: tuple[int, bytes] | None,
    page: tuple[int, bytes] | None,
    *,
    stated: int | None,
    hosts: tuple[str, ...],
) -> VideoChecked:
    """Return the verdict on a link."""
    asked = video_requirement(program_called("pursuing-equity-2023"), None, None)
    directory = HostsDirectory(Answering(answer, page))
    return check_link(link, asked.with_(hosts=hosts), directory, stated)


def checked_video(content: bytes, size: int | None, *, stated: int | None) -> VideoChecked:
    """Return the verdict on a file of which only the beginning was made; the rest is zeros."""

    def read_range(start: int, length: int) -> bytes:
        length = max(0, min(length, whole - start))
        return content[start : start + length].ljust(length, b"\0")

    whole = len(content) if size is None else size
    asked = video_requirement(program_called("pursuing-equity-2023"), None, None)
    return check_ranges(iter([content]), read_range, whole, asked, stated)
