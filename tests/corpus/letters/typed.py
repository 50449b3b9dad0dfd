"""Letters with typed signatures, laid out as people lay them out."""

from tests.corpus.cases import CEO, accepted
from tests.corpus.making.letter import COMMITS, JANE, LUIS, MORE, Letter, signer
from tests.corpus.making.papers import Made
from tests.corpus.making.pdf import form_pdf, pdf
from tests.corpus.making.word import word

_PAIR = Letter()
_CHAIR = signer("Amara Diallo", "Chair, Board of Trustees")
_LEGAL = (
    signer("By: /s/ Jane Okafor", "Name: Jane Okafor, MD", "Title: Chief Executive Officer",
           mark="LAKESIDE COMMUNITY HEALTH"),
    signer("By: /s/ Luis Castillo", "Name: Luis Castillo", "Title: Chair of the Board",
           mark="BOARD OF DIRECTORS"),
)  # fmt: skip
_WITNESS = Letter(
    signers=(
        signer("Jane Okafor, MD", "President and CEO", mark="/s/ Jane Okafor, MD    10/03/2022"),
        signer("Luis Castillo", "Board Chair", mark="/s/ Luis Castillo    10/04/2022"),
    ),
    closing="Signed and agreed:",
)

TYPED = (
    accepted("one-letter-both.pdf", _PAIR, "CEO and Board Chair typed /s/ above name and title."),
    accepted("one-letter-both.docx", _PAIR, "The same letter as a Word document."),
    accepted(
        "two-letters-ceo.pdf",
        Letter(signers=(JANE,)),
        "The CEO and the Board Chair each wrote a letter; together they sign for both roles.",
        and_also={"two-letters-chair.docx": Letter(signers=(LUIS,))},
    ),
    accepted(
        "side-by-side.pdf",
        Letter(layout="columns"),
        "Signatures in two columns; each typed signature stands above its own title.",
    ),
    accepted(
        "side-by-side-table.docx",
        Letter(layout="table", signers=(JANE, _CHAIR)),
        "The signature block is a Word table with a column for each signer.",
    ),
    accepted(
        "signature-page-after-appendix.pdf",
        Letter(appendix=("Appendix: our measures", *MORE, *MORE)),
        "The signatures come after an appendix, on a page of their own.",
    ),
    accepted(
        "twenty-pages.pdf",
        Letter(text_pages=18),
        "A long letter: the signatures are on page 20.",
    ),
    accepted(
        "twenty-pages.docx",
        Letter(text_pages=18),
        "A long Word letter, signed at its end.",
    ),
    accepted(
        "twenty-pages-beside.pdf",
        Letter(text_pages=18, layout="columns", signers=(JANE, _CHAIR)),
        "A long letter whose last page has the signatures in columns.",
    ),
    accepted(
        "learning-network-ceo-only.pdf",
        Letter(
            signers=(signer("Priya Patel", "Chief Executive Officer"),),
            program="Pursuing Equity Learning Network",
        ),
        "The Learning Network asks for the CEO alone, and the CEO signed.",
        signed_by=CEO,
    ),
    accepted(
        "name-and-title-in-one-line.docx",
        Letter(
            signers=(
                signer("Jane Okafor, MD, MPH, President and CEO", mark="/s/ Jane Okafor"),
                signer("Luis Castillo, Chair, Board of Directors", mark="/s/ Luis Castillo"),
            )
        ),
        "Name, degrees and title share a line below each typed signature.",
    ),
    accepted(
        "legal-block.pdf",
        Letter(signers=_LEGAL, layout="columns"),
        "A lawyer's block: “By: /s/ …, Name: …, Title: …” for both.",
    ),
    accepted(
        "dates-beside-signatures.pdf",
        _WITNESS,
        "Each signed and dated: the date beside the signature takes nothing from it.",
    ),
    accepted(
        "electronically-signed.pdf",
        Letter(
            signers=(
                JANE.with_(mark="Electronically signed by: Jane Okafor"),
                LUIS.with_(mark="Electronically signed by: Luis Castillo"),
            )
        ),
        "“Electronically signed by” with the name is a typed signature.",
    ),
    accepted(
        "letterhead-in-page-header.docx",
        Made(
            Letter(body=("On behalf of our organization, we commit to the {program} initiative and "
                         "to the team that is applying.", *COMMITS[1:])),
            lambda letter: word(letter, margins=True),
        ),
        "The organization stands only in the page's header, as letterheads do.",
    ),
    accepted(
        "sideways-pages.pdf",
        Made(_PAIR, lambda letter: pdf(letter, turned=True)),
        "The pages are stored sideways and shown upright.",
    ),
    accepted(
        "small-print.pdf",
        Letter(size=4),
        "Printed very small; everything is there for whoever zooms in.",
    ),
    accepted(
        "form-filled-in.pdf",
        Made(
            Letter(signers=()),
            lambda letter: form_pdf(
                letter,
                [
                    ("Signature:", "/s/ Jane Okafor"),
                    ("Name:", "Jane Okafor"),
                    ("Title:", "President and CEO"),
                    ("Signature:", "/s/ Luis Castillo"),
                    ("Name:", "Luis Castillo"),
                    ("Title:", "Board Chair"),
                ],
            ),
        ),
        "The signature block is a form whose fields both filled in.",
    ),
    accepted(
        "copies-and-enclosures.pdf",
        Letter(after=("", "cc: Omar Haddad, Chief Operating Officer", "Enclosure: budget")),
        "What stands below the signatures (cc, enclosure) changes nothing.",
    ),
)  # fmt: skip
