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
        ("MERCY HOSPITALS", "Mercy Hospitals", True),
        ("MERCY MEDICAL CENTER", "Mercy Hospital", False),
        ("the University of Ohio", "University Hospital", False),
        ("the University Hospital", "University Hospital", True),
        ("anything", "", False),
        ("MOUNT SINAI MEDICAL CENTER", "Mt. Sinai Med Ctr", True),
        ("Clínica de la Raza supports", "CLINICA DE LA RAZA, INC.", True),
        ("Saint\nMarys\nHospital", "St. Mary's Hospital", True),
        ("CEO, Smith and Jones Clinic", "Smith & Jones Clinic, PLLC", True),
        ("Massachusetts General Hospital (MGH)", "Massachusetts General Hospital", True),
        ("Massachusetts General Hospital", "Massachusetts General Hospital (MGH)", True),
        ("We at Massachusetts General Hospital (MGH) agree", "MGH", False),
        ("MGH", "Massachusetts General Hospital", False),
        (
            "Lakeside Community Clinic",
            "Lakeside Health, Inc. d/b/a Lakeside Community Clinic",
            True,
        ),
        ("the University of Iowa Hospital", "Iowa University Hospital", False),
        ("Iowa University Hospital", "University of Iowa Hospital", False),
        ("Our Lady of Mercy Hospital", "Mercy Hospital", False),
        ("The Friends of Mercy Hospital", "Mercy Hospital", False),
        ("the Board of Directors of Mercy Hospital", "Mercy Hospital", True),
        ("Springfield Mercy Hospital", "Mercy Hospital", False),
        ("Mercy Hospital Foundation", "Mercy Hospital", False),
        ("Mercy Hospital System", "Mercy Hospital", True),
        ("Mercy Clinic", "Mercy Hospital", False),
        ("Saint Mary's University", "St. Mary's Hospital", False),
        ("St. Mary's Regional Medical Center", "St. Mary's Hospital", False),
        ("53 State Street, Boston, MA 02109", "Boston Medical Center", False),
        ("Boston Health Care for the Homeless", "Boston Medical Center", False),
        ("Jane Mercy, CEO", "Mercy Hospital", False),
        ("CEO, Mercy", "Mercy Hospital", True),
        ("in our community health center we", "Community Health Center", False),
        ("Lakeside Community Health Center", "Community Health Center", False),
        ("We at Community Health Center agree", "Community Health Center", True),
    ],
)
def test_names_organization_in_its_spellings(text: str, name: str, *, named: bool) -> None:
    assert names_organization(text, name) is named


@given(st.text(), st.text())
def test_names_organization_in_any_text_is_no_error(text: str, name: str) -> None:
    names_organization(text, name)
    if len(organization_words(name)) > 1:
        assert names_organization(f"{text}\n{name.upper()}\n{text}", name.upper())
