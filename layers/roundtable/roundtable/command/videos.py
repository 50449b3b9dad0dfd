"""A check of a video at hand, with the code that the functions run."""

from collections.abc import Iterator
from pathlib import Path

from roundtable.adapters.scanner_builtin import search
from roundtable.documents.watching.video import ReadRange, look_into_video_file
from roundtable.domain.documents import ScanStatus
from roundtable.domain.evidence import Verdict, VideoEvidence
from roundtable.domain.model import Record
from roundtable.domain.program import VideoRequirement
from roundtable.domain.quarantine import INFECTED
from roundtable.domain.videos import LinkRefused, canonical_link, judge_video, link_evidence
from roundtable.ports import VideoDirectory

_PART = 1024 * 1024


class VideoChecked(Record):
    """The verdict on a video, and what was found about it."""

    verdict: Verdict
    reason: str
    evidence: VideoEvidence


def check_link(
    url: str, requirement: VideoRequirement, directory: VideoDirectory, stated: int | None
) -> VideoChecked:
    """Return the verdict on a link; `stated` is the length that its applicant states (seconds)."""
    try:
        link = canonical_link(url, requirement.hosts)
    except LinkRefused as refused:
        return _judged(requirement, VideoEvidence(readable=False, problem=refused.reason))
    return _judged(requirement, link_evidence(link, directory.look_up(link), stated))


def check_file(path: Path, requirement: VideoRequirement, stated: int | None) -> VideoChecked:
    """Return the verdict on a file."""
    with path.open("rb") as file:

        def read_range(start: int, length: int) -> bytes:
            file.seek(start)
            return file.read(length)

        parts = iter(lambda: file.read(_PART), b"")
        return check_ranges(parts, read_range, path.stat().st_size, requirement, stated)


def check_ranges(
    parts: Iterator[bytes],
    read_range: ReadRange,
    size: int,
    requirement: VideoRequirement,
    stated: int | None,
) -> VideoChecked:
    """Return the verdict on a file, searched through part by part and read by ranges."""
    if search(parts) is ScanStatus.INFECTED:
        return _judged(requirement, VideoEvidence(readable=False, problem=INFECTED))
    evidence = look_into_video_file(read_range, size)
    if evidence.readable and evidence.seconds is None and stated is not None:
        evidence = evidence.with_(seconds=stated, stated=True)
    return _judged(requirement, evidence)


def _judged(requirement: VideoRequirement, evidence: VideoEvidence) -> VideoChecked:
    verdict, reason = judge_video(requirement, evidence)
    return VideoChecked(verdict=verdict, reason=reason, evidence=evidence)
