"""What others know: hosts of videos, public holidays, who may sign in."""

from collections.abc import Sequence
from datetime import date
from typing import Literal

from roundtable.domain.videos import CanonicalLink, LinkFacts
from roundtable.ports import Directory, Holidays, VideoDirectory

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

    def invite(self, email: str, name: str, group: Literal["reviewers", "staff"]) -> str:
        subject = self.subjects.setdefault(email.lower(), f"subject-{len(self.subjects) + 1}")
        self.groups[group].add(subject)
        self.names[subject] = name
        return subject
