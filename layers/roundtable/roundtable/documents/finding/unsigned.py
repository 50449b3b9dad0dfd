"""Whether it is sure that a person whose name and title are printed in a letter did not sign.

A careful person is sure where the name is printed as the text around it is and nothing else in the
letter could be the signature. Whatever leaves a doubt leaves the letter to a person.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from roundtable.documents.finding.blocks import MARK, is_rule
from roundtable.documents.finding.houses import names_another_house
from roundtable.documents.finding.lines import ADDRESS, COPIES, SALUTATION, Line, covering
from roundtable.documents.finding.people import same_person
from roundtable.documents.finding.signatures import OTHER_TITLE, Signatory
from roundtable.documents.finding.titles import fold, is_prose
from roundtable.domain.evidence import Box, DigitalSignature, Place
from roundtable.domain.organizations import names_organization
from roundtable.domain.reading import MOST_MARKS, PICTURE, LetterReading

_MOST_PEOPLE = 12
"""More do not sign a letter; what has more is a list."""
_FAREWELL = re.compile(
    r"(?i)(?:(?:yours|very|most|with|in|kind|best|warm|warmest|kindest|our|many|and|sincerely"
    r"|respectfully|submitted|regards|wishes|truly|faithfully|gratitude|appreciation|thanks"
    r"|thank\s+you|warmly|gratefully|cordially|partnership|solidarity|service|health)[\s,.!]*)+"
)
"""Closing words without a name behind them ("Best, Jane")."""
_OF_SIGNING = re.compile(
    r"(?i)\b(?:sign(?:s|ed|ing|ature|atures)?|e-?sign\w*|electronic\w*|typ(?:ed|ing))\b"
)
"""Words by which a letter may say that a printed name is a signature."""
_OF_A_SIGNER = re.compile(r"(?i)\b(?:board|chair\w*|president|ceo|dean|founder|administrator)\b")
_SIGNED_BY = re.compile(r"(?i)\bsigned\s+by\b")
"""What an empty field shows of a digital signature that it never got."""
_DRAFT = re.compile(r"(?i)\bdrafts?\b")
_TALLEST_LINE = 0.06
"""Of a page's height; what is taller is a stamp, or is written across the page."""
_LETTERHEAD = 0.21
"""Above this height of the first page, what is drawn is taken for a letterhead's picture."""
_TOUCH = 0.004
"""By how much lines reach into each other, as a share of the page."""
_CONTACT = re.compile(r"\d|@|\bwww\.")
_LIKE_HANDWRITING = re.compile(
    r"(?i)script|hand|brush|calli|cursive|signature|chancery|freestyle|vivaldi|dancing|pacifico"
    r"|allura|vibes"
)


class Unsigned:
    """Tells for whom of a letter's people it is sure that they did not sign."""

    def __init__(
        self,
        reading: LetterReading,
        lines: Sequence[Line],
        people: Sequence[Signatory],
        digital: Sequence[DigitalSignature],
        organization: str,
    ) -> None:
        self._reading, self._people, self._organization = reading, people, organization
        self._digital = digital
        prepared = [
            field
            for field in reading.waiting
            if any(_SIGNED_BY.search(line.text) and _within(line, field) for line in lines)
        ]
        self._lines = [
            line for line in lines if not any(_within(line, field) for field in prepared)
        ]
        self._body = _body_font(lines)
        self._told = len(reading.ink) < MOST_MARKS and len(reading.waiting) < MOST_MARKS
        self._few = len(people) <= _MOST_PEOPLE

    def is_sure(self, number: int, *, waits: bool) -> bool:
        """Return whether a person surely did not sign, as far as text and files tell.

        `waits`: an empty field for a digital signature stands where this person signs; what the
        printed name is set in does not matter then.
        """
        person = self._people[number]
        return (
            self._few
            and self._told
            and not self._reading.remarks
            and not person.pictured
            and not person.instead
            and all(self._is_of_another(one, person) for one in self._digital)
            and (waits or self._is_printed(person))
            and self._stands_alone(person)
            and self._is_named_once(person)
            and self._all_is_known(person)
        )

    def _is_of_another(self, one: DigitalSignature, person: Signatory) -> bool:
        return (
            one.state == "valid"
            and not same_person(one.signer, person.name)
            and any(same_person(one.signer, other.name) for other in self._people if other.titles)
        )

    def _is_printed(self, person: Signatory) -> bool:
        """Whether the name is set as the text is, or as the title below it in the same family."""
        names = [line for line in _parts(person.lines) if _holds(line, person.name)]
        if len(names) != 1 or not self._body or _LIKE_HANDWRITING.search(self._body):
            return False
        font = names[0].font
        others = {line.font for line in _parts(person.lines) if line is not names[0]}
        return font == self._body or (_family(font) == _family(self._body) and others == {font})

    def _stands_alone(self, person: Signatory) -> bool:
        """Whether nothing is written across the page or over the person's lines."""
        own = _parts(person.lines)
        page = next((line.place.page for line in own if line.place), 1)
        around = covering(_boxes(own, page))
        others = [line for line in self._lines if not _is_among(line, own)]
        return (
            not any(box.bottom - box.top > _TALLEST_LINE for box in _boxes(self._lines, page))
            and not any(_DRAFT.search(line.text) for line in self._lines if not is_prose(line.text))
            and (around is None or page > 1 or around.top >= _LETTERHEAD)
            and (around is None or not any(_overlap(around, box) for box in _boxes(others, page)))
        )

    def _is_named_once(self, person: Signatory) -> bool:
        """Whether no part of the name stands anywhere but in its place and in running text."""
        own = _parts(person.lines)
        names = _names(person.name)
        return (
            len(names) > 1
            and sum(_holds(line, person.name) for line in own) == 1
            and not any(
                _holds(line, person.name)
                for line in self._lines
                if not _is_among(line, own) and not is_prose(line.text)
            )
        )

    def _all_is_known(self, person: Signatory) -> bool:
        """Whether each line from the end of the text above the person on is no signature."""
        own = _parts(person.lines)
        at = next((at for at, line in enumerate(self._lines) if line is own[0]), 0)
        start = max((above for above in range(at) if is_prose(self._lines[above].text)), default=-1)
        printed = [line for other in self._people for line in _parts(other.lines)]
        return not any(
            _OF_SIGNING.search(line.text) and not self._is_anothers_mark(line)
            for line in self._lines
        ) and all(
            self._is_known(line, self._lines[after + 1 : after + 2], printed)
            for after, line in enumerate(self._lines[start + 1 :], start + 1)
        )

    def _is_known(self, line: Line, following: Sequence[Line], printed: Sequence[Line]) -> bool:
        text = line.text
        if text == PICTURE or "\ufffd" in text:
            return False
        if _is_among(line, printed):
            below = following[0] if following else None
            return (
                self._is_titled(line)
                or (below is not None and _tells_a_title(below.text))
                or any(same_person(one.signer, text) for one in self._digital)
            )
        return (
            not text
            or is_rule(text)
            or is_prose(text)
            or self._is_anothers_mark(line)
            or _tells_a_title(text)
            or any(pattern.match(text) for pattern in (COPIES, ADDRESS, SALUTATION))
            or _FAREWELL.fullmatch(text) is not None
            or _CONTACT.search(text) is not None
            or names_organization(text, self._organization)
            or names_another_house(text, self._organization)
        )

    def _is_titled(self, line: Line) -> bool:
        return any(person.titles and _is_among(line, _parts(person.lines))
                   for person in self._people)  # fmt: skip

    def _is_anothers_mark(self, line: Line) -> bool:
        """Whether a line is the typed signature, or the digital one as it shows, of its person."""
        match = MARK.search(line.text)
        if match is None:
            return False
        name = line.text[match.end() :].strip(" :/_")
        if not name:
            return bool(self._digital)
        return any(same_person(name, person.name) for person in self._people)


def _parts(lines: Iterable[Line]) -> list[Line]:
    return [part for line in lines for part in line.parts or (line,)]


def _is_among(line: Line, lines: Iterable[Line]) -> bool:
    return any(line is other for other in lines)


def _words(text: str) -> set[str]:
    return set(re.findall(r"[^\W\d_]+", fold(text)))


def _names(name: str) -> set[str]:
    """Return the words of a person's name without degrees and initials, which many share."""
    return {word for word in _words(name.partition(",")[0]) if len(word) > 1}


def _holds(line: Line, name: str) -> bool:
    return not _names(name).isdisjoint(_words(line.text))


def _tells_a_title(text: str) -> bool:
    return OTHER_TITLE.search(text) is not None or _OF_A_SIGNER.search(text) is not None


def _family(font: str) -> str:
    return font.removesuffix(" italic")


def _body_font(lines: Iterable[Line]) -> str:
    """Return the font of most of the running text; empty where it is not known."""
    fonts: Counter[str] = Counter()
    for line in lines:
        if line.font and is_prose(line.text):
            fonts[line.font] += len(line.text)
    return fonts.most_common(1)[0][0] if fonts else ""


def _boxes(lines: Iterable[Line], page: int) -> list[Box]:
    return [
        line.place.box
        for line in lines
        if line.place and line.place.page == page and line.place.box is not None
    ]


def _overlap(one: Box, other: Box) -> bool:
    across = min(one.right, other.right) - max(one.left, other.left)
    return across > 0 and min(one.bottom, other.bottom) - max(one.top, other.top) > _TOUCH


def _within(line: Line, field: Place) -> bool:
    place = line.place
    if place is None or place.box is None or field.box is None or place.page != field.page:
        return False
    return _middle_is_in(place.box, field.box)


def _middle_is_in(inner: Box, outer: Box) -> bool:
    across, down = (inner.left + inner.right) / 2, (inner.top + inner.bottom) / 2
    return outer.left <= across <= outer.right and outer.top <= down <= outer.bottom
