"""Spreadsheets hold what the list holds, and nothing that a spreadsheet program would run."""

import csv
import zipfile
from datetime import datetime, timedelta
from decimal import Decimal
from io import BytesIO, StringIO
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roundtable.domain.application import Flag
from roundtable.domain.stages import Stage
from roundtable.usecases.staff.overview import ApplicationRow, row
from roundtable.web.pages.staff.spreadsheets import as_csv, as_xlsx, safe_cell
from tests.factories import NOW, make_application, make_form, make_program

PROGRAM = make_program()
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
NAMES = st.text(
    st.characters(exclude_categories=("Cs",), exclude_characters="\0"), min_size=1, max_size=40
)


def make_row(name: str = "Mercy", **more: object) -> ApplicationRow:
    made = row(make_application(Stage.REVIEW, form=make_form(organization={"name": "Mercy"})))
    return made.with_(organization=name, **more)


def read_csv(content: bytes) -> list[list[str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(StringIO(content.decode("utf-8-sig"), newline="")))


def read_xlsx(content: bytes) -> tuple[list[dict[str, str]], ElementTree.Element]:
    """Return the cells of each row by their place, and the sheet."""
    with zipfile.ZipFile(BytesIO(content)) as book:
        sheet = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))  # noqa: S314 (our own)
    rows = [
        {
            (cell.get("r") or "").rstrip("0123456789"): "".join(cell.itertext())
            for cell in line.iter(f"{SHEET}c")
        }
        for line in sheet.iter(f"{SHEET}row")
    ]
    return rows, sheet


def test_csv_holds_the_list() -> None:
    flag = Flag(kind="team_size", detail="Eight", raised_at=NOW)
    told = row(make_application(Stage.REVIEW, flags=(flag,), score=Decimal("71.5")))
    headings, cells = read_csv(as_csv(PROGRAM, [told]))
    assert dict(zip(headings, cells, strict=True)) == {
        "Reference": "FW-TEST-0001",
        "Organization": "St. Mary's Hospital",
        "Track": "Residency",
        "Stage": "In review",
        "Received (America/New York)": "2022-10-02 10:00",
        "Next (America/New York)": "",
        "What is next": "",
        "Decision": "",
        "Closed as": "",
        "Score": "71.5",
        "To know": "Size of the team",
        "Why it is stuck": "",
    }


def test_csv_is_in_the_programs_zone() -> None:
    told = make_row(received_at=NOW + timedelta(hours=14), due_at=NOW, due_action="relook")
    (_, cells) = read_csv(as_csv(PROGRAM, [told]))
    assert cells[4:7] == ["2022-10-04 00:00", "2022-10-03 10:00", "Routine look"]


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_cell_that_begins_like_a_formula_is_a_text(sign: str) -> None:
    assert safe_cell(f"{sign}1+1") == f"'{sign}1+1"
    assert safe_cell(f"1{sign}1") == f"1{sign}1"


@given(name=NAMES)
@settings(deadline=None)
def test_csv_reads_back_and_no_cell_begins_a_formula(name: str) -> None:
    (_, cells) = read_csv(as_csv(PROGRAM, [make_row(name)]))
    written = cells[1]
    assert not written.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    assert written in {name, f"'{name}"}
    assert len(cells) == 12


@given(name=NAMES)
@settings(max_examples=40, deadline=None)
def test_workbook_reads_back_and_has_no_formula(name: str) -> None:
    rows, sheet = read_xlsx(as_xlsx(PROGRAM, [make_row(name)]))
    assert list(sheet.iter(f"{SHEET}f")) == []
    assert list(sheet.iter(f"{SHEET}hyperlink")) == []
    assert rows[1]["A"] == "FW-TEST-0001"
    if name.isprintable():
        assert rows[1]["B"] == name


@pytest.mark.parametrize(
    "name",
    [
        "=cmd|' /C calc'!A0",
        "{=1+1}",
        "<r><t>hidden</t></r>",
        "https://evil.example/",
        "0123",
        "_x0041_",
    ],
)
def test_workbook_takes_every_text_for_a_text(name: str) -> None:
    rows, sheet = read_xlsx(as_xlsx(PROGRAM, [make_row(name)]))
    (cell,) = [cell for cell in sheet.iter(f"{SHEET}c") if cell.get("r") == "B2"]
    assert cell.get("t") == "inlineStr"
    assert [part.tag for part in cell] == [f"{SHEET}is"]
    assert rows[1]["B"].strip() in {name, "_x005F_x0041_"}
    assert "hidden" not in name or rows[1]["B"].startswith(" <r>")


def test_workbook_has_numbers_and_moments_as_such() -> None:
    told = make_row(score=Decimal("71.5"), received_at=NOW)
    rows, _ = read_xlsx(as_xlsx(PROGRAM, [told]))
    days = (datetime(2022, 10, 3, 10, 0) - datetime(1899, 12, 30)) / timedelta(days=1)  # noqa: DTZ001 (as Excel counts)
    assert float(rows[1]["E"]) == pytest.approx(days)
    assert float(rows[1]["J"]) == 71.5


def test_workbook_of_five_thousand_rows_is_small() -> None:
    rows = [make_row(f"Hospital {number}") for number in range(50)]
    content = as_xlsx(PROGRAM, rows * 100)
    assert len(content) < 1_000_000
