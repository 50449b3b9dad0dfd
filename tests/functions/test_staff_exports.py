"""Lists as files of the staff's site."""

import base64
import csv
import logging
import zipfile
from io import BytesIO, StringIO
from typing import Any, cast

import pytest
from aws_lambda_powertools.utilities.typing import LambdaContext

from local.openapi import load_site
from roundtable.domain.stages import Stage
from roundtable.runtime import composition
from roundtable.usecases.staff import exporting
from roundtable.web.pages.cookies import MEMBER
from tests.factories import PROGRAM, make_application, make_form, make_id
from tests.fakes import FakePorts
from tests.functions.full_round import make_full_round
from tests.functions.member_pages import page_event, signed_in_member
from tests.functions.members import Context

EXPORTS = f"/staff/programs/{PROGRAM}/exports"
GATEWAYS_MOST = 6 * 1024 * 1024


@pytest.fixture
def ports() -> FakePorts:
    return make_full_round()


def take(
    monkeypatch: pytest.MonkeyPatch, ports: FakePorts, name: str, query: str = ""
) -> dict[str, Any]:
    """Take a file as a member of staff; return the answer."""
    monkeypatch.setattr(composition, "ports", lambda: ports)
    event = page_event("GET", f"{EXPORTS}/{name}", query=query)
    event["headers"]["cookie"] = f"{MEMBER}={signed_in_member(ports, 'staff')}"
    return load_site("staff_site").handler(event, cast("LambdaContext", Context()))


def lines(answer: dict[str, Any]) -> list[list[str]]:
    assert answer["isBase64Encoded"]
    text = base64.b64decode(answer["body"]).decode("utf-8-sig")
    return list(csv.reader(StringIO(text, newline="")))


def test_csv_is_a_file_of_all_that_is_wanted(
    monkeypatch: pytest.MonkeyPatch, ports: FakePorts
) -> None:
    answer = take(monkeypatch, ports, "applications.csv", "stage=waitlist&track=residency")
    assert answer["statusCode"] == 200
    assert answer["headers"]["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["headers"]["Content-Disposition"] == (
        'attachment; filename="fellowship-applications-2022-10-03.csv"'
    )
    assert answer["headers"]["Cache-Control"] == "no-store"
    assert answer["headers"]["X-Content-Type-Options"] == "nosniff"
    _, *rows = lines(answer)
    assert [row[2:4] for row in rows] == [["Residency", "On the waitlist"]] * 4
    assert len(lines(take(monkeypatch, ports, "applications.csv"))) == 58


def test_workbook_is_a_workbook(monkeypatch: pytest.MonkeyPatch, ports: FakePorts) -> None:
    answer = take(monkeypatch, ports, "applications.xlsx")
    assert answer["headers"]["Content-Disposition"] == (
        'attachment; filename="fellowship-applications-2022-10-03.xlsx"'
    )
    with zipfile.ZipFile(BytesIO(base64.b64decode(answer["body"]))) as book:
        assert "xl/worksheets/sheet1.xml" in book.namelist()


@pytest.mark.scenario(32)
def test_files_name_nobody(monkeypatch: pytest.MonkeyPatch, ports: FakePorts) -> None:
    form = make_form(answers={"pronouns": "they-canary"})
    ports.applications.given(make_application(Stage.REVIEW, number=90, form=form))
    text = str(lines(take(monkeypatch, ports, "applications.csv")))
    assert not [word for word in ("they-canary", "Ada", "Brook", "@") if word in text]


def test_formula_in_a_name_is_a_text(monkeypatch: pytest.MonkeyPatch, ports: FakePorts) -> None:
    form = make_form(organization={"name": '=HYPERLINK("https://evil.example","Open")'})
    ports.applications.given(make_application(Stage.REVIEW, number=90, form=form))
    rows = lines(take(monkeypatch, ports, "applications.csv", "stage=review"))
    assert [row[1] for row in rows if "HYPERLINK" in row[1]] == [
        '\'=HYPERLINK("https://evil.example","Open")'
    ]


def test_file_that_does_not_hold_all_says_so(
    monkeypatch: pytest.MonkeyPatch, ports: FakePorts
) -> None:
    monkeypatch.setattr(exporting, "MOST_ROWS", 20)
    answer = take(monkeypatch, ports, "applications.csv")
    assert "fellowship-applications-2022-10-03-first-20.csv" in str(answer["headers"])
    assert len(lines(answer)) == 21


def test_largest_files_pass_the_gateway(monkeypatch: pytest.MonkeyPatch, ports: FakePorts) -> None:
    form = make_form(organization={"name": "\N{HOSPITAL}" * 200})
    largest = make_application(Stage.REVIEW, number=99, form=form)
    for number in range(100, 4_400):
        ports.applications.given(largest.model_copy(update={"id": make_id(number)}))
    for name in ("applications.csv", "applications.xlsx"):
        answer = take(monkeypatch, ports, name)
        assert "-first-" in answer["headers"]["Content-Disposition"]
        assert len(answer["body"]) < GATEWAYS_MOST


def test_who_took_a_list_stands_in_the_log(
    monkeypatch: pytest.MonkeyPatch, ports: FakePorts, caplog: pytest.LogCaptureFixture
) -> None:
    logger = logging.getLogger("roundtable")
    logger.addHandler(caplog.handler)
    try:
        take(monkeypatch, ports, "applications.csv", "stage=draft")
    finally:
        logger.removeHandler(caplog.handler)
    told = next(vars(line) for line in caplog.records if line.getMessage() == "list exported")
    assert (told["program"], told["by"], told["rows"]) == (PROGRAM, "staff:robin", 14)
