import pytest
from hypothesis import given
from hypothesis import strategies as st

from roundtable.documents.finding.blocks import signing_blocks
from roundtable.documents.finding.lines import reading_lines
from roundtable.documents.finding.signatures import Signatory, signatories, signature_kinds
from roundtable.domain.evidence import DigitalSignature, SignatureKind
from roundtable.domain.program import Role
from roundtable.domain.reading import Cell, Row
from tests.factories import make_reading

ORGANIZATION = "St. Mary's Hospital"
CEO, CHAIR, DIRECTOR = Role.CEO, Role.BOARD_CHAIR, Role.EXECUTIVE_DIRECTOR
PROSE = "We are writing to confirm that our CEO and our Board Chair support this team."


def people_in(rows: tuple[Row, ...], organization: str = ORGANIZATION) -> tuple[Signatory, ...]:
    lines = reading_lines(rows)
    return signatories(lines, signing_blocks(lines), organization)


def found(text: str, *digital: DigitalSignature) -> dict[Role, bool]:
    """Whether each role that is found where people sign is certain, and convincingly signed."""
    people = people_in(make_reading(f"{PROSE}\n{text}").rows)
    kinds = signature_kinds(people, digital)
    return {
        here.title.role: here.title.certain and (here.typed or kind is SignatureKind.DIGITAL)
        for person, kind in zip(people, kinds, strict=True)
        for here in person.titles
    }


def digital(signer: str = "", state: str = "valid") -> DigitalSignature:
    return DigitalSignature.model_validate({"signer": signer, "state": state})


def test_signatories_of_a_usual_letter() -> None:
    text = """
Sincerely,

/s/ Jane Doe
Jane Doe, MD
President and CEO

/s/ John Roe
John Roe
Chair, Board of Trustees"""
    people = people_in(make_reading(text).rows)
    assert [
        (person.name, [(here.title.role, here.line.text, here.typed) for here in person.titles])
        for person in people
    ] == [
        ("Jane Doe", [(CEO, "President and CEO", True)]),
        ("John Roe", [(CHAIR, "Chair, Board of Trustees", True)]),
    ]
    assert [[line.text for line in person.lines] for person in people] == [
        ["Jane Doe, MD", "President and CEO"],
        ["John Roe", "Chair, Board of Trustees"],
    ]


@pytest.mark.parametrize(
    "block",
    [
        "Sincerely,\n/s/ Jane Doe\nCEO",
        "Sincerely,\n/s/ Jane Doe, CEO",
        "CEO: /s/ Jane Doe",
        "By: /s/ Jane Doe\nName: Jane Doe\nTitle: CEO",
        "Sincerely,\n/s/\nJane Doe\nCEO",
        "Sincerely,\n/S/ J. Doe\n______________\nJane Doe\nSt. Mary's Hospital\nCEO",
        "Sincerely,\n/s/ Jane Doe\n\nJane Doe\nCEO",
        "Sincerely,\n/s/ Jane Doe\n\nCEO",
        "Chief Executive Officer\n/s/ Jane Doe",
        "Electronically signed by: Jane Doe\nJane Doe\nPresident &\nCEO",
        "s/ Jane Doe\nJane Doe, CEO",
        "Sincerely,\n/Jane Doe/\nJane Doe\nCEO",
        "Sincerely,\n(signed) Jane Doe\nJane Doe\nCEO",
        "Sincerely,\n/s/ Jane Doe\nCEO Jane Doe",
        "Sincerely,\n/s/ Jane Doe. Signed original to follow.\nJane Doe\nCEO",
        "Sincerely,\n/s/ Jane Doe\nJane Doe\nPresident & CEO\nand Trustee",
    ],
)
def test_signatories_typed_signature_signs(block: str) -> None:
    assert found(block) == {CEO: True}


@pytest.mark.parametrize(
    "block",
    [
        "Sincerely,\nJane Doe\nCEO",
        "Sincerely,\n______________\nJane Doe, CEO",
        "Sincerely,\n/s/ ______________\nJane Doe, CEO",
        "Sincerely,\n/s/ [name]\nJane Doe, CEO",
        "Sincerely,\n/s/ John Roe\nJane Doe\nCEO",
        "Sincerely,\n/s/ John Roe for Jane Doe\nCEO",
        "Sincerely,\n/s/ Jane Doe\nJane Doe\nInterim CEO",
        "Sincerely,\n/s/ Jane Doe\nJane Doe\nInterim\nCEO",
        "Sincerely,\n/s/ Jane Doe (by Ann Poe)\nJane Doe\nCEO",
        "Sincerely,\n/s/ Jane Doe/ap\nJane Doe\nCEO",
        "Sincerely,\n/s/ Jane Doe (declined)\nJane Doe\nCEO",
        "Sincerely,\ne.g. /s/ Jane Doe\nJane Doe\nCEO",
        "Sincerely,\n/s/ Your Name\nCEO",
        "Sincerely,\n/s/ pending\nJane Doe\nCEO",
        "Sincerely,\nTo be electronically signed by Jane Doe\nJane Doe\nCEO",
        "Jane Doe\nCEO",
    ],
)
def test_signatories_title_without_its_signature_is_not_signed(block: str) -> None:
    assert found(block) == {CEO: False}


@pytest.mark.parametrize(
    "block",
    [
        "Sincerely,\n/s/ Jane Doe\nDeputy CEO",
        "Sincerely,\n/s/ Jane Doe\nJane Doe\nAssistant to the\nCEO",
        "Sincerely,\n/s/ Jane Doe\nJane Doe\nAssistant to the President\nand CEO",
        "Sincerely,\n/s/ Jane Doe\nJane Doe\nBoard Chair\nElect",
        "Sincerely,\n/s/ Jane Doe\nJane Doe\nProgram Manager\ncc: John Roe, CEO",
        "Jane Doe, CEO\n" + PROSE + "\nSincerely,\n/s/ Ann Poe",
        "Sincerely,\nThe team",
    ],
)
def test_signatories_outside_the_signature_block_are_none(block: str) -> None:
    assert found(block) == {}


def test_signatories_one_mark_does_not_sign_for_the_other() -> None:
    assert found("Sincerely,\n/s/ Jane Doe\nJane Doe\nCEO\n\n_________\nJohn Roe\nBoard Chair") == {
        CEO: True,
        CHAIR: False,
    }
    assert found("Sincerely,\n/s/ Jane Doe\nJane Doe, CEO\nJohn Roe, Board Chair") == {
        CEO: True,
        CHAIR: False,
    }
    assert found("Board Chair\n/s/ John Roe\n\nCEO\n________") == {CEO: False, CHAIR: True}


def test_signatories_beside_each_other_are_told_apart() -> None:
    block = """Sincerely,

    /s/ Jane Doe | ____________
    Jane Doe     | John Roe
    CEO          | Board Chair"""
    assert found(block) == {CEO: True, CHAIR: False}


def test_signature_kinds_of_a_digital_signature_by_the_name_in_its_certificate() -> None:
    block = "Sincerely,\n\nJane Doe\nCEO\n\nJohn Roe\nBoard Chair"
    assert found(block, digital("DOE.JANE.A.1234")) == {CEO: True, CHAIR: False}
    assert found(block, digital("Ann Poe")) == {CEO: False, CHAIR: False}
    assert found(block, digital("Jane Doe", "altered")) == {CEO: False, CHAIR: False}


def test_signature_kinds_of_nameless_digital_signatures_as_many_as_signers() -> None:
    block = "Sincerely,\n\nJane Doe\nCEO\n\nJohn Roe\nBoard Chair"
    assert found(block, digital()) == {CEO: False, CHAIR: False}
    assert found(block, digital(), digital()) == {CEO: True, CHAIR: True}
    assert found("Sincerely,\n\nJane Doe\nCEO", digital()) == {CEO: True}
    assert found("Sincerely,\n\nJane Doe\nCEO\n\nAnn Poe\nCOO", digital()) == {CEO: False}


@pytest.mark.parametrize(
    ("digital_signatures", "detected", "inked", "kind"),
    [
        ((digital("Jane Doe"),), {0}, {0}, SignatureKind.DIGITAL),
        ((digital("Jane Doe", "unverified"),), {0}, {0}, SignatureKind.DETECTED),
        ((digital("Jane Doe", "unverified"),), set[int](), {0}, SignatureKind.UNVERIFIED),
        ((digital("", "unverified"),), set[int](), {0}, SignatureKind.UNVERIFIED),
        ((digital("Ann Poe"),), set[int](), {0}, SignatureKind.INK),
        ((), set[int](), set[int](), None),
    ],
)
def test_signature_kinds_are_the_strongest(
    digital_signatures: tuple[DigitalSignature, ...],
    detected: set[int],
    inked: set[int],
    kind: SignatureKind | None,
) -> None:
    people = people_in(make_reading("Sincerely,\n\nJane Doe\nCEO").rows)
    assert signature_kinds(people, digital_signatures, detected=detected, inked=inked) == (kind,)


def test_signatories_named_above_a_gap_keep_their_titles() -> None:
    people = people_in(make_reading("Sincerely,\n\nJane Doe\n\nCEO\n\nBoard Chair").rows)
    assert [(person.name, len(person.titles)) for person in people] == [("Jane Doe", 1), ("", 1)]


@pytest.mark.parametrize(
    "block",
    [
        "Sincerely,\nfor John Roe\nCEO\n/s/ Ann Poe",
        "Sincerely,\n/s/ John Roe\np.p. John Roe\nCEO",
        "Sincerely,\n/s/ Jane Doe\nJane Doe, COO\non behalf of our CEO, John Roe",
    ],
)
def test_signatories_for_whom_another_signs_are_never_certain(block: str) -> None:
    assert found(block) == {CEO: False}


def test_signatories_without_any_word_of_signing_are_found_but_not_certain() -> None:
    text = f"Dear Committee,\n{PROSE}\nJane Doe\nCEO\n\nAppendix\n{PROSE}\n{PROSE}"
    (person,) = people_in(make_reading(text).rows)
    assert (person.name, person.titles[0].title.certain) == ("Jane Doe", False)


@pytest.mark.parametrize(
    ("block", "empty"),
    [
        ("Sincerely,\n____________\nJane Doe\nCEO", True),
        ("Sincerely,\nSignature: ____________ Date: ________\nName: Jane Doe\nTitle: CEO", True),
        ("Name: Jane Doe\nTitle: CEO\nSignature: ____________", True),
        *(
            (f"Sincerely,\n{waits}\nJane Doe\nCEO", True)
            for waits in (
                "[signature]",
                "[signature to follow]",
                "(Signature to follow)",
                "Signature pending",
                "<insert signature here>",
                "(to be signed)",
                "[sign here]",
                "[ signature goes here ]",
                "Signature to come",
                "[e-signature required]",
                "Not yet signed",
                "Awaiting signature",
            )
        ),
        *(
            (f"Sincerely,\n{text}\nJane Doe\nCEO", False)
            for text in ("(signature)", "(signed)", "[signed]", "Signature on file", "sign here")
        ),
        ("Sincerely,\n/s/ ____________\nJane Doe\nCEO", True),
        ("Sincerely,\nJane Doe, CEO ____________", True),
        ("Sincerely,\nJane Doe\n____________\nJane Doe\nCEO", False),
        ("Sincerely,\nJDoe\n____________\nJane Doe\nCEO", False),
        ("Sincerely,\n_____Jane Doe_____\nCEO", False),
        ("Sincerely,\nSignature: ____JDoe____\nName: Jane Doe\nTitle: CEO", False),
        ("-----------------\nJane Doe\nCEO", False),
        ("____________\nSincerely,\nJane Doe\nCEO", False),
        ("Sincerely,\n\ufffc\n____________\nJane Doe\nCEO", False),
        ("Sincerely,\nJane Doe\nCEO", False),
    ],
)
def test_signatories_with_an_empty_line_to_sign_on(block: str, *, empty: bool) -> None:
    people = [one for one in people_in(make_reading(f"{PROSE}\n{block}").rows) if one.titles]
    assert [one.empty for one in people] == [empty]


def test_signatories_below_a_picture_in_the_flow_of_text() -> None:
    text = "Sincerely,\n\ufffc\nJane Doe\nCEO\n\nJohn Roe\nBoard Chair"
    assert [person.pictured for person in people_in(make_reading(text).rows)] == [True, False]


rows_of_anything = st.lists(
    st.builds(
        Row,
        cells=st.lists(st.builds(Cell, text=st.text(), x=st.floats(-1e9, 1e9)), max_size=10).map(
            tuple
        ),
        page=st.integers(1, 3),
    )
)


@given(rows_of_anything, st.text())
def test_signatories_of_anything_is_no_error(rows: list[Row], organization: str) -> None:
    people_in(tuple(rows), organization)


@given(
    st.lists(
        st.sampled_from(
            ["/s/", "/s/ Jane Doe", "Jane Doe", "CEO", "Board Chair", "John Roe, Board Chair",
             "________", "", "Sincerely,", "cc:", "Dear", PROSE, "Assistant to", "Chair",
             "Board of Directors", "\ufffc", "Signature: ______", "for John Roe", "[signature]"]
        ),
        max_size=20,
    )
)  # fmt: skip
def test_signatories_signed_only_where_somebody_typed_a_signature(lines: list[str]) -> None:
    people = people_in(make_reading("\n".join(lines)).rows)
    if not any("/s/" in line for line in lines):
        assert not any(here.typed for person in people for here in person.titles)
