from datetime import date
from typing import Any

import pytest

from roundtable.domain.evidence import LetterEvidence, SignatureKind, Verdict
from roundtable.domain.letters import judge_letters
from roundtable.domain.program import LetterRequirement, Role
from tests.factories import make_letter_evidence, make_scan_evidence, role_found

CEO, CHAIR = Role.CEO, Role.BOARD_CHAIR
SPANISH = (
    "En nombre de nuestro hospital, quiero confirmar nuestro compromiso con este programa. Nuestro "
    "equipo dispondrá del tiempo que necesita, y nosotros lo apoyaremos en todo lo que haga falta "
    "durante el año. Atentamente, Directora General, Presidente de la Junta Directiva"
)
UPLOAD_BOTH = (
    "We could not find the signature of your Board Chair. Please upload the letter signed by "
    "your Board Chair, with name and title below the signature, or upload another letter that "
    "they sign."
)


def requirement(*roles: Role, **changes: object) -> LetterRequirement:
    return LetterRequirement(
        key="letter", title="Letter of commitment", signed_by=roles or (CEO, CHAIR)
    ).with_(**changes)


def letter(*roles: Role, **changes: Any) -> LetterEvidence:
    return make_letter_evidence(roles=tuple(role_found(role) for role in roles), **changes)


def judge(*letters: LetterEvidence, of: LetterRequirement | None = None) -> tuple[Verdict, str]:
    return judge_letters(
        of or requirement(), letters, earliest=date(2021, 9, 6), latest=date(2022, 10, 4)
    )


@pytest.mark.scenario(9)
def test_judge_letters_signed_in_one_letter_or_two_passes() -> None:
    assert judge(letter(CEO, CHAIR)) == (Verdict.PASS, "")
    assert judge(letter(CEO), letter(CHAIR)) == (Verdict.PASS, "")
    assert judge(letter(CEO), of=requirement(CEO)) == (Verdict.PASS, "")


@pytest.mark.parametrize("kind", [kind for kind in SignatureKind if kind.convinces])
def test_judge_letters_with_a_signature_that_convinces_passes(kind: SignatureKind) -> None:
    evidence = make_letter_evidence(roles=(role_found(CEO, kind), role_found(CHAIR, kind)))
    assert judge(evidence) == (Verdict.PASS, "")


def test_judge_letters_takes_the_best_of_a_role_found_twice() -> None:
    first = make_letter_evidence(roles=(role_found(CEO, None, unsigned=True), role_found(CHAIR)))
    assert judge(first, letter(CEO)) == (Verdict.PASS, "")
    twice = make_letter_evidence(
        roles=(role_found(CEO, None), role_found(CEO), role_found(CHAIR, certain=False),
               role_found(CHAIR))
    )  # fmt: skip
    assert judge(twice) == (Verdict.PASS, "")


@pytest.mark.scenario(9)
def test_judge_letters_missing_role_is_returned_by_its_name() -> None:
    assert judge(letter(CEO)) == (Verdict.FAIL, UPLOAD_BOTH)
    assert judge(letter(), of=requirement(max_documents=1)) == (
        Verdict.FAIL,
        "We could not find the signature of your CEO and your Board Chair. Please upload the "
        "letter signed by your CEO and your Board Chair, with name and title below the signature.",
    )


def test_judge_letters_an_executive_director_signs_only_where_the_program_says_so() -> None:
    evidence = letter(Role.EXECUTIVE_DIRECTOR)
    assert judge(evidence, of=requirement(CEO))[0] is Verdict.FAIL
    assert judge(evidence, of=requirement(Role.EXECUTIVE_DIRECTOR))[0] is Verdict.PASS


def test_judge_letters_not_signed_yet_says_whose_line_is_empty() -> None:
    unsigned = make_letter_evidence(roles=(role_found(CEO), role_found(CHAIR, None, unsigned=True)))
    words = (
        "This letter is not signed yet: we see the title of your Board Chair, but no signature "
        "there. Please upload the signed letter; if it is signed by hand, upload a scan or a "
        "photograph of the signed page. You can also type the signature: /s/ and the name, above "
        "the printed name."
    )
    assert judge(unsigned) == (Verdict.FAIL, words)
    assert judge(unsigned, make_scan_evidence())[0] is Verdict.LOOK
    ceo = make_letter_evidence(roles=(role_found(CEO, None, unsigned=True),))
    verdict, reason = judge(ceo)
    assert verdict is Verdict.FAIL
    assert reason.startswith(UPLOAD_BOTH)
    assert "we see the title of your CEO, but no signature there" in reason
    both = make_letter_evidence(
        roles=(role_found(CEO, None, unsigned=True), role_found(CHAIR, None, unsigned=True))
    )
    assert "the titles of your CEO and your Board Chair, but" in judge(both)[1]


def test_judge_letters_unreadable_fails_with_its_problem() -> None:
    locked = LetterEvidence(readable=False, problem="This PDF is locked.")
    assert judge(letter(CEO, CHAIR), locked, locked) == (Verdict.FAIL, "This PDF is locked.")


def test_judge_letters_in_a_format_not_asked_for_fails() -> None:
    word = letter(CEO, CHAIR, format="docx")
    assert judge(word, of=requirement(formats=("pdf", "jpeg"))) == (
        Verdict.FAIL,
        "This letter must be a file in PDF or JPEG. Please save it so and upload that.",
    )


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (
            "altered",
            "This letter was changed after it was signed, so its digital signature no longer "
            "holds. Please upload the file as it was signed, or have it signed again.",
        ),
        (
            "broken",
            "The digital signature of this letter is broken: it does not fit what it signs. Please "
            "upload the file as it was signed, without saving or printing it anew, or have it "
            "signed again.",
        ),
    ],
)
def test_judge_letters_with_a_digital_signature_that_does_not_hold_fails(
    state: str, words: str
) -> None:
    signatures = ({"signer": "Jane Doe", "state": state}, {"signer": "", "state": "valid"})
    assert judge(letter(CEO, CHAIR, digital=signatures)) == (Verdict.FAIL, words)


def test_judge_letters_none_fails() -> None:
    assert judge() == (
        Verdict.FAIL,
        "We have no letter yet for “Letter of commitment”. Please upload it.",
    )


def test_judge_letters_that_could_not_be_looked_into_come_to_a_person() -> None:
    crashed = LetterEvidence(readable=True, unsure="The reader stopped over this letter.")
    assert judge(crashed) == (
        Verdict.LOOK,
        "The reader stopped over this letter. A person will look at this letter: we could not find "
        "the title of your CEO and your Board Chair in what we can read.",
    )
    assert judge(crashed, letter(CEO, CHAIR)) == (
        Verdict.LOOK, "The reader stopped over this letter."
    )  # fmt: skip


@pytest.mark.parametrize(
    ("letters", "reason"),
    [
        (
            (make_scan_evidence(),),
            "a letter, or a page of it, is a scan whose text cannot be read; we could not find the "
            "title of your CEO and your Board Chair in what we can read",
        ),
        (
            (letter(CEO, CHAIR, scanned=(2,), unread=(2,)),),
            "a letter, or a page of it, is a scan whose text cannot be read",
        ),
        (
            (letter(CEO, CHAIR, scanned=(1,), unread=(1,)),),
            "a letter, or a page of it, is a scan whose text cannot be read; the title of your CEO "
            "and your Board Chair is on a page whose text cannot surely be read",
        ),
        (
            (letter(CEO, unread=(1,)), letter(CEO)),
            "a picture in it may hold what we look for; we could not find the title of your Board "
            "Chair in what we can read",
        ),
        (
            (make_letter_evidence(roles=(role_found(CEO), role_found(CHAIR, None))),),
            "the title of your Board Chair is there, but no signature that we recognize with it",
        ),
        (
            (
                make_letter_evidence(
                    roles=(
                        role_found(CEO, SignatureKind.INK),
                        role_found(CHAIR, SignatureKind.UNVERIFIED),
                    )
                ),
            ),
            "the digital signature of your Board Chair could not be verified; something is drawn "
            "where your CEO would sign, and only a person can tell whether it is a signature",
        ),
        (
            (make_letter_evidence(roles=(role_found(CEO, certain=False), role_found(CHAIR))),),
            "a title is there that may not be the one of your CEO",
        ),
        (
            (letter(CEO, CHAIR, organization="not_found"),),
            "we could not tell that it is a letter of your organization",
        ),
        (
            (letter(CEO), letter(CHAIR, program="not_found")),
            "we did not find the name of the program in it",
        ),
        (
            (letter(CEO, CHAIR, dated=date(2021, 9, 5)),),
            "it is dated September 5, 2021, more than a year before the round opened",
        ),
        (
            (letter(CEO, CHAIR, dated=date(2022, 10, 5)),),
            "it is dated October 5, 2022, which is after the day we received it",
        ),
        (
            (letter(text=SPANISH),),
            "it does not seem to be written in English, and we know titles in English only; we "
            "could not find the title of your CEO and your Board Chair in what we can read",
        ),
    ],
)
def test_judge_letters_doubtful_is_looked_at(
    letters: tuple[LetterEvidence, ...], reason: str
) -> None:
    assert judge(*letters) == (Verdict.LOOK, f"A person will look at this letter: {reason}.")


@pytest.mark.parametrize("day", [date(2021, 9, 6), date(2022, 10, 4), None])
def test_judge_letters_dated_within_the_round_passes(day: date | None) -> None:
    assert judge(letter(CEO, CHAIR, dated=day)) == (Verdict.PASS, "")


def test_judge_letters_in_another_language_with_known_titles_passes() -> None:
    assert judge(letter(CEO, CHAIR, text=SPANISH)) == (Verdict.PASS, "")


@pytest.mark.parametrize("text", ["東京病院 理事長 山田太郎", "Fkh Wkh Grj " * 20])
def test_judge_letters_whose_text_nobody_understands_are_looked_at(text: str) -> None:
    assert judge(letter(text=text))[0] is Verdict.LOOK
    assert judge(letter(text="Jane Doe, Chief Operating Officer"))[0] is Verdict.FAIL


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("We cannot commit to it this year.", "it may say that you do not commit"),
        ("Our hospital will not\nparticipate in it.", "it may say that you do not commit"),
        ("We hereby withdraw our application.", "it may say that you do not commit"),
        ("We commit on the condition that it is free.", "it may commit under a condition only"),
        ("St. Mary's\nSAMPLE LETTER", "it may be a draft or a sample and not the letter itself"),
        ("Dear IHI,\nJane VOID Doe", "it may be a draft or a sample and not the letter itself"),
        ("Dictated but not read", "somebody else may have signed for one of them"),
        (
            "Signed by Ann Poe, with permission",
            "somebody else may have signed for one of them",
        ),
    ],
)
def test_judge_letters_whose_words_speak_against_them_are_looked_at(text: str, reason: str) -> None:
    assert judge(letter(CEO, CHAIR, text=text)) == (
        Verdict.LOOK,
        f"A person will look at this letter: {reason}.",
    )


@pytest.mark.parametrize(
    "text",
    [
        "We do not only support it. We cannot wait to join, and will not hesitate to sign.",
        "We could not be prouder to support it. We will not rest.",
        "We will draft a plan and share it as a template.",
        "WE WILL DRAFT A PLAN FOR OUR PATIENTS AND SHARE IT",
    ],
)
def test_judge_letters_whose_noes_are_a_yes_pass(text: str) -> None:
    assert judge(letter(CEO, CHAIR, text=text)) == (Verdict.PASS, "")
