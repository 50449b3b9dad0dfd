"""Letters that look like what is asked for and are not, and unusual ones that are."""

from tests.corpus.cases import CEO, accepted, asked_about, returned
from tests.corpus.making.letter import COMMITS, JANE, LUIS, Letter, Mark, signer

_OTHER_BOARDS = (
    returned(
        "committee-chair-of-the-board.pdf",
        Letter(
            signers=(JANE, signer("Rosa Morales", "Finance Committee Chair, Board of Directors"))
        ),
        "The chair of a committee, with the board behind it, is not the chair of the board.",
    ),
    returned(
        "advisory-board-chair.docx",
        Letter(signers=(JANE, signer("Rosa Morales", "Advisory Board Chair"))),
        "An advisory board governs nothing.",
    ),
    asked_about(
        "ethics-board-chair.pdf",
        Letter(signers=(JANE, signer("Rosa Morales", "Ethics Board Chair"))),
        "Another board than the governing one, most likely; an officer would ask.",
    ),
    asked_about(
        "chair-of-a-junior-board.pdf",
        Letter(signers=(JANE, signer("Rosa Morales", "Chair, Junior Board"))),
        "A board of young supporters; an officer would ask who chairs the governing one.",
    ),
    asked_about(
        "chair-of-friends.docx",
        Letter(signers=(JANE, signer("Rosa Morales", "Board Chair, Friends of Lakeside Library"))),
        "The board of somebody else; an officer would ask.",
    ),
    accepted(
        "ceo-emeritus-and-board-chair.pdf",
        Letter(signers=(JANE, signer("Rosa Morales", "CEO Emeritus and Board Chair"))),
        "The former CEO chairs the board now.",
    ),
)
_OVER_TWO_LINES = (
    asked_about(
        "interim-above-the-title.pdf",
        Letter(signers=(signer("Jane Okafor", "Interim", "Chief Executive Officer"), LUIS)),
        "“Interim” stands on a line of its own; she is an interim CEO all the same.",
    ),
    returned(
        "assistant-over-two-lines.docx",
        Letter(signers=(signer("Dolores Brooks", "Assistant to the President", "and CEO"), LUIS)),
        "The CEO's assistant signed; her title runs over two lines.",
    ),
    returned(
        "assistant-to-a-named-ceo.pdf",
        Letter(
            signers=(
                signer("Dolores Brooks", "Executive Assistant to Jane Okafor, President and CEO"),
            )
        ),
        "The CEO's assistant signed, and names her.",
        signed_by=CEO,
    ),
    returned(
        "chair-elect-over-two-lines.pdf",
        Letter(signers=(JANE, signer("Luis Castillo", "Board Chair", "Elect"))),
        "The Board Chair is elected and not yet in office.",
    ),
    accepted(
        "and-trustee-over-two-lines.docx",
        Letter(signers=(signer("Jane Okafor, MD", "President & CEO", "and Trustee"), LUIS)),
        "The CEO is a trustee, too.",
    ),
)
_MARKS = (
    returned(
        "placeholders-for-names.pdf",
        Letter(
            signers=(
                signer("", "CEO", mark="/s/ Your Name"),
                signer("", "Board Chair", mark="/s/ First Last"),
            )
        ),
        "The template was uploaded with what it has in place of names.",
    ),
    returned(
        "to-be-signed-electronically.pdf",
        Letter(signers=(JANE.with_(mark="To be electronically signed by Jane Okafor"),)),
        "It is to be signed, and is not.",
        signed_by=CEO,
    ),
    asked_about(
        "signed-by-an-assistant.pdf",
        Letter(signers=(JANE.with_(mark="/s/ Jane Okafor (by Dolores Brooks)"), LUIS)),
        "Somebody else typed the CEO's signature and says so.",
    ),
    asked_about(
        "initials-of-the-typist.docx",
        Letter(signers=(JANE.with_(mark="/s/ Jane Okafor/db"), LUIS)),
        "Initials behind a signature are of whoever signed it for her.",
    ),
    asked_about(
        "declined-to-sign.pdf",
        Letter(signers=(JANE.with_(mark="/s/ Jane Okafor (declined)"), LUIS)),
        "The signing service says that she declined.",
    ),
    asked_about(
        "example-of-a-signature.pdf",
        Letter(signers=(JANE.with_(mark="Example: /s/ Jane Okafor"), LUIS)),
        "It may be left over from the instructions.",
    ),
    asked_about(
        "dictated-not-read.pdf",
        Letter(after=("Dictated but not read",)),
        "The CEO did not read what stands above her name.",
    ),
    accepted(
        "original-to-follow.pdf",
        Letter(signers=(JANE.with_(mark="/s/ Jane Okafor. Signed original to follow."), LUIS)),
        "It is signed; the paper follows by mail.",
    ),
    returned(
        "unsigned-on-an-own-page.pdf",
        Letter(signers=(JANE.with_(mark=Mark.RULE), LUIS.with_(mark=Mark.RULE)), own_page=True),
        "The page with the signatures has lines to sign on and nothing else.",
    ),
)
_WORDS = (
    asked_about(
        "refusal.pdf",
        Letter(
            body=(
                "{organization} is grateful for the invitation. We regret that we cannot commit to "
                "the {program} initiative this year, and we withdraw the application of our team.",
            )
        ),
        "It says no, signed by everybody who is asked for.",
    ),
    asked_about(
        "will-not-participate.docx",
        Letter(
            body=(
                "Thank you for your patience with our team. {organization} will not participate in "
                "the {program} initiative this year.",
            )
        ),
        "It says no.",
    ),
    asked_about(
        "under-a-condition.pdf",
        Letter(body=(*COMMITS, "We commit on the condition that the fee is waived.")),
        "Whether the condition can be met is not for a program to say.",
    ),
    accepted(
        "not-without-doubts.pdf",
        Letter(
            body=(
                *COMMITS,
                "We do not only support the team with words. We will not rest, and we cannot wait "
                "to join the others. We could not be prouder to support it.",
            )
        ),
        "All these noes are a yes.",
    ),
    asked_about(
        "sample-letter.pdf",
        Letter(letterhead=("Lakeside Community Health", "SAMPLE LETTER")),
        "“Sample letter” stands below the letterhead.",
    ),
    asked_about(
        "draft-in-the-head.docx",
        Letter(letterhead=("Lakeside Community Health", "Draft, October 2")),
        "It says that it is a draft.",
    ),
    asked_about(
        "club-supports-the-applicant.pdf",
        Letter(
            signers=(
                signer("Jane Doyle", "CEO", "Springfield Rotary Club"),
                signer("Luis Moreno", "Board Chair", "Springfield Rotary Club"),
            ),
            letterhead=("October 2, 2022",),
            body=("We support the application of {organization} to the {program} initiative. We "
                  "have worked with its team for years, and know what it can do.",),
        ),
        "A club supports the applicant; an officer asks for the applicant's own letter.",
    ),
)  # fmt: skip

TRAPS = (*_OTHER_BOARDS, *_OVER_TWO_LINES, *_MARKS, *_WORDS)
