from typing import Any

from roundtable.domain.eligibility import answers_that_count, is_eligible, refusing, unanswered
from roundtable.domain.program import Program
from tests.factories import make_program


def rule(key: str) -> dict[str, Any]:
    options = [{"value": value, "label": value.title()} for value in ("yes", "partly", "no")]
    return {
        "key": key, "question": "?", "options": options, "accepts": ["yes", "partly"],
        "refusal": "No.",
    }  # fmt: skip


def program() -> Program:
    return make_program(eligibility=(rule("hospital"), rule("funded")))


def test_answers_that_count_are_those_that_the_program_offers() -> None:
    given = {"hospital": "yes", "funded": "perhaps", "rich": "yes"}
    assert answers_that_count(program(), given) == {"hospital": "yes"}


def test_unanswered_are_in_the_programs_order() -> None:
    assert [r.key for r in unanswered(program(), {})] == ["hospital", "funded"]
    assert [r.key for r in unanswered(program(), {"hospital": "no"})] == ["funded"]


def test_refusing_are_all_rules_that_do_not_accept() -> None:
    answers = {"hospital": "no", "funded": "partly"}
    assert [r.key for r in refusing(program(), answers)] == ["hospital"]
    assert refusing(program(), {}) == ()


def test_is_eligible_with_an_accepted_answer_to_everything() -> None:
    assert is_eligible(program(), {"hospital": "yes", "funded": "partly"})
    assert not is_eligible(program(), {"hospital": "yes"})
    assert not is_eligible(program(), {"hospital": "yes", "funded": "no"})
    assert is_eligible(make_program(), {})
