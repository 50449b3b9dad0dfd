from collections.abc import Sequence

import pytest

from roundtable.domain.documents import LetterEvidence, Verdict
from roundtable.domain.letters import judge_letters
from roundtable.domain.program import LetterRequirement, Role

CEO, CHAIR = Role.CEO, Role.BOARD_CHAIR


def requirement(*roles: Role, **changes: object) -> LetterRequirement:
    return LetterRequirement(
        key="letter", title="Letter of commitment", signed_by=roles or (CEO, CHAIR)
    ).with_(**changes)


def letter(
    roles: Sequence[Role] = (), signed: Sequence[Role] | None = None, **changes: object
) -> LetterEvidence:
    return LetterEvidence(
        readable=True,
        characters=400,
        roles=tuple(roles),
        signed=tuple(roles if signed is None else signed),
        organization="matched",
        tool="pdf pypdfium2 5.15.2",
    ).with_(**changes)


def scan() -> LetterEvidence:
    return LetterEvidence(readable=True, pages=1, tool="pdf pypdfium2 5.15.2")


@pytest.mark.scenario(9)
def test_judge_letters_signed_in_one_letter_or_two_passes() -> None:
    assert judge_letters(requirement(), (letter([CEO, CHAIR]),)) == (Verdict.PASS, "")
    assert judge_letters(requirement(), (letter([CEO]), letter([CHAIR]))) == (Verdict.PASS, "")
    assert judge_letters(requirement(CEO), (letter([CEO]),)) == (Verdict.PASS, "")


@pytest.mark.scenario(9)
def test_judge_letters_missing_role_is_returned_by_its_name() -> None:
    assert judge_letters(requirement(), (letter([CEO]),)) == (
        Verdict.FAIL,
        "We could not find the signature of your Board Chair. Please upload the letter signed by "
        "your Board Chair, with name and title below the signature, or upload another letter that "
        "they sign.",
    )
    assert judge_letters(requirement(max_documents=1), (letter(),)) == (
        Verdict.FAIL,
        "We could not find the signature of your CEO and your Board Chair. Please upload the "
        "letter signed by your CEO and your Board Chair, with name and title below the signature.",
    )


def test_judge_letters_unreadable_fails_with_its_problem() -> None:
    locked = LetterEvidence(readable=False, problem="This PDF is locked.")
    assert judge_letters(requirement(), (letter([CEO, CHAIR]), locked, locked)) == (
        Verdict.FAIL,
        "This PDF is locked.",
    )


def test_judge_letters_in_a_format_not_asked_for_fails() -> None:
    word = letter([CEO, CHAIR], tool="docx mammoth")
    assert judge_letters(requirement(formats=("pdf",)), (word,)) == (
        Verdict.FAIL,
        "This letter must be a file in PDF. Please save it so and upload that.",
    )


def test_judge_letters_none_fails() -> None:
    assert judge_letters(requirement(), ()) == (
        Verdict.FAIL,
        "We have no letter yet for “Letter of commitment”. Please upload it.",
    )


@pytest.mark.parametrize(
    ("letters", "reason"),
    [
        (
            (scan(),),
            "A person will look at this letter: a letter, or a page of it, is a scan whose text "
            "cannot be read.",
        ),
        (
            (letter([CEO, CHAIR], signed=[CEO]),),
            "A person will look at this letter: the title of your Board Chair is there, but no "
            "typed (/s/) or digital signature with it.",
        ),
        (
            (letter([CEO, CHAIR], organization="not_found"),),
            "A person will look at this letter: we did not find the name of your organization in "
            "it.",
        ),
        (
            (letter([CEO], signed=[], organization="unknown"), scan()),
            "A person will look at this letter: a letter, or a page of it, is a scan whose text "
            "cannot be read; the title of your CEO is there, but no typed (/s/) or digital "
            "signature with it; we did not find the name of your organization in it.",
        ),
    ],
)
def test_judge_letters_doubtful_is_looked_at(
    letters: tuple[LetterEvidence, ...], reason: str
) -> None:
    assert judge_letters(requirement(), letters) == (Verdict.LOOK, reason)
