"""What is found in one letter: whose it is, what it commits to, who signs it and how that shows."""

from collections.abc import Iterator, Sequence

from roundtable.documents.finding.blocks import Block, signing_blocks
from roundtable.documents.finding.commitments import organization_named, program_named
from roundtable.documents.finding.dates import letter_date
from roundtable.documents.finding.drawn import Drawn
from roundtable.documents.finding.lines import Line, reading_lines
from roundtable.documents.finding.people import same_person
from roundtable.documents.finding.signatures import Signatory, signatories, signature_kinds
from roundtable.documents.finding.unsigned import Unsigned
from roundtable.domain.evidence import (
    MOST_TEXT,
    DigitalSignature,
    LetterEvidence,
    RoleFound,
    SignatureKind,
)
from roundtable.domain.reading import PICTURE, Detection, LetterReading, Row

_LETTERS_SHARE = 0.5
"""Below this share of letters and digits, the text is what a font without names left of it."""
_DRAWN_WITH = "_.-=\u2010\u2013\u2014\u2026"
_LONGEST_LINE = 200
_BETWEEN = "\n\u2026\n"


def find_in_letter(
    reading: LetterReading,
    *,
    organization: str,
    about: Sequence[str],
    digital: Sequence[DigitalSignature] = (),
    detection: Detection | None = None,
) -> LetterEvidence:
    """Return what is found in a letter as it was read; whatever stands in it, no error is raised.

    `about` are the names by which it may call what it commits to. `digital` are its verified
    digital signatures, `detection` what a service recognized on its page images: the text of
    scanned pages, and signatures on any page.
    """
    evidence = LetterEvidence(
        readable=not reading.problem,
        problem=reading.problem,
        format=reading.format,
        pages=reading.pages,
        scanned=reading.scanned,
        remarks=reading.remarks,
        previews=reading.previews,
        tool=f"{reading.tool}, {detection.tool}" if detection else reading.tool,
    )
    if reading.problem:
        return evidence
    rows, unread = _rows(reading, detection)
    lines = reading_lines(rows)
    text = "\n".join(line.text for line in lines if line.text != PICTURE).strip()
    characters = len("".join(text.split()))
    signatures = _all_digital(reading, digital)
    if not _legible(text, characters):
        shown = unread if unread and not characters else {*range(1, max(reading.pages, 1) + 1)}
        return evidence.with_(unread=tuple(sorted(shown)), digital=signatures)
    signing = signing_blocks(lines)
    people = signatories(lines, signing, organization)
    drawn = Drawn(reading, detection, people, lines)
    unsigned = Unsigned(reading, lines, people, signatures, organization)
    margins = reading.margins[:MOST_TEXT]
    named, line = organization_named(lines, margins, _lines_of(signing), organization)
    program, program_line = program_named(lines, margins, about)
    return evidence.with_(
        text=_beginning_and_end(text),
        characters=characters,
        roles=tuple(_roles(people, signatures, drawn, unsigned)),
        digital=signatures,
        organization=named if organization.strip() else "unknown",
        organization_line=line[:_LONGEST_LINE],
        program=program,
        program_line=program_line[:_LONGEST_LINE],
        dated=letter_date(lines),
        unread=tuple(sorted(unread | drawn.unexplained(characters))),
    )


def _rows(reading: LetterReading, detection: Detection | None) -> tuple[tuple[Row, ...], set[int]]:
    """Return all rows, recognized ones for scanned pages, and the pages that nobody read."""
    recognized = {
        page.page: page.rows
        for page in (detection.pages if detection else ())
        if page.page in reading.scanned and any(row.cells for row in page.rows)
    }
    of_page: dict[int, list[Row]] = {page: [] for page in recognized}
    for row in reading.rows:
        if row.page not in recognized:
            of_page.setdefault(row.page, []).append(row)
    for page, found in recognized.items():
        of_page[page] += found
    rows = [row for page in sorted(of_page) for row in (*of_page[page], Row(page=page))]
    return tuple(rows), set(reading.scanned) - set(recognized)


def _legible(text: str, characters: int) -> bool:
    drawn = sum(text.count(sign) for sign in _DRAWN_WITH)
    letters = sum(sign.isalnum() for sign in text)
    return letters > 0 and letters >= _LETTERS_SHARE * (characters - drawn)


def _all_digital(
    reading: LetterReading, digital: Sequence[DigitalSignature]
) -> tuple[DigitalSignature, ...]:
    """Return the verified signatures and those that cannot be verified."""
    if digital or reading.digital == "none":
        return tuple(digital)
    return tuple(
        DigitalSignature(signer=name, state="unverified") for name in reading.signers or ("",)
    )


def _lines_of(blocks: Sequence[Block]) -> list[Line]:
    return [line for block in blocks for line in block.lines]


def _roles(
    people: Sequence[Signatory],
    digital: Sequence[DigitalSignature],
    drawn: Drawn,
    unsigned: Unsigned,
) -> Iterator[RoleFound]:
    kinds = signature_kinds(people, digital, detected=drawn.detected, inked=drawn.inked)
    foreign = any(
        not any(same_person(one.signer, person.name) for person in people) for one in digital
    )
    for number, (person, kind) in enumerate(zip(people, kinds, strict=True)):
        for here in person.titles:
            shown = _strongest(kind, typed=here.typed)
            nobody = shown is None and (
                (person.empty and not person.instead and not foreign)
                or (
                    here.title.certain
                    and drawn.all_known
                    and unsigned.is_sure(number, waits=number in drawn.waiting)
                )
            )
            yield RoleFound(
                role=here.title.role,
                name=here.title.name[:_LONGEST_LINE],
                line=here.line.text[:_LONGEST_LINE],
                place=here.line.place,
                certain=here.title.certain,
                signature=shown,
                unsigned=nobody and not drawn.may_be_signature_of(number, here.line),
            )


def _strongest(kind: SignatureKind | None, *, typed: bool) -> SignatureKind | None:
    if typed and kind not in {SignatureKind.DIGITAL, SignatureKind.DETECTED}:
        return SignatureKind.TYPED
    return kind


def _beginning_and_end(text: str) -> str:
    if len(text) <= MOST_TEXT:
        return text
    half = (MOST_TEXT - len(_BETWEEN)) // 2
    return f"{text[:half]}{_BETWEEN}{text[-half:]}"
