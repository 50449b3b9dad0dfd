"""Letters that wait for their signatures."""

from tests.corpus.cases import accepted, returned
from tests.corpus.making.letter import JANE, LUIS, Letter, Mark, signer

_UNSIGNED = tuple(one.with_(mark=Mark.NOTHING) for one in (JANE, LUIS))
_RULED = tuple(one.with_(mark=Mark.RULE) for one in (JANE, LUIS))

UNSIGNED = (
    returned(
        "lines-without-signatures.pdf",
        Letter(signers=_RULED),
        "Two lines to sign on, and nobody signed.",
    ),
    returned(
        "lines-without-signatures.docx",
        Letter(signers=_RULED, layout="table"),
        "The unsigned letter as a Word document.",
    ),
    returned(
        "names-without-signatures.pdf",
        Letter(signers=_UNSIGNED),
        "Names and titles are printed; nothing shows that anybody signed.",
    ),
    returned(
        "signature-placeholder.docx",
        Letter(signers=tuple(one.with_(mark="[signature]") for one in (JANE, LUIS))),
        "“[signature]” still waits for the signatures.",
    ),
    returned(
        "template-with-blanks.docx",
        Letter(
            organization="[Name of organization]",
            date="[Date]",
            signers=(
                signer("[Name]", "CEO", mark="/s/ ____________________"),
                signer("[Name]", "Board Chair", mark="/s/ ____________________"),
            ),
        ),
        "The template of the letter, not filled in.",
    ),
    returned(
        "only-one-of-two-signed.pdf",
        Letter(signers=(JANE, LUIS.with_(mark=Mark.RULE)), layout="columns"),
        "The CEO signed; the Board Chair's line is empty.",
    ),
    accepted(
        "two-letters-one-of-them-unsigned.pdf",
        Letter(signers=(JANE, LUIS.with_(mark=Mark.RULE))),
        "The first letter lacks the Board Chair, whose own signed letter is the second.",
        and_also={"two-letters-one-of-them-unsigned-second.pdf": Letter(signers=(LUIS,))},
    ),
)
