"""Files that are broken, harmful, locked, or no letters."""

from tests.corpus.cases import accepted, returned
from tests.corpus.making import hostile
from tests.corpus.making.letter import Letter
from tests.corpus.making.papers import Made
from tests.corpus.making.pdf import locked_pdf, pdf
from tests.corpus.making.raw_pdf import (
    flooded_jpeg_pdf,
    flooded_pdf,
    many_pages,
    wall_sized_pdf,
    with_attachment,
    with_script,
)
from tests.corpus.making.word import word

_LETTER = Letter()

_HARMLESS = (
    accepted(
        "protected-against-changes.pdf",
        Made(_LETTER, lambda letter: locked_pdf(letter, user="")),
        "Opens without a password; only changing it needs one.",
    ),
    accepted(
        "pdf-called-docx.docx",
        Made(_LETTER, pdf),
        "A PDF under another ending: the officer renames it and reads on.",
    ),
    accepted(
        "docx-called-pdf.pdf",
        Made(_LETTER, word),
        "A Word document under another ending.",
    ),
    accepted(
        "with-javascript.pdf",
        Made(_LETTER, lambda letter: with_script(pdf(letter))),
        "Carries a script as forms do; on paper it is a signed letter.",
    ),
    accepted(
        "with-attachment.pdf",
        Made(_LETTER, lambda letter: with_attachment(pdf(letter), "budget.txt", b"Budget: 0\n")),
        "Carries another file; the letter itself is signed.",
    ),
)
_BROKEN = (
    returned("zero-bytes.pdf", lambda: b"", "There is nothing in the file."),
    returned(
        "cut-off.pdf",
        lambda: pdf(_LETTER)[: len(pdf(_LETTER)) * 6 // 10],
        "The upload broke off; the file does not open.",
    ),
    returned(
        "cut-off.docx",
        lambda: word(_LETTER)[: len(word(_LETTER)) * 6 // 10],
        "The upload broke off; Word cannot open it.",
    ),
    returned(
        "locked.pdf",
        lambda: locked_pdf(_LETTER, user="secret"),
        "Needs a password that nobody here has.",
    ),
)
_NO_LETTERS = (
    returned("web-page.pdf", lambda: hostile.WEB_PAGE, "The sign-in page of a file store."),
    returned("workbook.xlsx", hostile.workbook, "An Excel workbook is no letter."),
    returned("old-word.doc", hostile.old_word, "An old Word format that the call does not take."),
    returned(
        "rich-text.rtf",
        lambda: hostile.rich_text(_LETTER),
        "A format that the call does not take; saving it as PDF is quick.",
    ),
    returned(
        "twenty-one-pages.pdf",
        Letter(text_pages=19),
        "The call takes letters of up to twenty pages.",
    ),
)
_HARMFUL = (
    returned("infected.pdf", hostile.infected_pdf, "A virus was found in it (EICAR)."),
    returned("infected.docx", hostile.infected_word, "A virus was found in a part of it (EICAR)."),
    returned("macros.docx", hostile.word_with_macros, "It carries macros; nobody opens it."),
    returned("bomb.docx", hostile.word_bomb, "It unpacks to 300 MB of blanks."),
    returned("entities.docx", hostile.word_of_entities, "Its text doubles itself thirty times."),
    returned("bomb.zip", hostile.nested_zips, "Archives in archives, and no letter."),
    returned("ten-thousand-pages.pdf", many_pages, "A small file that claims 10,000 pages."),
    returned("pixel-flood.png", hostile.flooded_png, "Claims 900 million dots; no letter."),
    returned("pixel-flood.jpg", hostile.flooded_jpeg, "Claims 3,600 million dots; no letter."),
    returned("pixel-flood.pdf", flooded_pdf, "A page whose picture claims 1,600 million dots."),
    returned(
        "pixel-flood-jpeg.pdf",
        lambda: flooded_jpeg_pdf(hostile.flooded_jpeg(), 60_000),
        "A page with a picture that claims 3,600 million dots and shows grey.",
    ),
    returned("wall-sized.pdf", wall_sized_pdf, "A page as large as a city block, and no letter."),
)

DAMAGED = (*_HARMLESS, *_BROKEN, *_NO_LETTERS, *_HARMFUL)
