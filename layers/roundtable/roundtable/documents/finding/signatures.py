"""Who signs a letter: the people in its signature blocks, and what shows that they signed."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace

from roundtable.documents.finding.blocks import Block, speaks_of_signing
from roundtable.documents.finding.houses import names_another_house
from roundtable.documents.finding.lines import Line, is_closing
from roundtable.documents.finding.marks import ReadBlock, ReadLine, claimed, read_block
from roundtable.documents.finding.people import same_person
from roundtable.documents.finding.titles import Title, fold, is_prose, name_like, titles_in
from roundtable.domain.evidence import DigitalSignature, SignatureKind
from roundtable.domain.organizations import names_organization
from roundtable.domain.reading import PICTURE


@dataclass(frozen=True)
class TitleHere:
    """A role's title in a signature block."""

    title: Title
    line: Line
    typed: bool
    """Whether a typed signature stands for it."""


@dataclass
class Signatory:
    """A person in a signature block, of whatever role."""

    name: str = ""
    """As it is printed; empty where only a title stands there."""
    lines: list[Line] = field(default_factory=list[Line])
    titles: list[TitleHere] = field(default_factory=list[TitleHere])
    pictured: bool = False
    """Whether a picture stands directly above, in a format without fixed pages."""
    empty: bool = False
    """Whether a place to sign stands there on which nothing is written."""
    instead: bool = False
    """Whether somebody else signs for this person."""


OTHER_TITLE = re.compile(
    r"(?i)\b(?:officer|director|president|manager|chair\w*|secretary|treasurer|physician|nurse"
    r"|coordinator|member|lead|co?o|cfo|cmo|cno)\b",
)  # fmt: skip


def signatories(
    lines: Sequence[Line], blocks: Sequence[Block], organization: str
) -> tuple[Signatory, ...]:
    """Return the people who sign in these blocks of a letter (`signing_blocks`), in its order.

    Where a letter has no closing words, no mark and no rule, people named with their titles
    below its first prose count, too, but never for certain.
    """
    read = [read_block(block, organization) for block in blocks]
    typed = claimed(read)
    people: list[Signatory] = []
    for number, block in enumerate(blocks):
        here = {place for at, place in typed if at == number}
        _add_people(people, block, read[number], here, organization)
    if any(person.titles for person in people) or any(
        speaks_of_signing(line.text) for line in lines
    ):
        return tuple(people)
    return (*people, *_named_in_passing(lines, organization))


def signature_kinds(
    people: Sequence[Signatory],
    digital: Sequence[DigitalSignature],
    *,
    detected: Collection[int] = (),
    inked: Collection[int] = (),
) -> tuple[SignatureKind | None, ...]:
    """Return the strongest evidence of each person's signature, typed ones left to their titles.

    Digital signatures are matched by name; nameless ones count where there are as many of them as
    people who have not signed otherwise. `detected` and `inked` are numbers of people.
    """
    kinds = [
        _kind(person, digital, detected=number in detected, inked=number in inked)
        for number, person in enumerate(people)
    ]
    nameless = [one for one in digital if not one.signer and one.state in {"valid", "unverified"}]
    still_open = [
        number
        for number, person in enumerate(people)
        if kinds[number] not in {SignatureKind.DIGITAL, SignatureKind.UNVERIFIED}
        and not any(title.typed for title in person.titles)
    ]
    names = {fold(people[number].name) or number for number in still_open}
    if 0 < len(names) <= len(nameless):
        valid = all(one.state == "valid" for one in nameless)
        for number in still_open:
            kinds[number] = _stronger(
                kinds[number], SignatureKind.DIGITAL if valid else SignatureKind.UNVERIFIED
            )
    return tuple(kinds)


def _kind(
    person: Signatory, digital: Sequence[DigitalSignature], *, detected: bool, inked: bool
) -> SignatureKind | None:
    states = {one.state for one in digital if same_person(one.signer, person.name)}
    if "valid" in states:
        return SignatureKind.DIGITAL
    if detected:
        return SignatureKind.DETECTED
    if "unverified" in states:
        return SignatureKind.UNVERIFIED
    return SignatureKind.INK if inked or person.pictured else None


def _stronger(one: SignatureKind | None, other: SignatureKind) -> SignatureKind:
    order = list(SignatureKind)
    return other if one is None else min(one, other, key=order.index)


def _add_people(
    people: list[Signatory], block: Block, read: ReadBlock, typed: set[int], organization: str
) -> None:
    """Add the people of a block; one whose name ends the block before may have a title here."""
    last = people[-1] if people else None
    goes_on = last is not None and not last.titles and not block.below and _nameless(read[0])
    current = last if goes_on else None
    empty = block.below == "rule" and _nothing_written(block.written, organization)
    pictured = block.below == "picture"

    def begin(name: str, *, instead: bool = False) -> Signatory:
        nonlocal empty, pictured
        person = Signatory(name, pictured=pictured, empty=empty, instead=instead)
        empty = pictured = False
        people.append(person)
        return person

    for place, one in enumerate(read):
        if one.marked and current is not None and current.titles:
            current = None
        if one.empty and not one.titles:
            if current is not None and current.titles and not current.empty:
                current.empty = True
            else:
                current, empty = None, True
            continue
        following = read[place + 1 : place + 2]
        # The head of another house, perhaps of the applicant's foundation.
        elsewhere = bool(organization and one.titles and following) and names_another_house(
            following[0].line.text, organization
        )
        for title in one.titles:
            if current is None or (title.name and not _may_be(current, title.name)):
                current = begin(title.name)
            current.name = current.name or title.name
            current.empty = current.empty or one.empty
            certain = title.certain and not current.instead and not elsewhere
            known = replace(title, name=title.name or current.name, certain=certain)
            current.titles.append(TitleHere(known, one.line, typed=place in typed))
        if one.name:
            if current is None or not _is_named(current, one, following):
                current = begin(one.name, instead=one.instead)
            current.name = current.name or one.name
        if current is not None and (one.titles or one.name):
            current.lines.append(one.line)


def _nameless(one: ReadLine) -> bool:
    return bool(one.titles) and not any(title.name for title in one.titles)


def _may_be(person: Signatory, name: str) -> bool:
    return not person.name or same_person(person.name, name)


def _is_named(person: Signatory, one: ReadLine, following: ReadBlock) -> bool:
    """Whether a printed name is the present person's and does not begin another's block."""
    if not person.titles:
        return same_person(person.name, one.name)
    return not person.name and not (following and following[0].titles)


def _nothing_written(above: str, organization: str) -> bool:
    """Whether the text above a rule surely is no signature, not even one in a font for it."""
    return above != PICTURE and (
        not above
        or is_closing(above)
        or is_prose(above)
        or bool(titles_in(above, organization))
        or OTHER_TITLE.search(above) is not None
        or names_organization(above, organization)
    )


def _named_in_passing(lines: Sequence[Line], organization: str) -> Iterator[Signatory]:
    below_prose = False
    before = ""
    for line in lines:
        below_prose = below_prose or is_prose(line.text)
        titles = titles_in(line.text, organization) if below_prose else ()
        for title in titles:
            name = title.name or before
            if name:
                known = replace(title, name=name, certain=False)
                yield Signatory(name, [line], [TitleHere(known, line, typed=False)])
        alone = line.text.partition(",")[0]
        before = alone if not titles and name_like(alone, organization) else ""
