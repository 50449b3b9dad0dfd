"""The whole application on the embedded AWS, as `make run` starts it, for tests in a browser."""

import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from playwright.sync_api import Page

from local.clock import VirtualTime
from local.cloud import Cloud, running_cloud
from local.emulator import free_port
from local.functions import clock_function, invoke
from local.mailbox import Mail
from local.parameters import local_parameters
from local.places import TEMPLATE
from local.run import prepare
from local.users import LOCAL_PASSWORD, REVIEWER, STAFF, Person

_MAIL_WITHIN_SECONDS = 60
_PAGE_WITHIN_MILLISECONDS = 120_000
"""Functions start cold, several at once."""
__all__ = ["REVIEWER", "STAFF", "Stack", "running_stack"]


@dataclass(frozen=True)
class Stack:
    """A deployed application with its programs, one reviewer and one member of staff."""

    cloud: Cloud

    @property
    def api_url(self) -> str:
        """The address of the sites, without a slash at its end."""
        return self.cloud.api_url

    @property
    def time(self) -> VirtualTime:
        """The application's time, which a test may set."""
        return VirtualTime(self.cloud.account)

    def set_time(self, at: datetime, *, running: bool = True) -> None:
        """Set the time, and have done what is due by then."""
        self.time.set(at, running=running)
        self.run_clock()

    def run_clock(self) -> None:
        """Have done what is due now."""
        clock = clock_function(self.cloud.account)
        assert clock
        invoke(self.cloud.account, clock, {})

    def mail_to(self, address: str, *, at_least: int = 1) -> list[Mail]:
        """Wait until so many mails went to an address; give them all, oldest first."""
        deadline = time.monotonic() + _MAIL_WITHIN_SECONDS
        while time.monotonic() < deadline:
            found = [mail for mail in self.cloud.mailbox() if address in mail.recipients]
            if len(found) >= at_least:
                return found
            time.sleep(0.2)
        raise AssertionError(f"no {at_least} mails to {address}")

    def sign_in(self, page: Page, person: Person, path: str) -> None:
        """Open a page of reviewers or staff, signing in at the hosted page on the way."""
        # The emulator's page has no icon, which browsers ask for all the same.
        page.context.route("**/favicon.ico", lambda route: route.fulfill(status=204))
        page.goto(f"{self.api_url}{path}", timeout=_PAGE_WITHIN_MILLISECONDS)
        self.fill_in_hosted_page(page, person)
        page.wait_for_url(f"{self.api_url}{path}", timeout=_PAGE_WITHIN_MILLISECONDS)

    def fill_in_hosted_page(self, page: Page, person: Person) -> None:
        """Sign in at the hosted page, which the tab shows."""
        page.get_by_label("Username").fill(person.email)
        page.get_by_label("Password").fill(LOCAL_PASSWORD)
        page.get_by_role("button", name="Sign in").click()


@contextmanager
def running_stack(home: Path) -> Generator[Stack]:
    """Start the emulator in a folder and deploy; nothing is kept afterwards."""
    port = free_port()
    parameters = local_parameters(TEMPLATE, port, ClockSource="virtual")
    with running_cloud(home, parameters, port=port, keeps_state=False) as cloud:
        prepare(cloud)
        yield Stack(cloud)
