"""Letters signed with ink, on paper or on a screen, and those that only look like it."""

from tests.corpus.cases import CEO, accepted, returned
from tests.corpus.making.letter import JANE, LUIS, Letter, Mark, signer
from tests.corpus.making.papers import Photo, Scan
from tests.corpus.making.pdf import picture_pdf
from tests.corpus.making.pictures import blank_page, landscape, saved

_PASTED = (JANE.with_(mark=Mark.PICTURE), LUIS.with_(mark=Mark.PICTURE))
_DRAWN = (JANE.with_(mark=Mark.STROKES), LUIS.with_(mark=Mark.STROKES))
_SIGNED = Letter(signers=_DRAWN)
_TWO_PAGES = Letter(signers=_DRAWN, own_page=True)
_CEO_ONLY = Letter(signers=(JANE.with_(mark=Mark.STROKES),))

BY_HAND = (
    accepted(
        "picture-of-signature.pdf",
        Letter(signers=_PASTED),
        "Both pasted a picture of their signature above their names.",
    ),
    accepted(
        "drawn-with-a-mouse.pdf",
        Letter(signers=_DRAWN, layout="columns"),
        "Both signed on a screen; the strokes stand above their names.",
    ),
    accepted(
        "picture-of-signature.docx",
        Letter(signers=_PASTED),
        "Both pasted a picture of their signature into the Word document.",
    ),
    accepted("scan.pdf", Scan(_SIGNED), "Printed, signed with ink and scanned."),
    accepted(
        "scan-with-hidden-text.pdf",
        Scan(_SIGNED, hidden_text=True),
        "The scanner added the text that it recognized; signed with ink.",
    ),
    accepted(
        "photograph-held-sideways.jpg",
        Photo(_CEO_ONLY, "JPEG", orientation=6),
        "Photographed with a telephone held sideways; shown upright, signed with ink.",
        signed_by=CEO,
    ),
    accepted("scan.png", Photo(_SIGNED, "PNG"), "A scan as PNG, signed with ink."),
    accepted(
        "scan-of-two-pages.tiff",
        Photo(_TWO_PAGES, "TIFF"),
        "A scan of two pages; the signatures are on the second.",
    ),
    accepted(
        "photograph.heic",
        Photo(_SIGNED, "HEIF", orientation=8),
        "An iPhone's photograph of the signed letter.",
    ),
    accepted(
        "ink-and-typed.pdf",
        Letter(signers=(JANE, LUIS.with_(mark=Mark.PICTURE))),
        "The CEO typed, the Board Chair pasted a picture of a signature.",
    ),
    accepted(
        "signature-service-block.pdf",
        Letter(
            signers=(
                signer("8F3A2C1D9B7E4F60", "Jane Okafor, MD", "President and CEO",
                       mark="DocuSigned by: Jane Okafor"),
                signer("51E0B7739C0A4D2F", "Luis Castillo", "Board Chair",
                       mark="DocuSigned by: Luis Castillo"),
            )
        ),
        "The block that a signature service prints, saved without its certificate.",
    ),
    accepted(
        "name-in-a-script-font.pdf",
        Letter(signers=(JANE.with_(mark=Mark.SCRIPT), LUIS.with_(mark=Mark.SCRIPT))),
        "The name in handwriting type above the printed name, as Acrobat's “type your signature” "
        "makes it.",
    ),
    returned(
        "scan-signed-by-the-ceo-alone.pdf",
        Scan(_CEO_ONLY),
        "A scan on which only the CEO stands and signed.",
    ),
    returned(
        "scan-with-an-empty-line.pdf",
        Scan(Letter(signers=(_DRAWN[0], LUIS.with_(mark=Mark.RULE)))),
        "A scan on which the Board Chair's line is empty.",
    ),
    accepted(
        "scan-laid-in-sideways.pdf",
        Scan(_SIGNED, sideways=True),
        "Paper laid into the scanner sideways: the officer turns it and reads on.",
    ),
    returned(
        "scan-of-an-empty-page.pdf",
        lambda: picture_pdf([saved([blank_page()], "JPEG")]),
        "The paper was laid in with its back up: there is nothing on the page.",
    ),
    returned(
        "empty-photograph.png",
        lambda: saved([blank_page()], "PNG"),
        "A picture of an empty page.",
    ),
    returned(
        "holiday-photograph.jpg",
        lambda: saved([landscape()], "JPEG"),
        "A photograph of hills; the wrong picture was chosen.",
    ),
)  # fmt: skip
