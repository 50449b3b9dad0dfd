"""The outbox and one notice of it, as the site shows them and lets them be changed."""

from typing import Any

import pytest

from roundtable.domain.notices import NoticeStatus
from tests.factories import APPLICATION, make_notice
from tests.fakes import FakePorts
from tests.functions.staff_forms import ROBIN, at_desk, do, links, stand, words_of
from tests.functions.staff_world import PAGE, PROGRAM_PAGES, make_desk, reference
from tests.unit.web.pages.markup import parsed


def with_notice(**notice: Any) -> FakePorts:
    ports = make_desk()
    ports.applications.given(ports.applications.get(APPLICATION), notices=[make_notice(**notice)])
    return ports


def test_outbox_has_a_list_for_each_status(monkeypatch: pytest.MonkeyPatch) -> None:
    ports = with_notice(status="undelivered", problem="No such mailbox", attempts=1)
    staff = at_desk(monkeypatch, ports)
    shown = staff.get(f"{PROGRAM_PAGES}/notices")
    said = words_of(shown)
    assert "Held 0 About to leave 0 Leaving now 0 Not delivered 1" in said
    assert "No such mailbox" in said
    assert f'href="{PAGE}/notices/receipt/1"' in shown.body
    for status in ("held", "queued", "sending"):
        shown = staff.get(f"{PROGRAM_PAGES}/notices?status={status}")
        assert "Nothing waits here." in words_of(shown)
    assert staff.get("/staff/programs/other/notices").status == 404
    assert staff.get(f"{PROGRAM_PAGES}/notices?cursor=made-up").status == 422


def test_outbox_goes_on_a_page_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    ports = make_desk()
    many = [make_notice(number=f"{number:03}", status="queued") for number in range(120)]
    ports.applications.given(ports.applications.get(APPLICATION), notices=many)
    staff = at_desk(monkeypatch, ports)
    path, seen = f"{PROGRAM_PAGES}/notices?status=queued", 0
    for _ in range(3):
        shown = parsed(staff.get(path).body)
        seen += len(links(shown, f"{PAGE}/notices/"))
        following = [e for e in shown.all("a") if e.attributes.get("rel") == "next"]
        path = str(following[0].attributes["href"]) if following else ""
    assert (seen, path) == (120, "")


def test_notice_is_read_held_made_anew_and_released(monkeypatch: pytest.MonkeyPatch) -> None:
    ports = with_notice(status="queued")
    staff = at_desk(monkeypatch, ports)
    path = f"{PAGE}/notices/receipt/1"
    shown = staff.get(path)
    assert reference() in words_of(shown)
    assert links(parsed(shown.body), f"{path}/") == ["Hold this notice", "Make it anew"]
    held = do(staff, "hold", path, reason="A word is wrong")
    assert (held.status, held.location) == (303, f"{path}?done=hold")
    notice = ports.applications.notice(APPLICATION, "receipt#1")
    assert (notice.status, notice.held_by) == (NoticeStatus.HELD, str(ROBIN))
    assert "Held by staff" in words_of(staff.get(path))
    assert do(staff, "regenerate", path, reason="Mended").status == 303
    assert do(staff, "release", path, reason="Mended").status == 303
    notice = ports.applications.notice(APPLICATION, "receipt#1")
    assert (notice.status, notice.template) == (NoticeStatus.QUEUED, 2)
    ports.applications.given(
        ports.applications.get(APPLICATION), notices=[notice.with_(status="sent")]
    )
    late = staff.post(f"{path}/hold", {"/reason": "Stop"})
    assert late.status == 409
    assert "does not wait any more" in words_of(late)


def test_notice_is_sent_once_more_to_a_corrected_address(monkeypatch: pytest.MonkeyPatch) -> None:
    ports = with_notice(status="undelivered", problem="No such mailbox")
    staff = at_desk(monkeypatch, ports)
    path = f"{PAGE}/notices/receipt/1"
    wrong = do(staff, "send-again", path, address="nobody", reason="A slip")
    assert wrong.status == 422
    assert "Enter an e-mail address, such as name@example.org." in words_of(wrong)
    form = {**stand(staff.get(f"{path}/send-again")), "/reason": "A slip"}
    form["/address"] = "ada@new.example"
    done = staff.post(f"{path}/send-again", form)
    assert done.location == f"{PAGE}/notices/receipt/1:again1?done=send-again"
    assert "A copy of the notice is about to leave." in words_of(staff.get(done.location))
    contact = ports.applications.get(APPLICATION).form.contact
    assert contact is not None
    assert contact.email == "ada@new.example"
    assert staff.post(f"{path}/send-again", form).status == 412
    assert staff.post(f"{path}/send-again", {**form, "version": "9" * 5_000}).status == 412
    copies = [n.key for n in ports.applications.notices(APPLICATION) if ":again" in n.number]
    assert copies == ["receipt#1:again1"]
    trail = " ".join(e.model_dump_json() for e in ports.applications.events(APPLICATION))
    assert "new.example" not in trail


def test_unknown_notice_is_not_found(monkeypatch: pytest.MonkeyPatch) -> None:
    staff = at_desk(monkeypatch, make_desk())
    for path in ("receipt/2", "other/1", "receipt/1/erase"):
        assert staff.get(f"{PAGE}/notices/{path}").status == 404
