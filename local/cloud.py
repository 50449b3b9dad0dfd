"""The embedded AWS with the application on it: what `make run`, the tests and a rehearsal use."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from local.account import DEFAULT_PORT, Account
from local.deploy import DOMAIN, deploy, physical_name
from local.emulator import DEFAULT_LAMBDA_CONCURRENCY, Emulator
from local.layers import build_layer
from local.mailbox import Mail, read_mailbox
from local.package import IN_PLACE
from local.places import TEMPLATE
from local.users import Person, Users, person_of
from local.visitor import Visitor


@dataclass(frozen=True)
class Cloud:
    """A deployed application and the administrator's view of it."""

    emulator: Emulator
    outputs: Mapping[str, str]

    @property
    def account(self) -> Account:
        """The account it is deployed in."""
        return self.emulator.account

    @property
    def api_url(self) -> str:
        """The address of the sites, without a slash at its end."""
        return f"http://{DOMAIN}:{self.emulator.port}"

    @cached_property
    def users(self) -> Users:
        """Those who can sign in."""
        return Users(self.account)

    def client(self, service: str) -> Any:  # noqa: ANN401 - a boto3 client
        """Make an administrator's client of an AWS service."""
        return self.account.client(service)

    def mailbox(self) -> list[Mail]:
        """All mail sent so far, oldest first."""
        return read_mailbox(self.emulator.mail)

    def token(self, group: str) -> str:
        """Get an ID token of the person who stands for `group`, creating them if need be."""
        person = person_of(group)
        self.users.add(person)
        return self.users.id_token(person)

    def visitor(self, person: Person | None = None) -> Visitor:
        """Send somebody to the sites, with the token of `person` if one is given."""
        return Visitor(self.api_url, self.users.id_token(person) if person else None)

    def physical_name(self, logical_id: str) -> str:
        """Find what a resource of the template is called here."""
        return physical_name(self.account, logical_id)


def verify_domain(account: Account, domain: str) -> None:
    """Let mail be sent from addresses of `domain`."""
    mail = account.client("sesv2")
    known = mail.list_email_identities().get("EmailIdentities", [])
    if domain not in {one["IdentityName"] for one in known}:
        mail.create_email_identity(EmailIdentity=domain)


@contextmanager
def running_cloud(
    home: Path,
    parameters: Mapping[str, str],
    *,
    port: int = DEFAULT_PORT,
    template_file: Path = TEMPLATE,
    lambda_concurrency: int = DEFAULT_LAMBDA_CONCURRENCY,
    keeps_state: bool = True,
) -> Generator[Cloud]:
    """Start the emulator, deploy the template, and stop in the end.

    Raises:
        CannotGoOnError: what a person can put right, in one line.

    """
    packages = [build_layer(name) / "python" for name in sorted(IN_PLACE)]
    emulator = Emulator(home, port, lambda_concurrency, keeps_state, packages)
    emulator.start()
    try:
        if sender := parameters.get("SenderAddress"):
            # On AWS a person proves once that the domain is theirs; here asking is enough.
            verify_domain(emulator.account, sender.rpartition("@")[2])
        outputs = deploy(emulator.account, parameters, template_file=template_file)
        yield Cloud(emulator, outputs)
    finally:
        emulator.stop()
