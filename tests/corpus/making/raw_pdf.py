"""PDF files written by hand: what no word processor makes."""

import re
from collections.abc import Sequence

_HELVETICA = b"<< /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"


def assembled(*objects: bytes) -> bytes:
    """Return a PDF of these objects, numbered from 1; the first is the catalog."""
    content = b"%PDF-1.7\n"
    places: list[int] = []
    for number, body in enumerate(objects, 1):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(content)
    content += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    content += b"".join(b"%010d 00000 n \n" % place for place in places)
    return content + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        start,
    )


def stream(content: bytes, entries: bytes = b"") -> bytes:
    """Return a stream object."""
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), entries, content)


def with_catalog(content: bytes, entries: bytes, objects: Sequence[bytes] = ()) -> bytes:
    """Return a PDF to whose catalog entries were added later, as an editor saves it.

    `objects` are new ones; in `entries`, `@1` stands for the number of the first, and so on.
    """
    match = re.search(rb"(\d+) 0 obj\s*<<((?:(?!endobj).)*?/Type /Catalog.*?)>>\s*endobj",
                      content, re.DOTALL)  # fmt: skip
    assert match is not None
    size = int(re.findall(rb"/Size (\d+)", content)[-1])
    before = int(re.findall(rb"startxref\s+(\d+)", content)[-1])
    for place in range(len(objects)):
        entries = entries.replace(b"@%d" % (place + 1), b"%d" % (size + place))
    new = {int(match[1]): b"<<%s %s>>" % (match[2], entries)}
    new |= {size + place: body for place, body in enumerate(objects)}
    table = b"xref\n"
    for number, body in sorted(new.items()):
        table += b"%d 1\n%010d 00000 n \n" % (number, len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(content)
    return (
        content
        + table
        + (
            b"trailer\n<< /Size %d /Root %s 0 R /Prev %d >>\nstartxref\n%d\n%%%%EOF\n"
            % (size + len(objects), match[1], before, start)
        )
    )


def with_script(content: bytes) -> bytes:
    """Return a PDF that runs JavaScript when it is opened in a program that runs it."""
    return with_catalog(
        content, b"/OpenAction << /S /JavaScript /JS (app.alert\\('Please enable macros'\\)) >>"
    )


def with_attachment(content: bytes, name: str, attached: bytes) -> bytes:
    """Return a PDF that carries another file."""
    file_name = name.encode()
    return with_catalog(
        content,
        b"/Names << /EmbeddedFiles << /Names [(%s) @2 0 R] >> >>" % file_name,
        (
            stream(attached, b"/Type /EmbeddedFile"),
            b"<< /Type /Filespec /F (%s) /EF << /F %d 0 R >> >>"
            % (file_name, int(re.findall(rb"/Size (\d+)", content)[-1])),
        ),
    )


def many_pages(levels: int = 4) -> bytes:
    """Return a file of 2 kB whose tree of pages says the same ten things ten times: 10,000."""
    kids = b"<< /Type /Pages /Count %d /Kids [%s] >>"
    trees = [
        kids % (10 ** (levels - level), b" ".join([b"%d 0 R" % (level + 3)] * 10))
        for level in range(levels)
    ]
    leaf = levels + 2
    return assembled(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        *trees,
        b"<< /Type /Page /Parent %d 0 R /MediaBox [0 0 612 792] /Contents %d 0 R "
        b"/Resources %s >>" % (leaf - 1, leaf + 1, _HELVETICA),
        stream(b"BT /F1 11 Tf 72 700 Td (We commit.) Tj ET"),
    )


def flooded_pdf(width: int = 40_000, height: int = 40_000) -> bytes:
    """Return a page whose picture claims so many dots, packed run by run into few bytes."""
    return _with_picture(b"\x81\xff" * 40_000 + b"\x80", width, height, b"RunLengthDecode")


def flooded_jpeg_pdf(jpeg: bytes, side: int) -> bytes:
    """Return a page with a JPEG picture that claims so many dots a side."""
    return _with_picture(jpeg, side, side, b"DCTDecode")


def _with_picture(content: bytes, width: int, height: int, packed: bytes) -> bytes:
    return assembled(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
        b"/Resources << /XObject << /Im 5 0 R >> >> >>",
        stream(b"q 612 0 0 792 0 0 cm /Im Do Q"),
        stream(
            content,
            b"/Type /XObject /Subtype /Image /Width %d /Height %d /BitsPerComponent 8 "
            b"/ColorSpace /DeviceRGB /Filter /%s" % (width, height, packed),
        ),
    )


def wall_sized_pdf(side: int = 2_000_000) -> bytes:
    """Return a page that says it is as large as a city block, with one line of text."""
    return assembled(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Contents 4 0 R /Resources %s >>"
        % (side, side, _HELVETICA),
        stream(b"BT /F1 11 Tf 72 700 Td (We commit.) Tj ET"),
    )
