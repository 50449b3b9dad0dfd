"""The pages of this machine: mail and time."""

import base64
import gzip
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from local.clock import ZONE
from local.desk.desk import Desk, code_in, told
from local.desk.serving import answering
from local.mailbox import read_mail
from roundtable.web.pages.csrf import FIELD
from roundtable.web.pages.guards import token_for_forms
from tests.functions.member_pages import page_event
from tests.unit.web.pages.markup import Markup, parsed

HERE = "http://desk.localhost:4567"
HOSTILE = "<script>alert(1)</script> {{7*7}}"


@dataclass
class SetTime:
    """A time that stands where it is put."""

    at: datetime = datetime(2022, 9, 19, 13, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self.at

    def set(self, at: datetime, *, running: bool) -> None:
        assert running
        self.at = at


@dataclass
class Visit:
    """Somebody at the desk of a folder of mail."""

    folder: Path
    time: SetTime = field(default_factory=SetTime)
    ran: list[datetime] = field(default_factory=list[datetime])
    desk: Desk = field(init=False)

    def __post_init__(self) -> None:
        self.desk = Desk(self.folder, self.time, self.run, HERE)

    def run(self) -> Mapping[str, Any]:
        self.ran.append(self.time.at)
        return {"acted": {"remind": 2, "close": 0}, "failed": [], "more": False, "revived": 0}

    def get(self, address: str, host: str = "desk.localhost:4567") -> "Shown":
        path, _, query = address.partition("?")
        return self.send(page_event("GET", path, query=query, host=host))

    def post(self, path: str, token: str = "", **form: str) -> "Shown":
        form[FIELD] = token or token_for_forms(self.desk.secret)
        origin = {"origin": HERE, "sec_fetch_site": "same-origin"}
        host = {"host": "desk.localhost:4567"}
        return self.send(page_event("POST", path, form=form, **origin, **host))

    def send(self, event: dict[str, Any]) -> "Shown":
        answer = answering(self.desk)(event)
        body = answer["body"] or ""
        content = base64.b64decode(body) if answer["isBase64Encoded"] else body.encode()
        if answer["headers"].get("Content-Encoding") == "gzip":
            content = gzip.decompress(content)
        return Shown(answer["statusCode"], answer["headers"], content)


@dataclass(frozen=True)
class Shown:
    """What was answered."""

    status: int
    headers: dict[str, str]
    content: bytes

    @property
    def page(self) -> Markup:
        return parsed(self.content.decode())


def mail(number: int, to: str, subject: str, text: str, html: str = "<p>html</p>") -> bytes:
    message = EmailMessage()
    message["From"] = "programs@roundtable.example"
    message["To"] = to
    message["Subject"] = subject
    message.set_content(text)
    message.add_alternative(html, subtype="html")
    message.add_attachment(b"BEGIN", maintype="text", subtype="calendar", filename="día <1>.ics")
    head = (
        f"X-SES-Message-ID: {number}@email.example\r\nX-SES-Recipients: {to}\r\n"
        f"X-SES-Received: 2022-10-03T14:0{number}:00+00:00\r\n"
    )
    return head.encode() + message.as_bytes()


@pytest.fixture
def visit(tmp_path: Path) -> Visit:
    """A desk with two mails."""
    code = "Hello,\n\nhere is your code:\n\n12345678\n\nNot 123456789 or 87654321x."
    (tmp_path / "1.eml").write_bytes(mail(1, "ana@example.org", "Your code", code))
    hostile = mail(2, "ben@example.org", HOSTILE, HOSTILE, f"<b>{HOSTILE}</b>")
    (tmp_path / "2.eml").write_bytes(hostile)
    return Visit(tmp_path)


def rows(shown: Shown) -> list[list[str]]:
    cells = [e.text.strip() for e in shown.page.all("td")]
    return [cells[at + 1 : at + 5] for at in range(0, len(cells), 5)]


def test_mail_is_listed_newest_first_with_its_code(visit: Visit) -> None:
    assert rows(visit.get("/")) == [
        ["ben@example.org", HOSTILE, "", "1"],
        ["ana@example.org", "Your code", "12345678", "1"],
    ]
    assert rows(visit.get("/?to=ANA@")) == [["ana@example.org", "Your code", "12345678", "1"]]
    assert rows(visit.get("/?to=nobody")) == []


def test_mail_is_shown_with_its_code_large_and_nothing_of_it_runs(visit: Visit) -> None:
    shown = visit.get("/mails/1%40email.example")
    assert shown.status == 200
    assert [e.text for e in shown.page.all("span") if "desk-code" in str(e.attributes)] == [
        "12345678"
    ]
    hostile = visit.get("/mails/2@email.example")
    assert all(e.attributes.get("src") for e in hostile.page.all("script"))
    (frame,) = hostile.page.all("iframe")
    assert frame.attributes["sandbox"] in {"", None}
    assert frame.attributes["src"] == "/mails/2%40email.example/html"


def test_html_of_a_mail_is_confined(visit: Visit) -> None:
    shown = visit.get("/mails/2@email.example/html")
    assert HOSTILE in shown.content.decode()
    policy = shown.headers["Content-Security-Policy"]
    assert policy.startswith("sandbox; default-src 'none';")
    assert shown.headers["X-Frame-Options"] == "SAMEORIGIN"


def test_file_is_for_keeping(visit: Visit) -> None:
    shown = visit.get("/mails/1@email.example/files/0")
    assert (shown.content, shown.headers["Content-Type"]) == (b"BEGIN", "application/octet-stream")
    assert shown.headers["Content-Disposition"] == (
        "attachment; filename*=UTF-8''d%C3%ADa%20%3C1%3E.ics"
    )


@pytest.mark.parametrize(
    "path", ["/mails/3@email.example", "/mails/1@email.example/files/1", "/mails/x/html", "/x"]
)
def test_what_is_not_there_is_not_found(visit: Visit, path: str) -> None:
    assert visit.get(path).status == 404


@pytest.mark.parametrize("host", ["evil.example", "desk.localhost", "127.0.0.1:4567", ""])
@pytest.mark.parametrize("path", ["/", "/mails/1@email.example/html", "/time"])
def test_pages_answer_to_their_own_name_alone(visit: Visit, path: str, host: str) -> None:
    assert visit.get(path, host=host).status == 403


def test_time_is_set_and_what_is_due_is_done(visit: Visit) -> None:
    assert visit.post("/time", at="2022-10-21 23:50").status == 303
    at = datetime(2022, 10, 21, 23, 50, tzinfo=ZONE)
    assert (visit.time.at, visit.ran) == (at, [at])
    shown = visit.get("/time").content.decode()
    assert "Friday, October 21, 2022, 11:50 PM EDT" in shown
    assert "The clock ran. Remind: 2." in shown
    assert "The clock ran" not in visit.get("/time").content.decode()


@pytest.mark.parametrize(("by", "hours"), [("hour", 1), ("day", 24), ("week", 168), ("x", 0)])
def test_time_moves_on(visit: Visit, by: str, hours: int) -> None:
    before = visit.time.at
    visit.post("/time/on", by=by)
    assert visit.time.at - before == timedelta(hours=hours)
    assert visit.ran == ([visit.time.at] if hours else [])


def test_clock_runs_without_moving(visit: Visit) -> None:
    before = visit.time.at
    visit.post("/time/due")
    assert (visit.time.at, visit.ran) == (before, [before])


def test_time_that_is_none_is_shown_again(visit: Visit) -> None:
    shown = visit.post("/time", at=HOSTILE)
    assert (shown.status, visit.ran) == (422, [])
    (field,) = [e for e in shown.page.all("input") if e.attributes.get("name") == "at"]
    assert field.attributes["value"] == HOSTILE


@pytest.mark.parametrize("path", ["/time", "/time/on", "/time/due"])
def test_time_is_moved_from_here_alone(visit: Visit, path: str) -> None:
    other = token_for_forms("another secret")
    assert visit.post(path, token=other, at="2022-10-21", by="day").status == 409
    event = page_event("POST", path, form={"at": "2022-10-21"}, host="desk.localhost:4567")
    assert visit.send(event).status == 403
    event["headers"] |= {"origin": "https://evil.example", "sec-fetch-site": "cross-site"}
    assert visit.send(event).status == 403
    assert visit.ran == []


def test_code_stands_on_a_line_of_its_own() -> None:
    for text, code in (("1234567\n", ""), ("a 12345678\n", ""), ("a\n 12345678 \nb", "12345678")):
        assert code_in(read_mail(mail(1, "a@b.example", "s", text))) == code


@pytest.mark.parametrize(
    ("done", "words"),
    [
        ({}, "The clock ran. Nothing was due."),
        ({"acted": {"close": 0}}, "The clock ran. Nothing was due."),
        (
            {"acted": {"open_reserve": 1}, "failed": ["a"], "more": True, "revived": 3},
            "The clock ran. Open reserve: 1; executions started again: 3; failed: 1 (see the "
            "log); more is left to do.",
        ),
    ],
)
def test_what_the_clock_did_is_told_in_words(done: dict[str, Any], words: str) -> None:
    assert told(done) == words
