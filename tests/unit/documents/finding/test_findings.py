import time
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roundtable.documents.finding.findings import find_in_letter
from roundtable.domain.evidence import (
    MOST_TEXT,
    Box,
    DigitalSignature,
    LetterEvidence,
    Place,
    SignatureKind,
)
from roundtable.domain.program import Role
from roundtable.domain.reading import Cell, DetectedPage, Detection, LetterReading, Row
from tests.factories import make_reading

ORGANIZATION = "St. Mary's Hospital"
ABOUT = ("Pursuing Equity", "Learning Network", "Action Community")
CEO, CHAIR = Role.CEO, Role.BOARD_CHAIR
HEAD = """St. Mary's Hospital
100 Main Street, Springfield, IL 62701

October 3, 2022

Dear Selection Committee,

We are writing to confirm our commitment to Pursuing Equity. Our CEO and our Board Chair support
the efforts of this team and will give it the time that it needs.

Sincerely,

"""
TYPED = "/s/ Jane Doe\nJane Doe\nCEO\n\n/s/ John Roe\nJohn Roe\nBoard Chair"
PRINTED = "\n\nJane Doe\nCEO\n\n\n\nJohn Roe\nBoard Chair"
"""After HEAD, Jane Doe stands from 34 % on, John Roe from 44 % on."""
EMPTY = "______________\nJane Doe\nCEO\n\n______________\nJohn Roe\nBoard Chair"
OVER_JANE = {"left": 0.12, "top": 0.31, "right": 0.3, "bottom": 0.335}
OVER_JOHN = {"left": 0.12, "top": 0.41, "right": 0.3, "bottom": 0.435}


def find(reading: LetterReading, **options: Any) -> LetterEvidence:
    chosen: dict[str, Any] = {"organization": ORGANIZATION, "about": ABOUT}
    return find_in_letter(reading, **(chosen | options))


def signed(evidence: LetterEvidence) -> dict[Role, SignatureKind | None]:
    return {found.role: found.signature for found in evidence.roles}


def unsigned(evidence: LetterEvidence) -> set[Role]:
    return {found.role for found in evidence.roles if found.unsigned}


def ink(*boxes: dict[str, float]) -> tuple[Place, ...]:
    return tuple(Place(page=1, box=Box.model_validate(box)) for box in boxes)


def detection(text: str = "", *boxes: dict[str, float], page: int = 1) -> Detection:
    rows = tuple(row.with_(page=page) for row in make_reading(text).rows) if text else ()
    found = tuple(Box.model_validate(box) for box in boxes)
    return Detection(
        pages=(DetectedPage(page=page, rows=rows, signatures=found),), tool="textract 1"
    )


@pytest.mark.scenario(9)
def test_find_in_letter_of_a_usual_letter() -> None:
    evidence = find(make_reading(HEAD + TYPED))
    assert [
        (found.name, found.role, found.line, found.certain, found.signature, found.unsigned)
        for found in evidence.roles
    ] == [
        ("Jane Doe", CEO, "CEO", True, SignatureKind.TYPED, False),
        ("John Roe", CHAIR, "Board Chair", True, SignatureKind.TYPED, False),
    ]
    place = evidence.roles[0].place
    assert place is not None
    assert place.page == 1
    assert place.box is not None
    assert (place.box.top, place.box.bottom) == pytest.approx((0.36, 0.375))
    assert evidence.with_(roles=()) == LetterEvidence(
        readable=True,
        format="pdf",
        pages=1,
        text=HEAD + TYPED,
        characters=len("".join((HEAD + TYPED).split())),
        organization="matched",
        organization_line="St. Mary's Hospital",
        program="matched",
        program_line="We are writing to confirm our commitment to Pursuing Equity. Our CEO and our "
        "Board Chair support",
        dated=date(2022, 10, 3),
        previews=1,
        tool="test",
    )


def test_find_in_letter_that_cannot_be_read_tells_why() -> None:
    reading = LetterReading(problem="This PDF is locked.", format="pdf", tool="test")
    assert find(reading) == LetterEvidence(
        readable=False, problem="This PDF is locked.", format="pdf", tool="test"
    )


def test_find_in_letter_keeps_what_the_reader_remarked() -> None:
    assert find(make_reading(HEAD, remarks=("It holds scripts.",))).remarks == (
        "It holds scripts.",
    )


def test_find_in_letter_that_is_a_scan_finds_nothing() -> None:
    reading = make_reading("", pages=2, scanned=(1, 2))
    assert find(reading) == LetterEvidence(
        readable=True, format="pdf", pages=2, scanned=(1, 2), unread=(1, 2), previews=1, tool="test"
    )


@pytest.mark.parametrize("text", ["\ufffd\ufffd ?? \ufffd\ufffd\ufffd !!", "\ufffc"])
def test_find_in_letter_whose_text_says_nothing_is_unread(text: str) -> None:
    assert (find(make_reading(text)).unread, find(make_reading(text)).roles) == ((1,), ())


def test_find_in_letter_with_recognized_text_reads_the_scan() -> None:
    reading = make_reading("", pages=2, scanned=(1, 2))
    evidence = find(reading, detection=detection(HEAD + PRINTED, OVER_JANE))
    assert signed(evidence) == {CEO: SignatureKind.DETECTED, CHAIR: None}
    assert (evidence.organization, evidence.program) == ("matched", "matched")
    assert (evidence.scanned, evidence.unread) == ((1, 2), (2,))
    assert evidence.tool == "test, textract 1"
    assert unsigned(evidence) == set()


def test_find_in_letter_takes_no_recognized_text_for_a_page_of_text() -> None:
    evidence = find(make_reading(HEAD + PRINTED), detection=detection("CEO: /s/ Jane", OVER_JOHN))
    assert signed(evidence) == {CEO: None, CHAIR: SignatureKind.DETECTED}


def test_find_in_letter_with_ink_where_people_sign() -> None:
    one = find(make_reading(HEAD + PRINTED, ink=ink(OVER_JANE)))
    assert (signed(one), one.unread) == ({CEO: SignatureKind.INK, CHAIR: None}, ())
    both = find(make_reading(HEAD + PRINTED, ink=ink(OVER_JOHN, OVER_JANE)))
    assert signed(both) == {CEO: SignatureKind.INK, CHAIR: SignatureKind.INK}


def test_find_in_letter_one_signature_never_serves_two_people() -> None:
    text = HEAD + "\n\nJane Doe | John Roe\nCEO | Board Chair"
    wide = {"left": 0.15, "top": 0.31, "right": 0.6, "bottom": 0.335}
    evidence = find(make_reading(text), detection=detection("", wide))
    assert signed(evidence) == {CEO: SignatureKind.DETECTED, CHAIR: None}


def test_find_in_letter_with_a_picture_in_the_flow_of_a_document() -> None:
    text = HEAD + "\ufffc\nJane Doe\nCEO\n\nJohn Roe\nBoard Chair"
    word = make_reading(text, format="docx", pages=0)
    evidence = find(word)
    assert signed(evidence) == {CEO: SignatureKind.INK, CHAIR: None}
    assert (evidence.unread, unsigned(evidence)) == ((), set())
    assert "\ufffc" not in evidence.text


def test_find_in_letter_with_a_picture_that_could_hold_a_block_is_partly_unread() -> None:
    word = make_reading(HEAD + "\ufffc", format="docx", pages=0)
    assert find(word).unread == (1,)
    block = {"left": 0.12, "top": 0.5, "right": 0.5, "bottom": 0.6}
    assert find(make_reading(HEAD, ink=ink(block))).unread == (1,)
    logo = {"left": 0.4, "top": 0.01, "right": 0.6, "bottom": 0.07}
    footer = {"left": 0.4, "top": 0.92, "right": 0.6, "bottom": 0.98}
    assert find(make_reading(HEAD, ink=ink(logo, footer))).unread == ()


@pytest.mark.parametrize(
    ("changes", "roles"),
    [
        ({}, {CEO, CHAIR}),
        ({"format": "docx", "pages": 0}, {CEO, CHAIR}),
        ({"format": "docx", "pages": 0, "remarks": ("It holds drawings.",)}, set[Role]()),
        ({"digital": "docx", "signers": ("Some Authority",)}, set[Role]()),
        ({"digital": "pdf"}, set[Role]()),
        ({"scanned": (1,)}, set[Role]()),
        ({"ink": ink({"left": 0.7, "top": 0.7, "right": 0.9, "bottom": 0.8})}, set[Role]()),
        ({"ink": ink({"left": 0.12, "top": 0.29, "right": 0.3, "bottom": 0.315})}, {CHAIR}),
        ({"ink": ink({"left": 0.4, "top": 0.01, "right": 0.6, "bottom": 0.07})}, {CEO, CHAIR}),
    ],
)
def test_find_in_letter_is_sure_that_nobody_signed_only_where_nothing_could_be_it(
    changes: dict[str, Any], roles: set[Role]
) -> None:
    assert unsigned(find(make_reading(HEAD + EMPTY, **changes))) == roles


def test_find_in_letter_with_digital_signatures_by_name() -> None:
    jane = DigitalSignature(signer="Jane Doe", state="valid")
    reading = make_reading(HEAD + EMPTY, digital="pdf")
    evidence = find(reading, digital=(jane,))
    assert signed(evidence) == {CEO: SignatureKind.DIGITAL, CHAIR: None}
    assert (evidence.digital, unsigned(evidence)) == ((jane,), {CHAIR})
    changed = jane.with_(state="altered")
    assert signed(find(reading, digital=(changed,))) == {CEO: None, CHAIR: None}


def test_find_in_letter_with_digital_signatures_of_a_document_that_nobody_verifies() -> None:
    reading = make_reading(HEAD + PRINTED, digital="docx", signers=("John Roe",), pages=0)
    evidence = find(reading)
    assert signed(evidence) == {CEO: None, CHAIR: SignatureKind.UNVERIFIED}
    assert evidence.digital == (DigitalSignature(signer="John Roe", state="unverified"),)
    assert find(reading.with_(signers=())).digital == (
        DigitalSignature(signer="", state="unverified"),
    )


def test_find_in_letter_with_the_organization_in_its_header() -> None:
    text = HEAD.replace("St. Mary's Hospital\n", "") + TYPED
    assert find(make_reading(text)).organization == "not_found"
    found = find(make_reading(text, margins="Saint Marys Hospital\nPage 1"))
    assert (found.organization, found.organization_line) == ("matched", "Saint Marys Hospital")
    assert find(make_reading(text), organization=" ").organization == "unknown"
    assert find(make_reading(text), about=()).program == "unknown"


def test_find_in_letter_keeps_the_beginning_and_the_end_of_a_long_text() -> None:
    evidence = find(make_reading("\n".join(["Begin", *["word " * 20] * 40, "End"])))
    assert len(evidence.text) <= MOST_TEXT
    assert (evidence.text[:5], evidence.text[-3:]) == ("Begin", "End")


cells = st.builds(
    Cell,
    text=st.text(max_size=30)
    | st.sampled_from(
        ["Jane Doe", "CEO", "/s/ Jane Doe", "_______", "Sincerely,", "Board Chair", "\ufffc",
         "October 3, 2022", "for Jane Doe, CEO", "on behalf of", "Dear", "x" * 5_000, "_" * 5_000,
         "chair " * 900, "(" * 900]
    ),
    x=st.floats(0, 1e6),
    box=st.none() | st.just(Box(left=0.1, top=0.5, right=0.3, bottom=0.52)),
)  # fmt: skip
rows = st.lists(
    st.builds(
        Row,
        cells=st.lists(cells, max_size=10).map(tuple),
        page=st.integers(1, 3),
    ),
    max_size=15,
)
boxes = st.just(Box(left=0.1, top=0.4, right=0.3, bottom=0.49))
places = st.lists(st.builds(Place, page=st.integers(1, 3), box=st.none() | boxes), max_size=3)


@settings(deadline=None)
@given(rows, places, st.sets(st.integers(1, 3)), st.text(max_size=20), st.booleans())
def test_find_in_letter_of_anything_is_no_error(
    found: list[Row], drawn: list[Place], scanned: set[int], name: str, detects: bool
) -> None:
    reading = make_reading("", rows=tuple(found), pages=3, ink=tuple(drawn), scanned=scanned)
    page = DetectedPage(page=1, rows=tuple(row.with_(page=1) for row in found),
                        signatures=tuple(place.box for place in drawn if place.box))  # fmt: skip
    seen = Detection(pages=(page,), tool="t") if detects else None
    evidence = find(reading, organization=name, about=(name, "Equity"), detection=seen)
    assert LetterEvidence.model_validate_json(evidence.model_dump_json()) == evidence


@pytest.mark.parametrize(
    "line",
    [
        "_" * 399 + "a",
        "." * 399 + "a",
        "x" * 400,
        "president chair " * 25,
        "/s/ " * 100,
        "Jane Doe, CEO, " * 26,
        "for " * 100,
        "dated: " * 57,
        "1/2/3/" * 66,
        "St. Mary's " * 36,
        "(((((" * 80,
        "Sincerely,",
        "CEO",
        "/s/ Jane Doe",
    ],
)
def test_find_in_letter_of_a_hundred_thousand_characters_takes_seconds(line: str) -> None:
    reading = make_reading("", rows=tuple(
        Row(cells=(Cell(text=line, x=0, box=Box(left=0, top=0.5, right=1, bottom=0.6)),))
        for _ in range(min(100_000 // len(line), 8_000))
    ), ink=ink(*[OVER_JANE] * 20))  # fmt: skip
    begun = time.process_time()
    find(reading)
    assert time.process_time() - begun < 10
