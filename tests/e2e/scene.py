"""What end-to-end tests do: rounds of their own, teams at the public API, time that stands."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

import boto3
import pytest

from local.clock import ZONE
from local.cloud import Cloud
from local.functions import clock_function, settings_of
from local.mailbox import Mail
from local.places import PROGRAMS
from local.rehearsal.applicants import Performer, expect
from local.rehearsal.cast import Applicant, Part
from local.rehearsal.conductor import Conductor
from local.rehearsal.crew import Crew
from local.rehearsal.invariants import check_invariants
from local.rehearsal.mailroom import Mailroom
from local.rehearsal.records import Records
from local.users import STAFF
from local.visitor import Reply, Visitor
from roundtable.adapters.holidays_calendar import CalendarHolidays
from roundtable.adapters.mailer_ses import decode_tags
from roundtable.domain.application import Application
from roundtable.domain.audit import Actor
from roundtable.domain.notices import Notice
from roundtable.domain.program import Program
from roundtable.programs.loading import load_program
from roundtable.runtime.composition import AwsPorts
from roundtable.usecases.staff.publishing import publish
from tests.e2e.executions import Executions
from tests.e2e.waiting import until

FIRST_MORNING = datetime(2022, 9, 26, 10, 0, tzinfo=ZONE)
LEARNING_NETWORK = "learning-network"
ACTION_COMMUNITY = "action-community"
SURNAME = "Quillfeather"
"""Of every applicant in these tests; no log and no execution may know it."""


@dataclass
class Team:
    """An applicant, signed in where the test needs that."""

    performer: Performer
    visitor: Visitor

    @property
    def id(self) -> str:
        """The application's id."""
        return self.performer.application

    @property
    def path(self) -> str:
        """Where the application is found at the API."""
        return self.performer.path

    @property
    def email(self) -> str:
        """The applicant's address."""
        return self.performer.applicant.email

    def status(self) -> Any:
        """Return what the applicant is told."""
        return self.performer.status(self.visitor)

    def submit(self) -> None:
        """Submit, twice with the same key, as an impatient browser does."""
        self.performer.submit(self.visitor)


@dataclass
class Scene:
    """A deployed application with its staff and reviewers, on a clock that stands."""

    cloud: Cloud
    conductor: Conductor
    crew: Crew
    program: Program
    teams: list[Team] = field(default_factory=list[Team])

    @staticmethod
    def open(cloud: Cloud) -> Scene:
        """Set the clock, publish the first program, let staff and reviewers arrive."""
        program = load_program(PROGRAMS / "pursuing-equity-2023.yaml")
        scene = Scene(
            cloud,
            Conductor(cloud, Records(cloud), program.key),
            Crew(cloud, program, STAFF, seed=1),
            program,
        )
        scene.conductor.start(FIRST_MORNING)
        scene.publish(program)
        # Functions that every test needs start side by side.
        with ThreadPoolExecutor(3) as pool:
            waking = [
                pool.submit(scene.crew.arrive),
                pool.submit(cloud.visitor().get, "/api/programs"),
                pool.submit(scene.conductor.tick),
            ]
            for one in waking:
                one.result()
        return scene

    @cached_property
    def executions(self) -> Executions:
        """The executions of the state machine."""
        return Executions(self.cloud)

    @cached_property
    def mailroom(self) -> Mailroom:
        """All mail."""
        return Mailroom(self.cloud.emulator.mail)

    @cached_property
    def table(self) -> str:
        """The table's name."""
        return self.cloud.physical_name("Table")

    @cached_property
    def dynamodb(self) -> Any:
        """An administrator's client."""
        return self.cloud.client("dynamodb")

    @cached_property
    def records(self) -> Records:
        """What the table holds."""
        return Records(self.cloud)

    @cached_property
    def _settings(self) -> dict[str, str]:
        clock = clock_function(self.cloud.account)
        assert clock
        return {**settings_of(self.cloud.account, clock), **self.cloud.account.environment}

    @property
    def desk(self) -> Visitor:
        """The member of staff."""
        return self.crew.desk

    def later(self, by: timedelta) -> None:
        """Let time pass without the clock function being called."""
        self.conductor.start(self.conductor.now + by)

    # --- rounds -------------------------------------------------------------------------------

    def publish(self, program: Program) -> Program:
        """Publish a program as the command line does."""
        with pytest.MonkeyPatch.context() as environment:
            for name, value in self._settings.items():
                environment.setenv(name, value)
            # Other tests of this process have sessions of their own.
            environment.setattr(boto3, "DEFAULT_SESSION", None)
            publish(AwsPorts(), program, Actor(kind="staff", id="publish"))
        return program

    def round_of(self, key: str, **changes: object) -> Program:
        """Publish the program once more under a key of its own, for one test."""
        return self.publish(self.program.with_(key=key, **changes))

    def small_round(self, key: str, *, capacity: int = 20) -> Program:
        """Publish a round of one track that staff decide, without letters or reviews.

        What a web form sends then waits for staff at once.
        """
        track = self.program.track(LEARNING_NETWORK)
        track = track.with_(
            capacity=capacity,
            decided_by="staff",
            review=track.review.with_(needed=0),
            requirements=tuple(item for item in track.requirements if item.kind != "letter"),
        )
        sections = tuple(
            section.with_(
                questions=tuple(
                    item for item in section.questions if ACTION_COMMUNITY not in item.tracks
                )
            )
            for section in self.program.sections
        )
        return self.round_of(key, tracks=(track,), sections=sections)

    # --- people -------------------------------------------------------------------------------

    def performer(
        self,
        program: Program,
        track: str = LEARNING_NETWORK,
        part: Part = Part.PROMPT,
        *,
        email: str = "",
        also: dict[str, Any] | None = None,
    ) -> Performer:
        """Return an applicant who has done nothing yet; `also` comes into the form."""
        number = len(self.teams) + 1
        applicant = Applicant(
            number=number,
            name=f"Zephyrine {SURNAME}",
            email=email or f"lead{number}@applicant{number}.example",
            organization=f"{number}th Street Community Health Center",
            part=part,
            track=track,
            both=False,
            begins_at=self.conductor.now,
            docx=False,
            video_by_link=False,
        )
        performer = Performer(applicant, program, self.cloud, self.mailroom, also or {})
        self.teams.append(Team(performer, self.cloud.visitor()))
        return performer

    def draft(self, performer: Performer) -> Team:
        """Let an applicant sign in, fill in the form and upload what belongs to the part."""
        team = next(team for team in self.teams if team.performer is performer)
        team.visitor = performer.visit()
        performer.prepare(team.visitor)
        return team

    def by_web_form(self, performer: Performer) -> Team:
        """Receive a whole application from a web form that exists elsewhere."""
        team = next(team for team in self.teams if team.performer is performer)
        reply = send_web_form(
            team, self.form_key(performer.program), json.dumps(performer.form(whole=True))
        )
        acknowledged = expect("send a web form", reply, 201)
        performer.application = acknowledged["application"]
        performer.receipts.append(acknowledged["reference"])
        return team

    def form_key(self, program: Program) -> str:
        """Let staff make a key for a web form."""
        path = f"/api/staff/programs/{program.key}/form-keys"
        made = expect("make a form key", self.desk.post_json(path, {"label": "Website"}), 201)
        return str(made["key"])

    def decide(self, team: Team, decision: str, **more: object) -> Reply:
        """Let staff decide."""
        path = f"/api/staff/applications/{team.id}/decision"
        return self.desk.post_json(path, {"decision": decision, **more})

    # --- what there is ------------------------------------------------------------------------

    def application(self, team: Team) -> Application:
        """Return an application as it is stored."""
        return Application.model_validate_json(self._meta(team)["record"]["S"])

    def is_in(self, team: Team, stage: str) -> bool:
        """Tell whether an application is in a stage, with the stage's wait, if any, begun."""
        meta = self._meta(team)
        if meta["stage"]["S"] != stage:
            return False
        return stage == "closed" or meta.get("wait_stage") == meta["stage"]

    def waits_in(self, team: Team, stage: str) -> Application:
        """Wait until an application waits in a stage for a person, or is closed."""
        until(f"{team.id} waits in {stage}", lambda: self.is_in(team, stage))
        return self.application(team)

    def notices(self, team: Team) -> dict[str, Notice]:
        """Return the outbox of an application, by key."""
        found = self.dynamodb.query(
            TableName=self.table,
            KeyConditionExpression="pk = :pk AND begins_with(sk, :notice)",
            ExpressionAttributeValues={
                ":pk": {"S": f"APP#{team.id}"},
                ":notice": {"S": "NOTICE#"},
            },
            ConsistentRead=True,
        )
        notices = [Notice.model_validate_json(item["record"]["S"]) for item in found["Items"]]
        return {notice.key: notice for notice in notices}

    def mails(self, team: Team, *, to: str = "") -> dict[str, Mail]:
        """Return the notices that an address got about an application, in order, by kind."""
        return {
            decode_tags({"notice": [mail.tags["notice"]]})["notice"].partition("#")[0]: mail
            for mail in self.mailroom.all()
            if mail.tags.get("application") == team.id and (to or team.email) in mail.recipients
        }

    def broken_invariants(self, program: Program) -> list[str]:
        """Do what is due, and return which of the seven invariants do not hold."""
        self.conductor.advance(self.conductor.now)
        year = self.conductor.now.year
        receipts = tuple(
            receipt
            for team in self.teams
            if team.performer.program.key == program.key
            for receipt in team.performer.receipts
        )
        mails = tuple(
            (mail.tags["application"], mail.tags["notice"])
            for mail in self.mailroom.all()
            if "notice" in mail.tags
        )
        seen = self.records.evidence(
            now=self.conductor.now,
            program=program,
            holidays=CalendarHolidays().of(program.holidays, [year, year + 1]),
            receipts=receipts,
            mails=mails,
        )
        return [name for name, holds in check_invariants(seen).items() if not holds]

    def _meta(self, team: Team) -> dict[str, Any]:
        found = self.dynamodb.get_item(
            TableName=self.table,
            Key={"pk": {"S": f"APP#{team.id}"}, "sk": {"S": "META"}},
            ConsistentRead=True,
        )
        item: dict[str, Any] = found["Item"]
        return item


def send_web_form(
    team: Team,
    form_key: str,
    body: str,
    *,
    content_type: str = "application/json",
    idempotency_key: str = "",
) -> Reply:
    """Send a whole application as a web form does, without a sign-in."""
    headers = {"Content-Type": content_type, "X-Form-Key": form_key}
    if idempotency_key:
        headers["Idempotency-Key"] = idempotency_key
    path = f"/api/programs/{team.performer.program.key}/applications"
    return Visitor(team.visitor.home).request("POST", path, body.encode(), headers)
