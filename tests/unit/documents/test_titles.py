import pytest

from roundtable.documents.titles import Title, is_prose, name_like, titles_in
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
        "President",
        "our CEO believes",
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
    ],
)
def test_titles_in_line_with_name_gives_the_name(line: str) -> None:
    assert titles_in(line, ORGANIZATION) == (Title(CEO, "Jane Doe", certain=True),)


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
