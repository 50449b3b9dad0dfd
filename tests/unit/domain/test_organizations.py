import pytest
from hypothesis import given
from hypothesis import strategies as st

from roundtable.domain.organizations import (
    names_organization,
    organization_key,
    organization_words,
)


@pytest.mark.scenario(16)
@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("St. Mary's", "Saint Marys Hospital"),
        ("ST MARY\u2019S HEALTHCARE", "St. Mary's Health Care"),
        ("The Mt. Sinai Med Ctr", "Mount Sinai Medical Center"),
        ("Clínica de la Raza", "Clinica de la Raza, Inc."),
        ("Health & Care of Ohio", "Health and Care Ohio"),
    ],
)
def test_organization_key_of_two_spellings_is_the_same(one: str, other: str) -> None:
    assert organization_key(one) == organization_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("St. Mary's", "St. Anne's"),
        ("Health Care System", "Medical Center"),
        ("東京病院", "大阪病院"),
        ("The Co", "The Group"),
    ],
)
def test_organization_key_of_two_organizations_differs(one: str, other: str) -> None:
    assert organization_key(one) != organization_key(other)
    assert organization_key(one)


def test_organization_words_are_spelled_out() -> None:
    assert organization_words("The St. Mary's Hosp. & Hlth Ctr.") == (
        "saint", "marys", "hospital", "health", "center",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "name", "named"),
    [
        ("We at Saint Marys Hospital confirm", "St. Mary's", True),
        ("We at St. Mary\u2019s confirm", "Saint Marys Hospital", True),
        ("We at St. Anne's confirm", "St. Mary's", False),
        ("Mary is a saint", "St. Mary", False),
        ("we are at the mercy of time", "Mercy Hospital", False),
        ("All of us at Mercy confirm", "Mercy Hospital", True),
        ("MERCY MEDICAL CENTER", "Mercy Hospital", True),
        ("the University of Ohio", "University Hospital", False),
        ("the University Hospital", "University Hospital", True),
        ("anything", "", False),
    ],
)
def test_names_organization_in_its_spellings(text: str, name: str, *, named: bool) -> None:
    assert names_organization(text, name) is named


@given(st.text(), st.text())
def test_names_organization_in_any_text_is_no_error(text: str, name: str) -> None:
    names_organization(text, name)
    if organization_words(name):
        assert names_organization(f"{text} {name} {text}", name)
