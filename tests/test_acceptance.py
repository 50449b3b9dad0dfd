"""The acceptance list is whole, so that a scenario cannot be lost unnoticed."""

from pathlib import Path

from tests.conftest import scenario_titles

LIST = Path(__file__).parents[1] / "docs" / "acceptance.md"


def test_acceptance_list_numbers_all_scenarios() -> None:
    assert list(scenario_titles()) == list(range(1, 36))
