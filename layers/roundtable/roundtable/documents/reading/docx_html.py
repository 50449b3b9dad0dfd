"""The rows of a Word document, from the HTML that mammoth makes of it."""

import re
from html.parser import HTMLParser

from roundtable.documents.reading.letter_read import cleaned
from roundtable.domain.reading import PICTURE, Cell, Row

_BLOCKS = {"p", "li", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6"}


def rows_of(html: str) -> list[Row]:
    """Return paragraphs and table rows; in a row, the cells' lines stand beside each other."""
    parser = _Rows()
    parser.feed(html)
    return parser.finish()


class _Rows(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[Row] = []
        self._line: list[str] = []
        self._cells: list[list[str]] | None = None
        self._pictured = False

    def handle_starttag(self, tag: str, attrs: object) -> None:
        del attrs
        if tag == "br":
            self._end_line()
        elif tag == "img":
            self._end_line()
            self._add([PICTURE])
            self._pictured = True
        elif tag == "tr" and self._cells is None:
            self._cells = []
        elif tag in {"td", "th"} and self._cells is not None:
            self._cells.append([])

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self._end_line(keep_empty=tag == "p" and not self._pictured)
            self._pictured = False
        elif tag == "tr" and self._cells is not None:
            cells, self._cells = self._cells, None
            for number in range(max((len(cell) for cell in cells), default=0)):
                self._add([cell[number] if number < len(cell) else "" for cell in cells])
        elif tag == "table":
            self._add([])

    def handle_data(self, data: str) -> None:
        self._line.append(data.replace(PICTURE, " "))

    def finish(self) -> list[Row]:
        """Return the rows, the last line included."""
        self.close()
        self._end_line()
        return self.rows

    def _end_line(self, *, keep_empty: bool = False) -> None:
        text, self._line = "".join(self._line).strip("\r\n "), []
        if self._cells:
            if text.strip() or keep_empty:
                self._cells[-1].append(cleaned(text))
        elif text.strip():
            self._add([cleaned(piece) for piece in re.split(r"\t+|\s{4,}", text)])
        elif keep_empty:
            self._add([])

    def _add(self, texts: list[str]) -> None:
        if self._cells and texts == [PICTURE]:
            self._cells[-1].append(PICTURE)
            return
        cells = (Cell(text=text, x=x) for x, text in enumerate(texts) if text)
        self.rows.append(Row(cells=tuple(cells)))
