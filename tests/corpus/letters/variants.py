"""Letters as they come: how people title themselves, sign and date, beyond the textbook."""

from tests.corpus.cases import CEO, accepted, asked_about, returned
from tests.corpus.making.letter import COMMITS, JANE, LUIS, Letter, Mark, signer
from tests.corpus.making.papers import Made
from tests.corpus.making.pdf import letters_in_one_pdf, with_stamp, with_unseen_text
from tests.corpus.making.word import word_with_deletion

_UNSIGNED_BY_CHAIR = Letter(signers=(JANE, LUIS.with_(mark=Mark.RULE)))

_TITLES = (
    accepted(
        "president-slash-ceo.pdf",
        Letter(
            signers=(
                signer("Jane Okafor, MD", "President/CEO"),
                signer("Luis Castillo", "Chair, Governing Board"),
            )
        ),
        "“President/CEO” and the chair of the governing board.",
    ),
    accepted(
        "administrator-and-commissioners.pdf",
        Letter(
            signers=(
                signer("Omar Haddad", "Administrator/CEO"),
                signer("Grace Greene", "Chair, Board of Commissioners"),
            )
        ),
        "A public hospital district: its board is one of commissioners.",
    ),
    accepted(
        "title-before-name.docx",
        Letter(
            signers=(
                signer("", "CEO Jane Okafor", mark="/s/ Jane Okafor"),
                signer("", "Luis Castillo (Board Chair)", mark="/s/ Luis Castillo"),
            )
        ),
        "The title before the name, or in brackets behind it.",
    ),
    accepted(
        "three-signers-beside-each-other.pdf",
        Letter(
            layout="columns", signers=(JANE, signer("Chen Kowalski", "Chief Medical Officer"), LUIS)
        ),
        "Three sign beside each other; the two that are asked for are among them.",
    ),
    asked_about(
        "president-only.pdf",
        Letter(signers=(signer("Elena Estrada", "President"), LUIS)),
        "The President of a hospital is often its CEO; an officer would make sure.",
    ),
    asked_about(
        "co-chair-of-the-board.pdf",
        Letter(signers=(JANE, signer("Rosa Morales", "Co-Chair of the Board of Directors"))),
        "One of two chairs signed; an officer would ask whether that is enough.",
    ),
    asked_about(
        "chair-of-the-foundation.pdf",
        Letter(
            signers=(
                JANE,
                signer("Rosa Morales", "Board Chair", "Lakeside Community Health Foundation"),
            )
        ),
        "The foundation's board is not the hospital's; an officer would ask.",
    ),
    returned(
        "past-chair.pdf",
        Letter(signers=(JANE, signer("Rosa Morales", "Immediate Past Chair of the Board"))),
        "The past chair signed, not the chair.",
    ),
    returned(
        "deputy-ceo.docx",
        Letter(signers=(signer("Farid Haddad", "Deputy Chief Executive Officer"), LUIS)),
        "The deputy signed, not the CEO.",
    ),
)
_SIGNATURES = (
    accepted(
        "signed-in-capitals.pdf",
        Letter(signers=(JANE.with_(mark="/S/ JANE OKAFOR"), LUIS.with_(mark="s/Luis Castillo"))),
        "“/S/” and “s/” are ways to write /s/.",
    ),
    accepted(
        "signed-between-slashes.pdf",
        Letter(signers=(JANE.with_(mark="/Jane Okafor/"), LUIS.with_(mark="/Luis Castillo/"))),
        "The name between slashes, as patent offices take it.",
    ),
    accepted(
        "signed-in-brackets.docx",
        Letter(
            signers=(
                JANE.with_(mark="(signed) Jane Okafor"),
                LUIS.with_(mark="(signed) Luis Castillo"),
            )
        ),
        "“(signed)” with the name is a typed signature.",
    ),
    accepted(
        "signed-by-initial.pdf",
        Letter(signers=(JANE.with_(mark="/s/ J. Okafor"), LUIS.with_(mark="/s/ L. Castillo"))),
        "Initials above the printed names.",
    ),
    asked_about(
        "signed-crosswise.pdf",
        Letter(signers=(JANE.with_(mark="/s/ Luis Castillo"), LUIS.with_(mark="/s/ Jane Okafor"))),
        "Each stands above the other's name: a slip that an officer would ask about.",
    ),
    returned(
        "signature-to-follow.pdf",
        Letter(signers=(JANE, LUIS.with_(mark="[signature to follow]"))),
        "The Board Chair's signature is to follow.",
    ),
    returned(
        "signature-in-white.pdf",
        Made(
            _UNSIGNED_BY_CHAIR,
            lambda letter: with_unseen_text(letter, "/s/ Luis Castillo", 416, gray=1),
        ),
        "The Board Chair's line is empty; what is written there in white nobody sees.",
    ),
    returned(
        "signature-too-small-to-see.pdf",
        Made(
            Letter(signers=(JANE, LUIS.with_(mark=Mark.NOTHING))),
            lambda letter: with_unseen_text(letter, "/s/ Luis Castillo", 419, size=0.3),
        ),
        "Nothing stands above the Board Chair's name but what is no larger than dust.",
    ),
    returned(
        "signature-deleted.docx",
        Made(Letter(), lambda letter: word_with_deletion(letter, "/s/ Luis Castillo")),
        "The Board Chair's signature was deleted while changes were tracked.",
    ),
    accepted(
        "two-letters-in-one-file.pdf",
        lambda: letters_in_one_pdf(Letter(signers=(JANE,)), Letter(signers=(LUIS,))),
        "The CEO's letter and the Board Chair's in one PDF.",
    ),
)
_TEXTS = (
    asked_about(
        "draft.pdf",
        Made(Letter(), lambda letter: with_stamp(letter, "DRAFT")),
        "“DRAFT” stands across the page: an officer asks whether this is the letter.",
    ),
    accepted(
        "other-programs-mentioned.pdf",
        Letter(body=(*COMMITS, "We have been an Age-Friendly Health System since 2018.")),
        "Another program is mentioned as history; this one is what the letter commits to.",
    ),
    returned(
        "partner-supports-the-applicant.pdf",
        Letter(
            signers=(signer("Nadia Ivanov", "CEO", "Harbor Food Bank"),),
            letterhead=("Harbor Food Bank", "9 Pier Road, Springfield"),
            body=(
                "Harbor Food Bank is glad to support Lakeside Community Health in the {program} "
                "initiative.",
                "We have worked with its team for years.",
            ),
        ),
        "A partner's CEO supports the applicant; its own CEO did not sign.",
        signed_by=CEO,
    ),
    returned(
        "budget.pdf",
        Letter(
            signers=(),
            greeting="Budget narrative",
            closing="Total: 12,000",
            body=(
                "Travel to two learning sessions for five people, with hotel: 9,000.",
                "Gift cards for patients who advise {organization} in {program}: 3,000.",
            ),
        ),
        "The budget was uploaded in place of the letter.",
    ),
    asked_about(
        "printed-mail.pdf",
        Letter(
            letterhead=(
                "From: Jane Okafor <jane.okafor@lakeside.example>",
                "Subject: Pursuing Equity",
            ),
            receiver=(),
            greeting="Hi team,",
            closing="Best, Jane",
            body=("Yes, I support this for {organization}, go ahead with {program}.",),
            signers=(signer("Jane Okafor, MD", "President and CEO", mark=Mark.NOTHING),),
        ),
        "An e-mail of the CEO is no signed letter, and shows that she agrees; an officer decides.",
        signed_by=CEO,
    ),
)
_DATES = tuple(
    accepted(name, Letter(date=date), f"“{date}” is a date within the round.")
    for name, date in (
        ("date-day-first.pdf", "3 October 2022"),
        ("date-with-ordinal.docx", "October 3rd, 2022"),
        ("date-abbreviated.pdf", "Oct. 3, 2022"),
        ("date-iso.docx", "2022-10-03"),
        ("date-with-label.pdf", "Date: 10/03/22"),
    )
)  # fmt: skip

VARIANTS = (*_TITLES, *_SIGNATURES, *_TEXTS, *_DATES)
