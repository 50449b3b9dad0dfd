"""What others know: hosts of videos, public holidays, who may sign in."""

from collections.abc import Sequence
from datetime import date
from typing import Literal
from urllib.parse import urlencode

from roundtable.domain.videos import CanonicalLink, LinkFacts
from roundtable.ports import (
    Directory,
    Holidays,
    HostedSignIn,
    Identified,
    SignInRefused,
    Unavailable,
    VideoDirectory,
)
from roundtable.usecases.hosted_sign_in import challenge_of

UNKNOWN = LinkFacts()


class FakeVideoDirectory(VideoDirectory):
    """Knows the `facts` a test gave for an address; of any other, `otherwise`: nothing."""

    def __init__(self, otherwise: LinkFacts = UNKNOWN) -> None:
        self.facts: dict[str, LinkFacts] = {}
        self.otherwise = otherwise
        self.looked_up: list[CanonicalLink] = []

    def look_up(self, link: CanonicalLink) -> LinkFacts:
        self.looked_up.append(link)
        return self.facts.get(link.url, self.otherwise)


class FakeHolidays(Holidays):
    """The holidays a test gives, by country; none otherwise."""

    def __init__(self, **days: Sequence[date]) -> None:
        self.days: dict[str, frozenset[date]] = {
            country: frozenset(of) for country, of in days.items()
        }

    def of(self, country: str, years: Sequence[int]) -> frozenset[date]:
        days = self.days.get(country, frozenset[date]())
        return frozenset(day for day in days if day.year in years)


class FakeDirectory(Directory):
    """Sign-ins by address; the subject is the same however often someone is invited."""

    def __init__(self) -> None:
        self.subjects: dict[str, str] = {}
        self.groups: dict[str, set[str]] = {"reviewers": set(), "staff": set()}
        self.names: dict[str, str] = {}
        self.barred: set[str] = set()
        """Subjects who may no longer sign in."""
        self.is_down = False
        self.asked: list[str] = []
        """The subjects whose groups were asked for, in order."""

    def invite(self, email: str, name: str, group: Literal["reviewers", "staff"]) -> str:
        subject = self.subjects.setdefault(email.lower(), f"subject-{len(self.subjects) + 1}")
        self.groups[group].add(subject)
        self.names[subject] = name
        return subject

    def groups_of(self, subject: str) -> frozenset[str] | None:
        self.asked.append(subject)
        if self.is_down:
            raise Unavailable("Cognito: ThrottlingException")
        if subject in self.barred or subject not in self.subjects.values():
            return None
        return frozenset(name for name, members in self.groups.items() if subject in members)


class FakeHostedSignIn(HostedSignIn):
    """A page at which whom a test names is signed in at once, with a code good for one exchange."""

    def __init__(self) -> None:
        self.is_down = False
        self._codes: dict[str, tuple[Identified, str, str]] = {}

    @property
    def origin(self) -> str:
        return "https://sign-in.example.org"

    def sign_in_address(self, *, state: str, challenge: str, back_to: str) -> str:
        query = urlencode({"state": state, "code_challenge": challenge, "redirect_uri": back_to})
        return f"{self.origin}/oauth2/authorize?{query}"

    def exchange(self, code: str, *, verifier: str, back_to: str) -> Identified:
        if self.is_down:
            raise Unavailable("hosted sign-in")
        who, challenge, address = self._codes.pop(code, (None, "", ""))
        if who is None or (challenge, address) != (challenge_of(verifier), back_to):
            raise SignInRefused("invalid_grant")
        return who

    def sign_out_address(self, *, back_to: str) -> str:
        return f"{self.origin}/logout?{urlencode({'logout_uri': back_to})}"

    def signs_in(
        self, who: Identified, *, challenge: str, back_to: str, code: str = "code-1"
    ) -> str:
        """Return the code with which the browser is sent back."""
        self._codes[code] = who, challenge, back_to
        return code
