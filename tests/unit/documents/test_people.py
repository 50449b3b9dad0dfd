import pytest

from roundtable.documents.people import same_person, signer_names

NAMES = (
    b"0\x30\x06\x03\x55\x04\x03\x0c\x08Jane Doe\x06\x03\x55\x04\x03\x1e\x08\x00\xd3\x00m\x00a\x00r"
)


def test_signer_names_reads_common_names() -> None:
    assert signer_names(NAMES) == ("Jane Doe", "Ómar")
    assert signer_names(NAMES[:12]) == ()


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Jane Doe", "Dr. Jane A. Doe, MD", True),
        ("J. Doe", "Jane Doe", True),
        ("JD", "Jane Doe", True),
        ("DOE, Jane", "Jane Doe", True),
        ("Jané Doe", "Jane Doe", True),
        ("Jane Doe", "John Roe", False),
        ("Jane Doe", "Mark Doe", False),
        ("", "Jane Doe", False),
    ],
)
def test_same_person(one: str, other: str, *, same: bool) -> None:
    assert same_person(one, other) is same
