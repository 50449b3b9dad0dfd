import pytest

from roundtable.documents.finding.titles import Title, for_another, is_prose, name_like, titles_in
from roundtable.domain.program import Role

ORGANIZATION = "St. Mary's Hospital"
CEO, CHAIR, DIRECTOR = Role.CEO, Role.BOARD_CHAIR, Role.EXECUTIVE_DIRECTOR


@pytest.mark.parametrize(
    ("line", "roles"),
    [
        ("CEO", [CEO]),
        ("C.E.O.", [CEO]),
        ("President and CEO", [CEO]),
        ("President & Chief Executive Officer", [CEO]),
        ("Chief Executive", [CEO]),
        ("CEO, Saint Marys", [CEO]),
        ("CEO of St. Mary's Hospital", [CEO]),
        ("CHIEF EXECUTIVE OFFICER", [CEO]),
        ("Board Chair", [CHAIR]),
        ("Chair of the Board", [CHAIR]),
        ("Chair of the Board of Directors", [CHAIR]),
        ("Chair, Board of Trustees", [CHAIR]),
        ("Chair, St. Mary's Hospital Board of Directors", [CHAIR]),
        ("Board of Trustees Chair", [CHAIR]),
        ("Chairperson", [CHAIR]),
        ("Chairman", [CHAIR]),
        ("Chairwoman", [CHAIR]),
        ("Board President", [CHAIR]),
        ("President of the Board", [CHAIR]),
        ("Executive Director", [DIRECTOR]),
        ("Founder & Executive Director", [DIRECTOR]),
        ("Executive Director, St. Mary's Hospital", [DIRECTOR]),
        ("Chairman and CEO", [CEO, CHAIR]),
        ("CEO and Executive Director", [CEO, DIRECTOR]),
        ("Chief Executive Officer & President", [CEO]),
        ("CEO/President", [CEO]),
        ("President/CEO", [CEO]),
        ("Chief Exec. Officer", [CEO]),
        ("CEO & Founder", [CEO]),
        ("President and CEO, St. Mary's Hospital", [CEO]),
        ("Chairman, Board of Trustees", [CHAIR]),
        ("Chair, Board of Directors", [CHAIR]),
        ("Board Chair - St. Mary's Hospital", [CHAIR]),
        ("Board Chairperson", [CHAIR]),
        ("Chair, Board of Commissioners", [CHAIR]),
        ("President, Board of Directors", [CHAIR]),
        ("Chairman, St. Mary's Hospital", [CHAIR]),
        ("Hospital Board Chair", [CHAIR]),
        ("St. Mary's Board Chair", [CHAIR]),
        ("Founder and Board Chair", [CHAIR]),
        ("CEO Emeritus and Board Chair", [CHAIR]),
        ("President & CEO and Trustee", [CEO]),
    ],
)
def test_titles_in_variant_is_the_role(line: str, roles: list[Role]) -> None:
    assert titles_in(line, ORGANIZATION) == tuple(Title(role, "", certain=True) for role in roles)


@pytest.mark.parametrize(
    "line",
    [
        "Deputy CEO",
        "former Board Chair",
        "Former President and CEO",
        "Assistant to the CEO",
        "Executive Assistant, Office of the CEO",
        "Chief of Staff to the CEO",
        "Board Vice Chair",
        "Vice Chair, Board of Directors",
        "Immediate Past Board Chair",
        "Board Chair-Elect",
        "Ex-CEO",
        "CEO (retired)",
        "Chair, Department of Surgery",
        "Chairman, Quality Committee",
        "Chair, Quality Committee of the Board of Directors",
        "Associate Executive Director",
        "Member, Board of Directors",
        "Vice President",
        "President-Elect",
        "President of the Medical Staff",
        "our CEO believes",
        "Department Chairman",
        "Chairperson of the Finance Committee",
        "Finance Committee Chairperson",
        "Medical Staff Chairman",
        "Presiding Officer",
        "Vice Chairman of the Board",
        "Finance Committee Chair, Board of Directors",
        "Advisory Board Chair",
        "Board Chair Elect",
        "Assistant to the President and CEO",
        "Executive Assistant to Jane Doe, President and CEO",
        "The CEO of this hospital has told us that we may take part",
    ],
)
def test_titles_in_look_alike_is_no_role(line: str) -> None:
    assert titles_in(line, ORGANIZATION) == ()


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("Interim CEO", CEO),
        ("Acting Executive Director", DIRECTOR),
        ("Co-Chair of the Board", CHAIR),
        ("Chair", CHAIR),
        ("Executive Director, Programs", DIRECTOR),
        ("CEO (Interim)", CEO),
        ("President", CEO),
        ("President, St. Mary's Hospital", CEO),
        ("CEO, Acting", CEO),
        ("Regional President and CEO", CEO),
        ("CEO, Lakeside Clinic", CEO),
        ("Board Chair, Lakeside Foundation", CHAIR),
        ("Board Chair (2018-2020)", CHAIR),
        ("Chairperson, Finance", CHAIR),
        ("for the CEO", CEO),
        ("p.p. CEO", CEO),
        ("Ethics Board Chair", CHAIR),
        ("Chair, Junior Board", CHAIR),
        ("Chair, Institutional Review Board", CHAIR),
        ("Finance Chair, Board of Directors", CHAIR),
        ("Board Chair, Friends of the Library", CHAIR),
        ("Board President and Chair, Finance Committee", CHAIR),
    ],
)
def test_titles_in_doubtful_is_found_but_not_certain(line: str, role: Role) -> None:
    assert titles_in(line, ORGANIZATION) == (Title(role, "", certain=False),)


@pytest.mark.parametrize(
    "line",
    [
        "Jane Doe, CEO",
        "Jane Doe, MD, MPH \u2013 CEO",
        "Jane Doe | President and CEO",
        "Jane Doe CEO",
        "CEO Jane Doe",
        "Chief Executive Officer Jane Doe",
    ],
)
def test_titles_in_line_with_name_gives_the_name(line: str) -> None:
    assert titles_in(line, ORGANIZATION) == (Title(CEO, "Jane Doe", certain=True),)


def test_titles_in_line_with_two_people_names_both() -> None:
    line = "Jane Doe, CEO and John Roe, Board Chair"
    assert titles_in(line, ORGANIZATION) == (
        Title(CEO, "Jane Doe", certain=True),
        Title(CHAIR, "John Roe", certain=True),
    )


def test_titles_in_line_of_who_signs_for_another() -> None:
    assert titles_in("on behalf of our CEO, Jane Doe", ORGANIZATION) == (
        Title(CEO, "", certain=False),
    )
    assert titles_in("for Jane Doe, CEO", ORGANIZATION) == (Title(CEO, "Jane Doe", certain=False),)
    assert for_another("For St. Mary's Hospital", ORGANIZATION) == ""


def test_is_prose_tells_sentences_from_blocks() -> None:
    assert is_prose("Our CEO believes that this is right.")
    assert is_prose("meet with the team every month and remove obstacles that arise")
    assert not is_prose("President and Chief Executive Officer of Saint Mary's Hospital")
    assert not is_prose("Sincerely,")


def test_name_like_tells_people_from_organizations() -> None:
    assert name_like("María de la Cruz", ORGANIZATION)
    assert not name_like("Saint Marys", ORGANIZATION)
    assert not name_like("Mercy Medical Center", ORGANIZATION)
    assert not name_like("Jane", ORGANIZATION)
