import pytest

from roundtable.documents.finding.people import same_person


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
        ("Jane Doe", "John Doe", False),
        ("Jen Doe", "Jennifer Doe", True),
        ("J. Doe", "John Doe, MD", True),
        ("", "Jane Doe", False),
    ],
)
def test_same_person(one: str, other: str, *, same: bool) -> None:
    assert same_person(one, other) is same
