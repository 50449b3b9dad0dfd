"""The plainest letter, for tests that are about its way and not about what it says."""

from tests.corpus.making.raw_pdf import assembled, stream

SENTENCE = "We commit to taking part."


def plain_letter(pages: int = 1) -> bytes:
    """Return a PDF of one sentence on each page; the same bytes each time."""
    page = (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 3 0 R /Resources "
        b"<< /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>"
    )
    kids = b" ".join(b"%d 0 R" % (4 + number) for number in range(pages))
    return assembled(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count %d /Kids [%s] >>" % (pages, kids),
        stream(b"BT /F1 11 Tf 72 700 Td (%s) Tj ET" % SENTENCE.encode()),
        *[page] * pages,
    )
