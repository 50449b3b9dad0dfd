"""What is drawn in a letter, and for whom it is a signature: those over whose names it stands."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from roundtable.documents.finding.blocks import is_rule, last_prose
from roundtable.documents.finding.lines import Line, covering, is_closing
from roundtable.documents.finding.signatures import Signatory
from roundtable.domain.evidence import Box, Place
from roundtable.domain.reading import PICTURE, Detection, LetterReading

ABOVE = 0.14
"""How far above a printed name people sign: about 1.5 inches of a page of 11, as a share of it."""
BESIDE = 0.25
"""How far beside it, as a share of the page's width."""
_LEAN = 0.015
"""By how much a signature reaches over the lines around it, in either direction."""
_BESIDE_AFTER = 0.02
_MOST_DRAWN = 200
_TALLEST = 0.35
"""What is taller is no signature: a share of the page's height."""
_FEW_CHARACTERS = 100
_LETTERHEAD = 0.15
_FOOTER = 0.88
"""Between these heights of a page stands what belongs to the letter itself."""
_WIDE, _HIGH = 0.1, 0.03
"""A picture of this share of the page's width and height may hold a name with its title."""
_CAPTION = re.compile(
    r"(?i)[(\[]?(?:x|by|date|signature|signed|sign\s+here|authorized\s+signature)\s*:?[)\]]?[\s_]*"
)


@dataclass(frozen=True)
class _Near:
    distance: float
    person: int
    printed: bool


class Drawn:
    """What is drawn in a letter, and for whom it is a signature."""

    def __init__(
        self,
        reading: LetterReading,
        detection: Detection | None,
        people: Sequence[Signatory],
        lines: Sequence[Line],
    ) -> None:
        self._reading, self._people, self._lines = reading, people, lines
        found = [
            Place(page=page.page, box=box)
            for page in (detection.pages if detection else ())
            for box in page.signatures
        ]
        self._ink = [place for place in reading.ink if place.page not in reading.scanned]
        self._near_ink = people_near(self._ink, people, lines)
        near_found = people_near(found, people, lines)
        self.detected = frozenset(near[0] for near in near_found if near)
        self.inked = frozenset(near[0] for near in self._near_ink if near)
        near_fields = people_near(reading.waiting, people, lines)
        self.waiting = frozenset(near[0] for near in near_fields if near)
        self._all = [
            *zip(self._ink, self._near_ink, strict=False),
            *zip(found, near_found, strict=False),
        ]

    @property
    def all_known(self) -> bool:
        """Whether nothing is drawn in the letter but signatures that belong to somebody."""
        return not self._reading.scanned and all(
            near or not _in_the_letter(place) for place, near in self._all
        )

    def may_be_signature_of(self, person: int, line: Line) -> bool:
        """Whether something is drawn on the page of a title that could be its signature."""
        if not self._reading.pages:
            # A remark may tell of drawings that are no part of the rows.
            return bool(_pictures(self._lines) or self._reading.remarks)
        page = line.place.page if line.place else 1
        return page in self._reading.scanned or any(
            person in near or (not near and _in_the_letter(place))
            for place, near in self._all
            if place.page == page
        )

    def unexplained(self, characters: int) -> set[int]:
        """Return pages with pictures that could hold a title, below the text of the letter."""
        pictures = _pictures(self._lines)
        if pictures and not self._reading.pages:
            explained = sum(person.pictured for person in self._people)
            below = sum(number > last_prose(self._lines) for number in pictures)
            return {1} if characters < _FEW_CHARACTERS or below > explained else set()
        ends: dict[int, float] = {}
        for line in self._lines[: last_prose(self._lines) + 1]:
            if line.place and line.place.box:
                bottom = max(ends.get(line.place.page, 0.0), line.place.box.bottom)
                ends[line.place.page] = bottom
        last = max(ends, default=1)
        return {
            place.page
            for place, near in zip(self._ink, self._near_ink, strict=False)
            if not near
            and place.page >= last
            and place.box is not None
            and _in_the_letter(place)
            and place.box.top >= ends.get(place.page, 0.0)
            and place.box.right - place.box.left >= _WIDE
            and place.box.bottom - place.box.top >= _HIGH
        }


def people_near(
    drawn: Sequence[Place], people: Sequence[Signatory], lines: Sequence[Line]
) -> tuple[tuple[int, ...], ...]:
    """Return for each drawn place the numbers of the people whose signature it can be.

    The nearest person comes first: what is drawn serves one person only. It can be the signature
    of those of the page whose name or title begins below it or stands beside it, with no other
    text between.
    """
    blocks = [_block(person) for person in people]
    of_page: dict[int, list[Line]] = {}
    for line in lines:
        if line.place is not None:
            of_page.setdefault(line.place.page, []).append(line)
    return tuple(
        _near(place, people, blocks, of_page.get(place.page, ())) for place in drawn[:_MOST_DRAWN]
    )


def _near(
    place: Place, people: Sequence[Signatory], blocks: Sequence[Place | None], lines: Sequence[Line]
) -> tuple[int, ...]:
    box = place.box
    if box is None or box.bottom - box.top > _TALLEST:
        return ()
    near = [
        _Near(distance, at, bool(person.titles) or not _covers(box, block.box))
        for at, (person, block) in enumerate(zip(people, blocks, strict=True))
        if block is not None
        and block.page == place.page
        and block.box is not None
        and (distance := _distance(box, block.box)) is not None
        and not _parted(box, block.box, lines)
    ]
    # Writing that was recognized as text is no printed name, where one stands below.
    printed = [one for one in near if one.printed] or near
    return tuple(one.person for one in sorted(printed, key=lambda one: one.distance))


def _block(person: Signatory) -> Place | None:
    """Return where a person's name and titles stand, on the page where they begin."""
    places = [line.place for line in person.lines if line.place]
    if not places:
        return None
    page = places[0].page
    return Place(page=page, box=covering(at.box for at in places if at.page == page and at.box))


def _distance(drawn: Box, block: Box) -> float | None:
    """Return how far apart they are, as shares of the page; None where too far to belong."""
    aside = max(block.left - drawn.right, drawn.left - block.right, 0.0)
    middle = (drawn.top + drawn.bottom) / 2
    if aside == 0 and middle < block.bottom:
        gap = max(block.top - drawn.bottom, 0.0)
        return gap if gap <= ABOVE else None
    if block.top - _LEAN <= middle <= block.bottom + _LEAN and 0 < aside <= BESIDE:
        return aside + _BESIDE_AFTER
    return None


def _covers(drawn: Box, block: Box) -> bool:
    return drawn.top <= (block.top + block.bottom) / 2 <= drawn.bottom


def _parted(drawn: Box, block: Box, lines: Sequence[Line]) -> bool:
    """Whether a line of other text stands between what is drawn and the block."""
    for line in lines:
        box = line.place.box if line.place else None
        if box is None or line.text == PICTURE:
            continue
        between = drawn.bottom <= (box.top + box.bottom) / 2 < block.top
        in_column = box.left < block.right and box.right > block.left
        if between and in_column and not _no_text(line.text):
            return True
    return False


def _no_text(text: str) -> bool:
    return is_rule(text) or is_closing(text) or _CAPTION.fullmatch(text) is not None


def _in_the_letter(place: Place) -> bool:
    box = place.box
    return box is None or ((place.page > 1 or box.bottom > _LETTERHEAD) and box.top < _FOOTER)


def _pictures(lines: Sequence[Line]) -> list[int]:
    return [number for number, line in enumerate(lines) if line.text == PICTURE]
