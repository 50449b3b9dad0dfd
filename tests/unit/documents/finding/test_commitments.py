import pytest

from roundtable.documents.finding.commitments import organization_named, program_named
from roundtable.documents.finding.lines import Line

ORGANIZATION = "St. Mary's Hospital"
ABOUT = ("Pursuing Equity", "Learning Network")
PROSE = "We are writing to confirm that our team will have the time that it needs."


def lines(text: str) -> list[Line]:
    return [Line(line) for line in text.strip().splitlines()]


@pytest.mark.parametrize(
    ("text", "signing", "found"),
    [
        ("St. Mary's Hospital\n\nDear all,\n" + PROSE, "Jane Doe\nCEO", "St. Mary's Hospital"),
        ("Dear all,\n" + PROSE, "Jane Doe\nCEO, Saint Marys Hospital", "CEO, Saint Marys Hospital"),
        (
            "St. Mary's\nHospital\nOctober 3, 2022\nDear all,\n" + PROSE,
            "Jane Doe\nCEO",
            "St. Mary's",
        ),
        (
            "Dear all,\nAll of us at Saint\nMarys Hospital support this team.",
            "Jane Doe\nCEO",
            "All of us at Saint Marys Hospital support this team.",
        ),
        (
            "Harbor Pals\n\nDear all,\nOn behalf of St. Mary's Hospital, we agree.",
            "Jane Doe\nCEO",
            "On behalf of St. Mary's Hospital, we agree.",
        ),
    ],
)
def test_organization_named_in_a_letter_of_its_own(text: str, signing: str, found: str) -> None:
    every = lines(f"{text}\n{signing}")
    assert organization_named(every, "", lines(signing), ORGANIZATION) == ("matched", found)


@pytest.mark.parametrize(
    ("text", "signing"),
    [
        ("Lakeside Clinic\n\nDear all,\nWe support St. Mary's Hospital.", "Jane Doe\nCEO"),
        ("Lakeside Clinic\nMay 3, 2022\nDear all,\nSt. Mary's Hospital is good.", "Jane Doe\nCEO"),
        ("Harbor Pals\n\nDear all,\nWe support St. Mary's Hospital.", "Jane Doe\nCEO\nHarbor Pals"),
        ("Dear all,\nWe support St. Mary's Hospital.", "Jane Doe\nCEO\nHarbor Food Bank"),
        ("Dear all,\nWe support St. Mary's Hospital.", "Jane Doe\nCEO\nLakeside Clinic"),
        ("Dear all,\nWe support St. Mary's Hospital.", "Jane Doe, CEO, Lakeside Health System"),
    ],
)
def test_organization_named_in_a_letter_of_another_house(text: str, signing: str) -> None:
    named, line = organization_named(lines(f"{text}\n{signing}"), "", lines(signing), ORGANIZATION)
    assert named == "not_found"
    assert "St. Mary's Hospital" in line


def test_organization_named_nowhere() -> None:
    every = lines("Lakeside Clinic\n" + PROSE)
    assert organization_named(every, "Page 1", (), ORGANIZATION) == ("not_found", "")
    assert organization_named((), "St. Mary's Hospital", (), ORGANIZATION)[0] == "matched"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("We commit to Pursuing Equity.", "We commit to Pursuing Equity."),
        ("Re: PURSUING EQUITY 2023\u201324", "Re: PURSUING EQUITY 2023\u201324"),
        ("We commit to Pursuing-Equity.", "We commit to Pursuing-Equity."),
        ("We commit to Pürsuing Équity.", "We commit to Pürsuing Équity."),
        ("We commit to Pursuing\nEquity now.", "We commit to Pursuing Equity now."),
        ("We commit to Pursu-\ning Equity now.", "We commit to Pursu- ing Equity now."),
        ("We commit to the IHI Learning Network.", "We commit to the IHI Learning Network."),
        ("we join the pursuing equity program", "we join the pursuing equity program"),
    ],
)
def test_program_named(text: str, line: str) -> None:
    every = [Line("Dear all,"), *lines(text), Line("Sincerely,")]
    assert program_named(every, "", ABOUT) == ("matched", line)


@pytest.mark.parametrize(
    "text",
    [
        "We have been pursuing equity for years.",
        "Pursuing equity is what we do.",
        "our own learning network meets",
        "pursuingequity@example.org",
        "Pursuing Equityness",
        "Equity, and pursuing it",
        "",
    ],
)
def test_program_named_in_words_of_a_sentence_is_no_name(text: str) -> None:
    assert program_named(lines(text), "", ABOUT) == ("not_found", "")


def test_program_named_without_names_to_look_for_is_unknown() -> None:
    assert program_named(lines("Pursuing Equity"), "", ()) == ("unknown", "")
    assert program_named((), "Pursuing Equity", ABOUT) == ("matched", "Pursuing Equity")
