"""Who may apply at all: the questions asked before the form, and what answers to them mean."""

from collections.abc import Mapping

from roundtable.domain.program import EligibilityRule, Program


def answers_that_count(program: Program, given: Mapping[str, str]) -> dict[str, str]:
    """Return the answers that this program asks for and offers; all else is left out."""
    return {
        rule.key: given[rule.key]
        for rule in program.eligibility
        if given.get(rule.key) in {option.value for option in rule.options}
    }


def unanswered(program: Program, answers: Mapping[str, str]) -> tuple[EligibilityRule, ...]:
    """Return the rules whose question has no answer."""
    return tuple(rule for rule in program.eligibility if rule.key not in answers)


def refusing(program: Program, answers: Mapping[str, str]) -> tuple[EligibilityRule, ...]:
    """Return the rules by which somebody with these answers cannot take part."""
    return tuple(
        rule
        for rule in program.eligibility
        if rule.key in answers and answers[rule.key] not in rule.accepts
    )


def is_eligible(program: Program, answers: Mapping[str, str]) -> bool:
    """Return whether every question is answered, and none in a way that ends it."""
    return not unanswered(program, answers) and not refusing(program, answers)
