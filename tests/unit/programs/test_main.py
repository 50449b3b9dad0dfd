"""The command that checks program files."""

from pathlib import Path

import pytest

from roundtable.programs.__main__ import main

FOLDER = Path(__file__).parents[3] / "programs"


def test_main_prints_dates_in_the_zone_and_in_utc(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(FOLDER / "pursuing-equity-2023.yaml")]) == 0
    printed = capsys.readouterr()
    assert printed.err == ""
    lines = printed.out.splitlines()
    assert lines[0] == "Pursuing Equity 2023–24 (pursuing-equity-2023)"  # noqa: RUF001 (its name)
    assert lines[lines.index("Action Community (action-community)") :][:4] == [
        "Action Community (action-community)",
        "  seats         10",
        "  closes        Fri 2022-10-21 23:59:59 EDT (2022-10-22 04:00 UTC is too late)",
        "  promise       by Mon 2022-12-05",
    ]
    assert lines[-12:] == [
        "Learning Network (learning-network)",
        "  seats         40",
        "  closes        Tue 2022-11-01 23:59:59 EDT (2022-11-02 04:00 UTC is too late)",
        "  promise       within 30 days of receipt",
        "  questions     14, 8 of them required",
        "  requires      Letter of commitment (commitment-letter): letter signed by CEO",
        "  requires      Team (team): 3 to 7 people",
        "  requires      What teams in the Learning Network commit to "
        "(commitments-learning-network): 4 statements",
        "  reviews       1; reminded, replaced and due after 3, 6, 8 days; decided by reviews",
        "  told          each when decided",
        "  offer         answer within 14 days",
        "  waitlist      to the end of Fri 2023-01-13",
    ]


@pytest.mark.scenario(7)
def test_main_prints_a_close_at_noon_and_the_sessions(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(FOLDER / "antiracism-workshops-2024.yaml")]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "  closes        Wed 2024-02-28 12:00 EST (2024-02-28 17:00 UTC is too late)" in lines
    assert [line for line in lines if line.startswith("  session")][1] == (
        "  session       Session 2: Thursday, March 28, 2024, 12:00 pm to 1:30 pm EDT "
        "(16:00 to 17:30 UTC)"
    )


def test_main_prints_problems_and_goes_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = tmp_path / "broken.yaml"
    broken.write_text("key: a\nkey: b\n", encoding="utf-8")
    assert main([str(broken), str(FOLDER / "antiracism-workshops-2024.yaml")]) == 1
    printed = capsys.readouterr()
    assert printed.err == f"{broken}:2: key: is given twice; the first is in line 1\n"
    assert "Antiracism Workshop Series 2024 (antiracism-workshops-2024)" in printed.out


def test_main_without_a_file_says_how_it_is_used(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert capsys.readouterr().err == "usage: python -m roundtable.programs FILE...\n"
