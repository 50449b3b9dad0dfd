"""Amazon Textract, which recognizes text and signatures by hand on page images."""

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any, Protocol

from botocore.exceptions import ClientError

from roundtable.adapters.aws_errors import code_of, service
from roundtable.domain.documents import Document, preview_key
from roundtable.domain.evidence import Box
from roundtable.domain.reading import Cell, DetectedPage, Detection, Row
from roundtable.ports import SignatureDetector

_log = logging.getLogger(__name__)

MOST_PAGES = 10
"""Pages of one letter that are sent, each in a call of its own of one to three seconds."""

CONFIDENT = 80.0
"""Of 100: from here on Textract is believed that a signature is there. That it stands where a
certain person signs is found out elsewhere."""

_NOT_TAKEN = frozenset(
    {
        "BadDocumentException", "DocumentTooLargeException", "InvalidS3ObjectException",
        "UnsupportedDocumentException",
    }
)  # fmt: skip
"""Errors about one image: nothing is known of that page, and a repeated call changes nothing.
The third also means that the function's role may not read the image."""
_PARAGRAPH_GAP = 1.75
_NEAR = 8
"""Lines above and below whose distances tell what is usual there."""


class Textract(Protocol):
    """What is used of boto3's client."""

    def analyze_document(
        self,
        *,
        Document: Mapping[str, Any],  # noqa: N803 (named by AWS)
        FeatureTypes: Sequence[str],  # noqa: N803 (named by AWS)
    ) -> Mapping[str, Any]:
        """Return the blocks that were found in a document."""
        ...


class TextractDetector(SignatureDetector):
    """Sends the images that were made when a letter was read, straight from the bucket.

    The function's own role must be allowed `textract:AnalyzeDocument`, and to read the images.
    Tested with answers of the documented shape and never with the service itself.
    """

    def __init__(self, client: Textract, bucket: str) -> None:
        self._client = client
        self._bucket = bucket

    def detect(self, document: Document, pages: Sequence[int]) -> Detection | None:
        """Return what is on these pages; of more than `MOST_PAGES`, the first and the last ones.

        The letterhead is on the first page, and people sign at the end. A page whose image
        Textract does not take is left out. Raises Unavailable.
        """
        versions: list[str] = []
        found: list[DetectedPage] = []
        for page in _chosen(pages):
            answer = self._ask(document, page)
            if answer is not None:
                versions.append(answer.get("AnalyzeDocumentModelVersion", ""))
                found.append(_page(answer.get("Blocks", []), page))
        tool = " ".join(["textract", *sorted({version for version in versions if version})])
        return Detection(pages=tuple(found), tool=tool)

    def _ask(self, document: Document, page: int) -> Mapping[str, Any] | None:
        image = {"S3Object": {"Bucket": self._bucket, "Name": preview_key(document, page)}}
        try:
            with service("Textract"):
                return self._client.analyze_document(Document=image, FeatureTypes=["SIGNATURES"])
        except ClientError as error:
            if code_of(error) not in _NOT_TAKEN:
                raise
            _log.warning(
                "Textract did not take page %d of %s/%s/%d: %s",
                page,
                document.application,
                document.requirement,
                document.number,
                code_of(error),
            )
            return None


@dataclass(frozen=True)
class _Line:
    box: Box
    text: str

    @property
    def height(self) -> float:
        return self.box.bottom - self.box.top

    @property
    def middle(self) -> float:
        return (self.box.top + self.box.bottom) / 2


def _chosen(pages: Sequence[int]) -> list[int]:
    """Return the pages to send, in order: the first one and the last ones."""
    ordered = sorted(set(pages))
    if len(ordered) <= MOST_PAGES:
        return ordered
    return [ordered[0], *ordered[1 - MOST_PAGES :]]


def _page(blocks: Iterable[Mapping[str, Any]], page: int) -> DetectedPage:
    lines: list[_Line] = []
    signatures: list[Box] = []
    for block in blocks:
        kind = block.get("BlockType")
        if kind == "LINE":
            text = " ".join(block.get("Text", "").split())
            if text:
                lines.append(_Line(_box(block), text))
        elif kind == "SIGNATURE" and block.get("Confidence", 0) >= CONFIDENT:
            signatures.append(_box(block))
    return DetectedPage(page=page, rows=_rows(lines, page), signatures=tuple(signatures))


def _box(block: Mapping[str, Any]) -> Box:
    """Return where a block is; a part that stands over the edge of the image is cut off."""
    place = block["Geometry"]["BoundingBox"]
    left, top = place["Left"], place["Top"]
    edges = (left, top, left + place["Width"], top + place["Height"])
    left, top, right, bottom = (min(max(edge, 0.0), 1.0) for edge in edges)
    return Box(left=left, top=top, right=right, bottom=bottom)


def _rows(found: Iterable[_Line], page: int) -> tuple[Row, ...]:
    """Return lines in rows from top to bottom, columns beside each other, an empty row per gap."""
    rows: list[list[_Line]] = []
    for line in sorted(found, key=lambda item: item.middle):
        beside = rows[-1][0] if rows else None
        if beside and line.middle - beside.middle < min(beside.height, line.height) / 2:
            rows[-1].append(line)
        else:
            rows.append([line])
    pitches = [below[0].middle - above[0].middle for above, below in pairwise(rows)]
    made: list[Row] = []
    for index, row in enumerate(rows):
        if index and pitches[index - 1] > _PARAGRAPH_GAP * _usual(pitches, index - 1, row):
            made.append(Row(page=page))
        row.sort(key=lambda item: item.box.left)
        cells = (Cell(text=line.text, x=_centre(line.box), box=line.box) for line in row)
        made.append(Row(cells=tuple(cells), page=page))
    return tuple(made)


def _usual(pitches: Sequence[float], index: int, row: Sequence[_Line]) -> float:
    """Return the distance of lines around a gap where no paragraph begins."""
    near = pitches[max(0, index - _NEAR) : index + _NEAR + 1]
    return max(min(near), median(line.height for line in row))


def _centre(box: Box) -> float:
    return (box.left + box.right) / 2
