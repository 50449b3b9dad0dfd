"""Reviewers and staff as the gateway's authorizer tells them."""

from roundtable.domain.audit import Actor
from roundtable.domain.model import Record
from roundtable.usecases.applying.sign_in import NotSignedIn
from roundtable.web.reading import Event, claims, groups

IDENTITY_GROUP = "identity"
"""Staff who may see restricted answers."""


class Caller(Record):
    """Who calls: the sign-in's subject, and the groups it belongs to."""

    subject: str
    groups: frozenset[str]

    @property
    def as_reviewer(self) -> Actor:
        """The caller as the audit names a reviewer."""
        return Actor(kind="reviewer", id=self.subject)

    @property
    def as_staff(self) -> Actor:
        """The caller as the audit names staff."""
        return Actor(kind="staff", id=self.subject)

    @property
    def sees_identity(self) -> bool:
        """Whether the caller may see restricted answers."""
        return IDENTITY_GROUP in self.groups


def caller_of(event: Event) -> Caller:
    """Return who calls; raises NotSignedIn where the authorizer vouched for nobody."""
    verified = claims(event)
    subject = verified.get("sub", "")
    if not subject:
        raise NotSignedIn("not-signed-in", "Sign in first, then send the token with the request.")
    return Caller(subject=subject, groups=_groups(verified))


def _groups(verified: dict[str, str]) -> frozenset[str]:
    """Return the groups, whether the gateway wrote `[a b]` or passed a list on."""
    return frozenset(name.strip("'\"") for name in groups(verified))
