import pytest
from hypothesis import given
from hypothesis import strategies as st

from roundtable.documents.reading import Cell, Row
from roundtable.documents.signatures import Signatory, signatories
from roundtable.domain.program import Role

ORGANIZATION = "St. Mary's Hospital"
CEO, CHAIR = Role.CEO, Role.BOARD_CHAIR
PROSE = "We are writing to confirm that our CEO and our Board Chair support this team."


def rows(text: str) -> tuple[Row, ...]:
    return tuple(
        tuple(
            Cell(x, piece.strip())
            for x, piece in enumerate(line.strip().split("|"))
            if piece.strip()
        )
        for line in text.strip().splitlines()
    )


def found(text: str, *digital: bytes) -> dict[Role, bool]:
    return {
        one.role: one.signed for one in signatories(rows(f"{PROSE}\n{text}"), ORGANIZATION, digital)
    }


def certificate(*names: str) -> bytes:
    return b"0\x82" + b"".join(
        b"\x06\x03\x55\x04\x03\x0c" + bytes([len(name.encode())]) + name.encode() for name in names
    )


def test_signatories_of_a_usual_letter() -> None:
    text = """
    Sincerely,

    /s/ Jane Doe
    Jane Doe, MD
    President and CEO

    /s/ John Roe
    John Roe
    Chair, Board of Trustees
    """
    assert signatories(rows(text), ORGANIZATION, ()) == (
        Signatory(CEO, "Jane Doe", certain=True, signed=True),
        Signatory(CHAIR, "John Roe", certain=True, signed=True),
    )


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


def test_signatories_digital_signature_signs_by_the_name_in_its_certificate() -> None:
    block = "Sincerely,\n\nJane Doe\nCEO\n\nJohn Roe\nBoard Chair"
    assert found(block, certificate("Some Authority", "DOE.JANE.A.1234")) == {
        CEO: True,
        CHAIR: False,
    }
    assert found(block, certificate("Ann Poe")) == {CEO: False, CHAIR: False}


def test_signatories_nameless_digital_signatures_must_be_as_many_as_signers() -> None:
    block = "Sincerely,\n\nJane Doe\nCEO\n\nJohn Roe\nBoard Chair"
    assert found(block, b"0\x01") == {CEO: False, CHAIR: False}
    assert found(block, b"0\x01", b"0\x02") == {CEO: True, CHAIR: True}
    assert found("Sincerely,\n\nJane Doe\nCEO", b"0\x01") == {CEO: True}


@given(
    st.lists(st.lists(st.builds(Cell, st.floats(-1e9, 1e9), st.text()), max_size=4).map(tuple)),
    st.text(),
    st.lists(st.binary(), max_size=2),
)
def test_signatories_of_anything_is_no_error(
    lines: list[Row], organization: str, digital: list[bytes]
) -> None:
    signatories(lines, organization, digital)


@given(
    st.lists(
        st.sampled_from(
            ["/s/", "/s/ Jane Doe", "Jane Doe", "CEO", "Board Chair", "John Roe, Board Chair",
             "________", "", "Sincerely,", "cc:", "Dear", PROSE, "Assistant to", "Chair",
             "Board of Directors"]
        ),
        max_size=20,
    )
)  # fmt: skip
def test_signatories_signed_only_where_somebody_typed_a_signature(lines: list[str]) -> None:
    people = signatories(rows("\n".join(lines)), ORGANIZATION, ())
    if not any("/s/" in line for line in lines):
        assert not any(one.signed for one in people)
