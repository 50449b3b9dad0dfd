import pytest

from roundtable.documents.reading.pdf import read_pdf
from tests.corpus.making.raw_pdf import assembled, stream

LONG = b"A" * 60


def fonts_of(drawing: bytes, font: bytes, *objects: bytes) -> list[str]:
    content = assembled(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] /MediaBox [0 0 612 792] >>",
        b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << /F1 5 0 R "
        b"/F2 << /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >> >> >> >>",
        stream(drawing),
        font,
        *objects,
    )
    rows = read_pdf(content, max_pages=1).reading.rows
    return [cell.font for row in rows for cell in row.cells]


def named(name: bytes) -> bytes:
    return b"<< /Type /Font /Subtype /Type1 /BaseFont /%s >>" % name


@pytest.mark.parametrize(
    ("name", "font"),
    [
        (b"Helvetica", "Helvetica"),
        (b"Helvetica-Bold", "Helvetica"),
        (b"Helvetica-Oblique", "Helvetica italic"),
        (b"ABCDEF+Calibri", "Calibri"),
        (b"ABCDEF+Calibri-BoldItalic", "Calibri italic"),
        (b"TimesNewRomanPSMT", "Times"),
        (b"TimesNewRomanPS-BoldItalicMT", "Times italic"),
        (b"ABCDEF+GaramondPS-BoldItalicMT", "Garamond italic"),
        (b"Lucida-Handwriting", "Lucida-Handwriting"),
        (b"BrushScriptMT", "BrushScript"),
        (LONG, "A" * 33),
    ],
)
def test_font_at_is_the_family_and_whether_it_leans(name: bytes, font: str) -> None:
    assert fonts_of(b"BT /F1 12 Tf 72 700 Td (Jane Doe) Tj ET", named(name)) == [font]


def test_font_at_of_text_that_is_drawn_leaning() -> None:
    leaning = b"BT /F1 12 Tf 1 0 0.3 1 72 700 Tm (Jane Doe) Tj ET"
    assert fonts_of(leaning, named(b"Calibri")) == ["Calibri italic"]


def test_font_at_of_a_turned_text_does_not_lean() -> None:
    turned = b"BT /F1 12 Tf 0 1 -1 0 72 300 Tm (Jane Doe) Tj ET"
    assert set(fonts_of(turned, named(b"Calibri"))) <= {"Calibri", ""}


def test_font_of_a_cell_in_two_fonts_is_not_one() -> None:
    both = b"BT /F1 12 Tf 72 700 Td (Sincerely, ) Tj /F2 12 Tf (Jane Doe) Tj ET"
    assert fonts_of(both, named(b"Calibri")) == [""]


def test_font_at_of_a_font_without_a_name_is_not_known() -> None:
    drawn = (
        b"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 750 750] /FontMatrix [0.001 0 0 0.001 0 0] "
        b"/CharProcs << /square 6 0 R >> /Encoding << /Type /Encoding /Differences [97 /square] >> "
        b"/FirstChar 97 /LastChar 97 /Widths [1000] /Resources << >> >>"
    )
    glyph = stream(b"1000 0 0 0 750 750 d1 0 0 750 750 re f")
    seen = b"BT /F2 12 Tf 72 720 Td (Sincerely) Tj ET BT /F1 12 Tf 72 700 Td (aaa) Tj ET"
    assert fonts_of(seen, drawn, glyph) == ["Times", ""]
