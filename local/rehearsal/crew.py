"""Reviewers who score and staff who decide, at the public API."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from random import Random
from typing import Any

from local.cloud import Cloud
from local.rehearsal.applicants import expect
from local.users import LOCAL_PASSWORD, Person
from local.visitor import Visitor
from roundtable.domain.program import Program

CONFLICTED_ORGANIZATION = "Meridian Health Partners"
"""Where the first reviewer works; an applicant of the same organization must not meet them."""

REVIEWERS = (
    (Person("ruth@reviewers.example", "Ruth Adler", "reviewers"), CONFLICTED_ORGANIZATION),
    (Person("omar@reviewers.example", "Omar Bell", "reviewers"), ""),
    (Person("mei@reviewers.example", "Mei Chen", "reviewers"), ""),
    (Person("lena@reviewers.example", "Lena Dorn", "reviewers"), ""),
    (Person("paulo@reviewers.example", "Paulo Enes", "reviewers"), ""),
)
SILENT = "paulo@reviewers.example"
"""Never reviews anything: is reminded, and replaced."""


class Crew:
    """Everybody who works on a round."""

    def __init__(self, cloud: Cloud, program: Program, staff: Person, seed: int) -> None:
        self._cloud = cloud
        self._program = program
        self._staff = staff
        self._seed = seed
        self._reviewers: dict[str, Visitor] = {}
        self._by_id: dict[str, Visitor] = {}
        self._desk: Visitor | None = None
        self.reviews = 0
        self.decisions = 0

    def arrive(self) -> None:
        """Sign staff in, and let them put the reviewers into the register."""
        self._cloud.users.add(self._staff)
        self._desk = self._cloud.visitor(self._staff)
        for person, organization in REVIEWERS:
            entry = {"name": person.name, "email": person.email, "organization": organization}
            added = expect(
                "add a reviewer", self.desk.post_json("/api/staff/reviewers", entry), 201
            )
            self._cloud.users.add(person, password=LOCAL_PASSWORD)
            visitor = self._cloud.visitor(person)
            self._reviewers[person.email] = self._by_id[added["reviewer"]["id"]] = visitor

    @property
    def desk(self) -> Visitor:
        """The member of staff."""
        if self._desk is None:
            raise RuntimeError("nobody of the staff has arrived")
        return self._desk

    def review_everything(self) -> int:
        """Let every reviewer but the silent one work off the queue; return how many reviews."""
        working = [visitor for email, visitor in self._reviewers.items() if email != SILENT]
        with ThreadPoolExecutor(len(working)) as pool:
            done = sum(pool.map(self._work_off, working))
        self.reviews += done
        return done

    def _work_off(self, visitor: Visitor) -> int:
        queue = expect("my queue", visitor.get("/api/reviewer/queue", limit="100"), 200)
        return sum(self._review(visitor, waiting["application"]) for waiting in queue["items"])

    def panel(self, application: str) -> list[Visitor]:
        """Return the reviewers whose review of an application is awaited."""
        story = expect("story", self.desk.get(f"/api/staff/applications/{application}"), 200)
        return [self._by_id[seat["reviewer"]] for seat in story["panel"] if not seat["done"]]

    def review(self, application: str, recommendation: str = "approve", **more: object) -> None:
        """Let the whole panel of an application give the same review."""
        for visitor in self.panel(application):
            give_review(visitor, application, recommendation, **more)
            self.reviews += 1

    def _review(self, visitor: Visitor, application: str) -> int:
        path = f"/api/reviewer/applications/{application}"
        page = expect("read for review", visitor.get(path), 200)
        quality = self._chance(page["reference"]).random()
        scores = {
            criterion["key"]: 1 + round(quality * (criterion["scale"] - 1))
            for criterion in page["rubric"]
        }
        # Reviewers agree on most applications; on a few the second one differs.
        differs = self._chance(page["reference"] + visitor.home + str(page["others"])).random()
        approves = (quality > 0.25) != (differs > 0.95)  # noqa: PLR2004 (shares)
        review = {
            "scores": scores,
            "recommendation": "approve" if approves else "decline",
            "comment": "Read in a rehearsal.",
            "feedback": "Tell us more about the first steps you have taken.",
            "seen": page["seen"],
        }
        expect("give a review", visitor.post_json(f"{path}/review", review), 201)
        return 1

    def decide(self, track: str | None = None) -> int:
        """Let staff decide what waits for them, the best first, while seats last."""
        query = {"stage": "with_staff", "limit": "100"} | ({"track": track} if track else {})
        path = f"/api/staff/programs/{self._program.key}/applications"
        rows: list[dict[str, Any]] = expect("with staff", self.desk.get(path, **query), 200)[
            "items"
        ]
        rows.sort(key=lambda row: -self._quality(str(row["reference"])))
        for row in rows:
            seats = self._free_seats(row["track"])
            good = self._quality(row["reference"]) > 0.4  # noqa: PLR2004 (share)
            decision = "accepted" if good and seats else "not_selected"
            taken = {"decision": decision, "feedback": "Thank you for your honest application."}
            address = f"/api/staff/applications/{row['application']}/decision"
            expect("decide", self.desk.post_json(address, taken), 200)
        self.decisions += len(rows)
        return len(rows)

    def announce(self) -> int:
        """Let staff preview and release what waits for its announcement."""
        path = f"/api/staff/programs/{self._program.key}/applications"
        rows = expect("announcing", self.desk.get(path, stage="announcing", limit="100"), 200)[
            "items"
        ]
        for row in rows:
            address = f"/api/staff/applications/{row['application']}/announcement"
            expect("announce", self.desk.post_json(address, {}), 200)
        return len(rows)

    def stuck(self) -> list[Any]:
        """Return what asks for help."""
        path = f"/api/staff/programs/{self._program.key}/attention"
        found: list[Any] = expect("attention", self.desk.get(path), 200)["items"]
        return found

    def counts(self) -> Any:  # noqa: ANN401 - any JSON
        """Return the counts and seats that staff see."""
        path = f"/api/staff/programs/{self._program.key}/counts"
        return expect("counts", self.desk.get(path), 200)

    def _free_seats(self, track: str) -> int:
        row = next(row for row in self.counts()["tracks"] if row["track"] == track)
        return int(row["open"])

    def _quality(self, reference: str) -> float:
        return self._chance(reference).random()

    def _chance(self, text: str) -> Random:
        return Random(f"{self._seed} {text}")  # noqa: S311 (variety, no secret)


def give_review(
    visitor: Visitor, application: str, recommendation: str, **more: object
) -> dict[str, Any]:
    """Read an application as its reviewer and give a review; `more` goes into its body."""
    path = f"/api/reviewer/applications/{application}"
    page = expect("read for review", visitor.get(path), 200)
    review = {
        "scores": {criterion["key"]: 4 for criterion in page["rubric"]},
        "recommendation": recommendation,
        "feedback": "Tell us more about the first steps you have taken.",
        "seen": page["seen"],
        **more,
    }
    given: dict[str, Any] = expect("review", visitor.post_json(f"{path}/review", review), 201)
    return given
