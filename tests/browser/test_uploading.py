"""Uploads of applicants, in real Chromium: with a script and without one."""

import hashlib
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from roundtable.domain.documents import Document, ScanStatus
from roundtable.domain.program import LetterRequirement, Role, VideoRequirement
from roundtable.domain.stages import Stage
from roundtable.ports import Session
from tests.browser.accessibility import BOTH, DESK, NIGHT, PHONE, axe
from tests.browser.bucket import Bucket, serving_bucket
from tests.browser.keyboard import keyboard_walk
from tests.browser.pictures import screenshot
from tests.browser.program_site import EQUITY, OPEN, PROGRAMS, program_site
from tests.browser.watching import Watch
from tests.factories import (
    APPLICATION,
    make_application,
    make_document,
    make_letter_evidence,
    make_video_evidence,
    role_found,
)
from tests.fakes import FakePorts

pytestmark = pytest.mark.browser

ADA, TOKEN = "ada@stmary.example", "token-of-ada"
TRACK = next(it for it in PROGRAMS if it.key == EQUITY).tracks[0]
LETTER = next(it.key for it in TRACK.requirements if isinstance(it, LetterRequirement))
VIDEO = next(it.key for it in TRACK.requirements if isinstance(it, VideoRequirement))
HOME = f"/programs/{EQUITY}/applications/FW-TEST-0001/documents"
LOOKS = (DESK, NIGHT, PHONE)


@pytest.fixture(scope="module")
def served(loopback: None) -> Iterator[tuple[str, FakePorts, Bucket]]:
    with program_site() as (origin, ports), serving_bucket(ports) as bucket:
        yield origin, ports, bucket


@pytest.fixture
def ports(served: tuple[str, FakePorts, Bucket]) -> FakePorts:
    """Empty what the former test left, and sign Ada in."""
    _, ports, _ = served
    ports.applications.__init__()
    ports.applications.rounds = ports.rounds
    ports.documents.__init__()
    ports.documents.served_at = served[2].origin
    ports.malware_scanner.__init__()
    ports.checkers.__init__()
    ports.clock.set(OPEN)
    ports.sign_ins.keep_session(
        hashlib.sha256(TOKEN.encode()).hexdigest(),
        Session(program=EQUITY, email=ADA, expires_at=OPEN + timedelta(days=400)),
    )
    given(ports)
    return ports


@pytest.fixture
def bucket(served: tuple[str, FakePorts, Bucket], ports: FakePorts) -> Bucket:
    bucket = served[2]
    bucket.breaks = bucket.refuses = 0
    bucket.hears = True
    bucket.stored = []
    bucket.go_on.set()
    return bucket


@pytest.fixture
def site(served: tuple[str, FakePorts, Bucket], ports: FakePorts, context: BrowserContext) -> str:
    sign_in(context, served[0])
    return served[0] + HOME


def sign_in(context: BrowserContext, origin: str) -> None:
    # The protocol sets cookies with `Secure` for https alone; Chromium sends them here, too.
    address = origin.replace("http://", "https://") + "/"
    cookie = {"name": "__Host-session", "value": TOKEN, "url": address}
    context.add_cookies([cookie])  # pyright: ignore[reportArgumentType] (a plain dict)


def given(ports: FakePorts, *documents: Document, stage: Stage = Stage.DRAFT) -> None:
    """Store Ada's application as it is."""
    application = make_application(stage, program=EQUITY, track=TRACK.key)
    form = application.form.with_(tracks=(TRACK.key,))
    ports.applications.given(application.with_(form=form), documents=documents)


def letter(**changes: Any) -> Document:
    found = {"requirement": LETTER, "status": "checked", "evidence": make_letter_evidence()}
    return make_document(**(found | changes))


def look_into(ports: FakePorts, **found: Any) -> None:
    """Let the check of everything that is there end."""
    documents = [
        it.with_(status="checked", evidence=make_letter_evidence(**found)) if it.counts else it
        for it in ports.applications.documents(APPLICATION)
    ]
    ports.applications.given(ports.applications.get(APPLICATION), documents=documents)


def pdf(**changes: Any) -> Any:
    """Return a file to choose."""
    file = {"name": "Letter of commitment.pdf", "mimeType": "application/pdf"}
    return {**file, "buffer": b"%PDF-1.7 x", **changes}


def sizes(ports: FakePorts) -> list[int]:
    return [it.size for it in ports.applications.documents(APPLICATION) if it.counts]


# --- with a script -----------------------------------------------------------------------------


def test_file_is_uploaded_and_looked_into(
    page: Page, site: str, ports: FakePorts, bucket: Bucket
) -> None:
    page.goto(f"{site}/{LETTER}")
    expect(page.get_by_role("button", name="Go on to choose a file")).to_be_hidden()
    screenshot(page, "letter-to-upload", LOOKS)
    axe(page)
    page.get_by_label("Choose files, or drop them here").set_input_files(pdf())
    said = page.get_by_text("Your letter is here. We are reading it.")
    expect(said.first).to_be_visible()
    assert sizes(ports) == [10]
    screenshot(page, "letter-being-read", LOOKS)
    axe(page, BOTH)
    look_into(ports)
    done = page.get_by_role("alert", name="Done")
    expect(done).to_contain_text("“Letter of commitment.pdf” is here.")
    expect(page.get_by_text("Complete", exact=True)).to_be_visible()
    screenshot(page, "letter-complete", LOOKS)
    axe(page, BOTH)


def test_progress_is_shown_and_can_be_cancelled(
    page: Page, site: str, ports: FakePorts, bucket: Bucket
) -> None:
    bucket.go_on.clear()
    page.goto(f"{site}/{LETTER}")
    page.get_by_label("Choose files").set_input_files(pdf(buffer=b"x" * 3_000_000))
    bar = page.get_by_role("progressbar", name="Uploading Letter of commitment.pdf")
    expect(bar).to_have_js_property("value", 100)
    expect(page.get_by_text("100 percent of 3.0 MB sent").first).to_be_visible()
    screenshot(page, "letter-uploading", LOOKS)
    axe(page, BOTH)
    page.get_by_role("button", name="Cancel").click()
    expect(bar).to_have_count(0)
    expect(page.get_by_label("Choose files")).to_be_focused()
    expect(page.get_by_text("The upload was cancelled.")).to_have_count(1)
    bucket.go_on.set()


def test_broken_connection_loses_nothing(
    page: Page, site: str, ports: FakePorts, bucket: Bucket, watch: Watch
) -> None:
    watch.expected.append("Failed to load resource")
    bucket.breaks = 1
    page.goto(f"{site}/{LETTER}")
    page.get_by_label("Choose files").set_input_files(pdf(buffer=b"x" * 2_000_000))
    again = page.get_by_role("button", name="Try again")
    expect(again).to_be_focused()
    expect(
        page.get_by_text("The connection broke. Nothing is lost: try again.").first
    ).to_be_visible()
    screenshot(page, "letter-broken-connection", LOOKS)
    axe(page, BOTH)
    again.click()
    expect(page.get_by_text("We are reading it.").first).to_be_visible()
    assert sizes(ports) == [2_000_000]
    assert len(ports.documents.forms) == 1


def test_form_that_is_over_is_asked_for_anew(
    page: Page, site: str, ports: FakePorts, bucket: Bucket, watch: Watch
) -> None:
    watch.expected.append("status of 403")
    bucket.refuses = 1
    page.goto(f"{site}/{LETTER}")
    page.get_by_label("Choose files").set_input_files(pdf())
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_text("We are reading it.").first).to_be_visible()
    assert len(ports.documents.forms) == 2
    assert sizes(ports) == [10]


@pytest.mark.parametrize(
    ("name", "size", "words"),
    [
        ("cat.gif", 10, "We cannot take this kind of file."),
        ("page.html", 10, "We cannot take this kind of file."),
        ("letter.pdf", 0, "This file is empty."),
        ("letter.pdf", 20_000_001, "This file is too large: it may have up to 20 MB."),
    ],
)
def test_unfit_file_is_not_sent(
    page: Page, site: str, ports: FakePorts, tmp_path: Path, name: str, size: int, words: str
) -> None:
    (tmp_path / name).write_bytes(b"x" * size)
    page.goto(f"{site}/{LETTER}")
    page.get_by_label("Choose files").set_input_files(tmp_path / name)
    expect(page.locator("[data-problem]")).to_contain_text(words)
    assert ports.applications.documents(APPLICATION) == ()
    screenshot(page, "letter-unfit", (DESK, PHONE))
    axe(page, BOTH)


def test_several_letters_go_at_once_and_not_more_than_there_is_room_for(
    page: Page, site: str, ports: FakePorts, bucket: Bucket
) -> None:
    page.goto(f"{site}/{LETTER}")
    files = [pdf(name=f"{name}.pdf", buffer=name.encode()) for name in ("one", "three")]
    chooser = page.get_by_label("Choose files")
    chooser.set_input_files([*files, pdf(name="more.pdf")])
    expect(page.locator("[data-problem]")).to_have_text("Choose at most 2 files at once.")
    chooser.set_input_files(files)
    expect(page.get_by_text("We are reading it.")).to_have_count(2 + 1)
    assert sorted(sizes(ports)) == [3, 5]
    look_into(ports)
    expect(page.get_by_role("heading", name="one.pdf")).to_be_visible()
    expect(page.get_by_role("heading", name="three.pdf")).to_be_visible()


def test_file_is_dropped(page: Page, site: str, ports: FakePorts, bucket: Bucket) -> None:
    page.goto(f"{site}/{LETTER}")
    page.evaluate(
        """() => {
          const files = new DataTransfer()
          files.items.add(new File(['dropped'], 'dropped.pdf', { type: 'application/pdf' }))
          document.querySelector('[data-drop]')
            .dispatchEvent(new DragEvent('drop', { dataTransfer: files, bubbles: true }))
        }"""
    )
    expect(page.get_by_text("We are reading it.").first).to_be_visible()
    assert sizes(ports) == [7]


def test_new_file_takes_the_place_of_the_one_that_was_chosen(
    page: Page, site: str, ports: FakePorts, bucket: Bucket
) -> None:
    two = (letter(number=1), letter(number=2, sha256="2" * 64, file_name="second.pdf"))
    given(ports, *two)
    page.goto(f"{site}/{LETTER}")
    page.get_by_label("It takes the place of “second.pdf”").check()
    screenshot(page, "letters-full", LOOKS)
    axe(page, BOTH)
    page.get_by_label("Choose a file, or drop it here").set_input_files(pdf())
    expect(page.get_by_text("We are reading it.").first).to_be_visible()
    present = [it.number for it in ports.applications.documents(APPLICATION) if it.counts]
    assert present == [1, 3]


def test_infected_file_says_what_to_do(
    page: Page, site: str, ports: FakePorts, bucket: Bucket
) -> None:
    ports.malware_scanner.otherwise = ScanStatus.INFECTED
    page.goto(f"{site}/{LETTER}")
    page.get_by_label("Choose files").set_input_files(pdf())
    expect(
        page.get_by_text("Please make it anew on a computer that has been checked")
    ).to_be_visible()
    screenshot(page, "letter-infected", LOOKS)
    axe(page, BOTH)


def test_session_that_ended_says_what_to_do(
    page: Page, site: str, ports: FakePorts, bucket: Bucket, watch: Watch
) -> None:
    watch.expected.append("status of 401")
    page.goto(f"{site}/{LETTER}")
    page.context.clear_cookies()
    page.get_by_label("Choose files").set_input_files(pdf())
    expect(page.locator("[data-problem]")).to_contain_text("Load this page again, sign in")


def test_page_of_a_letter_is_walked_by_keyboard(page: Page, site: str, ports: FakePorts) -> None:
    given(ports, letter())
    page.goto(f"{site}/{LETTER}")
    assert keyboard_walk(page)[3:] == [
        "Sign out", "Back", "Remove letter.pdf", "It is a further one",
        "Choose a file, or drop it here", "Back to your application", "pursuingequity@ihi.org",
        "Español",
    ]  # fmt: skip


# --- states of the page ------------------------------------------------------------------------


def test_states_of_a_letter_have_no_accessibility_problem(
    page: Page, site: str, ports: FakePorts
) -> None:
    for name, document in {
        "returned": letter(rejected="The second page is missing. Please scan both."),
        "unsigned": letter(evidence=make_letter_evidence(roles=(role_found(Role.CEO),))),
        "looked-at": letter(
            evidence=make_letter_evidence(
                roles=(role_found(Role.CEO), role_found(Role.BOARD_CHAIR, None))
            )
        ),
        "hostile": letter(file_name="<script>alert(1)</script>" + "x" * 300 + "\u202efdp.exe"),
    }.items():
        given(
            ports,
            letter(number=1, status="superseded", file_name="old.pdf"),
            document.with_(number=2),
        )
        page.goto(f"{site}/{LETTER}")
        page.evaluate("() => document.querySelectorAll('details').forEach(d => { d.open = true })")
        screenshot(page, f"letter-{name}", LOOKS)
        axe(page, BOTH)


def test_page_after_the_close_has_no_accessibility_problem(
    page: Page, site: str, ports: FakePorts
) -> None:
    given(ports, letter(), stage=Stage.DECIDING)
    page.goto(f"{site}/{LETTER}")
    screenshot(page, "letter-closed", LOOKS)
    axe(page, BOTH)


def test_link_is_looked_at_while_the_page_is_open(page: Page, site: str, ports: FakePorts) -> None:
    page.goto(f"{site}/{VIDEO}")
    screenshot(page, "video-to-give", LOOKS)
    axe(page)
    page.get_by_label("Link to your video").fill("https://vimeo.com/76543210")
    page.get_by_label("How long is it?").fill("9:30")
    page.get_by_role("button", name="Save the link").click()
    expect(page.get_by_text("We are looking at it.")).to_be_visible()
    (document,) = ports.applications.documents(APPLICATION)
    evidence = make_video_evidence(host="Vimeo", seconds=570)
    looked = document.with_(status="checked", evidence=evidence)
    ports.applications.given(ports.applications.get(APPLICATION), documents=[looked])
    expect(page.get_by_text("9:30 (minutes and seconds)")).to_be_visible()
    screenshot(page, "video-complete", LOOKS)
    axe(page, BOTH)


def test_link_that_is_refused_says_why(page: Page, site: str, watch: Watch) -> None:
    watch.expected.append("status of 422")
    page.goto(f"{site}/{VIDEO}")
    page.get_by_label("Link to your video").fill("https://elsewhere.example/video")
    page.get_by_role("button", name="Save the link").click()
    problem = page.get_by_role("alert").filter(has_text="There is a problem")
    expect(problem).to_contain_text("We cannot take videos from")
    screenshot(page, "video-refused", LOOKS)
    axe(page, BOTH)


# --- without a script --------------------------------------------------------------------------


def test_file_is_uploaded_without_a_script(
    browser: Browser,
    served: tuple[str, FakePorts, Bucket],
    ports: FakePorts,
    bucket: Bucket,
    tmp_path: Path,
) -> None:
    chosen = tmp_path / "letter.pdf"
    chosen.write_bytes(b"%PDF-1.7 plain")
    bucket.hears = False
    with browser.new_context(locale="en-US", java_script_enabled=False) as context:
        sign_in(context, served[0])
        page = context.new_page()
        page.goto(f"{served[0]}{HOME}/{LETTER}")
        screenshot(page, "letter-without-scripts", LOOKS)
        page.get_by_role("button", name="Go on to choose a file").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Choose your file")
        screenshot(page, "plain-upload", LOOKS)
        page.get_by_label(TRACK.requirement(LETTER).title).set_input_files(chosen)  # type: ignore[union-attr]
        page.get_by_role("button", name="Upload this file").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Your file is here")
        screenshot(page, "plain-upload-arriving", LOOKS)
        bucket.hear()
        look_into(ports)
        page.get_by_role("button", name="Look again").click()
        expect(page.get_by_text("Complete", exact=True)).to_be_visible()
        assert sizes(ports) == [14]
        page.locator("summary", has_text="Remove").click()
        page.get_by_role("button", name="Yes, remove it").click()
        expect(page.get_by_text("was removed.")).to_be_visible()
        assert sizes(ports) == []


def test_plain_pages_have_no_accessibility_problem(
    page: Page, site: str, ports: FakePorts, bucket: Bucket
) -> None:
    slot = letter(
        status="expected", evidence=None, content_type="application/octet-stream",
        received_at=None, intent_at=OPEN, scan=None, until=OPEN + timedelta(days=9),
    )  # fmt: skip
    given(ports, slot)
    page.goto(f"{site}/{LETTER}/1")
    axe(page)
    ports.documents.put(slot.object_key, b"x")
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your file is here")
    axe(page)
    ports.documents.__init__()
    ports.clock.set(OPEN + timedelta(minutes=10))
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("This upload is over")
    screenshot(page, "plain-upload-over", LOOKS)
    axe(page, BOTH)
