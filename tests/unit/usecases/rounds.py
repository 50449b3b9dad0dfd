"""A whole round in memory: the state machine's routing, the table's stream, and the clock.

`Round.settle` plays what AWS does between two acts of people: the stream starts executions and
sends what is queued, executions go from state to state as statemachines/application.asl.yaml
routes them, until each waits for somebody. Documents are looked into by their name: `signed.pdf`
bears both signatures, `ceo.pdf` and `chair.pdf` one, `scan.pdf` cannot be read by itself,
`broken.pdf` not at all.
"""

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from roundtable.domain.application import Application, Form
from roundtable.domain.audit import Actor, verify
from roundtable.domain.deadlines import promise_kept_until
from roundtable.domain.documents import Document, bindings, unchecked
from roundtable.domain.evidence import Evidence
from roundtable.domain.notices import Notice, NoticeKind, NoticeStatus
from roundtable.domain.program import Program, Role
from roundtable.domain.reviews import Recommendation, ReviewStatus
from roundtable.domain.stages import ClosedAs, Stage
from roundtable.ports import Conflict, ExecutionStatus, SeatsFull, Unavailable
from roundtable.usecases.applying.arrivals import receive_upload
from roundtable.usecases.applying.submission import Receipt, receive
from roundtable.usecases.applying.uploads import ask_for_upload
from roundtable.usecases.checking.correcting import ask_for_corrections
from roundtable.usecases.checking.verdicts import list_requirements, record_checks
from roundtable.usecases.conducting.clock import Tick, tick
from roundtable.usecases.conducting.helping import ask_for_help
from roundtable.usecases.conducting.sending import send
from roundtable.usecases.conducting.starting import start_workflow
from roundtable.usecases.deciding.concluding import close_application, enrol_team, release_seat
from roundtable.usecases.deciding.decisions import decide, move_to_fallback
from roundtable.usecases.deciding.telling import send_decision_notice
from roundtable.usecases.errors import ApplicationMoved
from roundtable.usecases.reviewing.assigning import assign_reviewers
from roundtable.usecases.reviewing.giving import ReviewGiven, give_review
from roundtable.usecases.step import Step, program_of
from tests.factories import (
    LETTER,
    PROGRAM,
    VIDEO,
    make_form,
    make_letter_evidence,
    make_program,
    make_reviewer,
    make_scan_evidence,
    make_video_evidence,
    role_found,
)
from tests.fakes import FakeConductor, FakePorts

APPLICANT = Actor(kind="applicant", id="applicant-1")
STAFF = Actor(kind="staff", id="staff-1")
PDF = "application/pdf"
DECISION_MADE = "decision_made"


def looked_into(document: Document) -> Evidence:
    """Return what is found in a document of this name."""
    if document.kind == "video":
        return make_video_evidence()
    roles: dict[str, tuple[Role, ...]] = {
        "signed.pdf": (Role.CEO, Role.BOARD_CHAIR),
        "ceo.pdf": (Role.CEO,),
        "chair.pdf": (Role.BOARD_CHAIR,),
    }
    if document.file_name == "scan.pdf":
        return make_scan_evidence()
    if document.file_name == "broken.pdf":
        return make_letter_evidence(readable=False, problem="This letter cannot be opened.")
    signed = roles.get(document.file_name, ())
    return make_letter_evidence(roles=tuple(role_found(role) for role in signed))


# --- the state machine -----------------------------------------------------------------------

LOOK = "Look where the application stands"
HELP = "Ask staff for help"
WAIT_FOR_STAFF = "Wait for staff"

HUB = {
    Stage.CHECKING: "List requirements",
    Stage.CORRECTIONS: "Ask for corrections",
    Stage.REVIEW: "Assign reviewers",
    Stage.DECIDING: "Decide",
    Stage.WITH_STAFF: "Wait for staff to decide",
    Stage.FALLBACK: "Move to fallback track",
    Stage.ANNOUNCING: "Wait for announcement",
    Stage.NOTIFYING: "Send decision notice",
    Stage.WAITLIST: "Wait for a seat",
    Stage.OFFER: "Wait for answer",
    Stage.ENROLLING: "Enrol team",
    Stage.RELEASING: "Release seat",
    Stage.CLOSED: "Close",
}
WAITS = {
    "Wait for corrections": (Stage.CORRECTIONS, "List requirements"),
    "Wait for reviews": (Stage.REVIEW, "Decide"),
    "Wait for staff to decide": (Stage.WITH_STAFF, LOOK),
    "Wait for announcement": (Stage.ANNOUNCING, "Send decision notice"),
    "Wait for a seat": (Stage.WAITLIST, "Send decision notice"),
    "Wait for answer": (Stage.OFFER, "Enrol team"),
}
TASKS: dict[str, tuple[Callable[[FakePorts, str], Application], str]] = {
    "Ask for corrections": (ask_for_corrections, "Wait for corrections"),
    "Assign reviewers": (assign_reviewers, "Wait for reviews"),
    "Decide": (decide, ""),
    "Move to fallback track": (move_to_fallback, ""),
    "Send decision notice": (send_decision_notice, ""),
    "Enrol team": (enrol_team, "Close"),
    "Release seat": (release_seat, "Close"),
    "Close": (close_application, "end"),
}
"""Each task with its Next; empty: the hub, with the stage answered."""
RETRIES = 6


@dataclass
class Execution:
    """One execution: where it stands, and the callback it waits for."""

    application: str
    state: str = LOOK
    token: str = ""
    visited: list[str] = field(default_factory=list[str])
    """Every state entered, the hub and those of the Map included: the transitions paid for."""

    @property
    def running(self) -> bool:
        return self.state not in {"end", "failed"}


class Machine(FakeConductor):
    """Executions that go from state to state; signals can be lost (`deaf`)."""

    def __init__(self) -> None:
        super().__init__()
        self.ports = FakePorts()
        self.executions: dict[tuple[str, int], Execution] = {}
        self.deaf = 0
        """How many of the next signals are lost."""
        self.tokens = 0

    def start(self, application: str, run: int) -> None:
        if (application, run) not in self.executions:
            self.executions[application, run] = Execution(application)

    def status(self, application: str, run: int) -> ExecutionStatus:
        found = self.executions.get((application, run))
        if found is None:
            return ExecutionStatus.UNKNOWN
        if found.running:
            return ExecutionStatus.RUNNING
        return ExecutionStatus.ENDED if found.state == "end" else ExecutionStatus.LOST

    def lose(self, application: str) -> None:
        """Stop an application's executions."""
        for execution in self.of(application):
            if execution.running:
                execution.state, execution.token = "failed", ""

    def of(self, application: str) -> list[Execution]:
        return [item for item in self.executions.values() if item.application == application]

    def live(self, application: str) -> Execution:
        """Return the one running execution of an application."""
        (found,) = (item for item in self.of(application) if item.running)
        return found

    def resume(self, token: str) -> bool:
        return self._signal(token, divert=False)

    def divert(self, token: str) -> bool:
        return self._signal(token, divert=True)

    def _signal(self, token: str, *, divert: bool) -> bool:
        if self.deaf:
            self.deaf -= 1
            raise Unavailable
        for execution in self.executions.values():
            if execution.token == token:
                after = WAITS[execution.state][1] if execution.state in WAITS else LOOK
                execution.token = ""
                execution.state = LOOK if divert else after
                return True
        return False

    def run(self) -> bool:
        """Let every execution go on until it waits; return whether anything was done."""
        busy = [item for item in self.executions.values() if item.running and not item.token]
        for execution in busy:
            for _ in range(100):
                if not execution.running or execution.token:
                    break
                execution.visited.append(execution.state)
                execution.state = self._next(execution)
            else:
                raise AssertionError(f"an execution goes round in circles: {execution.visited}")
        return bool(busy)

    def _next(self, execution: Execution) -> str:
        state, application = execution.state, execution.application
        if state == LOOK:
            return self._hub(execution, self.ports.applications.get(application).stage)
        if state in WAITS or state == WAIT_FOR_STAFF:
            return self._wait(execution)
        for _ in range(RETRIES):
            try:
                return self._task(execution)
            except ApplicationMoved:
                return LOOK
            except (Conflict, Unavailable):
                continue
            except (ValueError, LookupError, SeatsFull) as error:
                return self._help(execution, type(error).__name__)
        return self._help(execution, "Conflict")

    def _hub(self, execution: Execution, stage: Stage) -> str:
        execution.visited.append("Pick up where the application stands")
        return HUB[stage]

    def _wait(self, execution: Execution) -> str:
        application = self.ports.applications.get(execution.application)
        if execution.state == WAIT_FOR_STAFF:
            holds, stage = application.help is not None, application.stage
        else:
            stage = WAITS[execution.state][0]
            holds = application.stage is stage
        if not holds:
            return LOOK
        self.tokens += 1
        execution.token = f"token-{self.tokens}"
        self.ports.applications.wait(application.id, execution.token, stage)
        return execution.state

    def _task(self, execution: Execution) -> str:
        application = execution.application
        if execution.state == "List requirements":
            return self._check(execution)
        task, following = TASKS[execution.state]
        stage = task(self.ports, application).stage
        return following or self._hub(execution, stage)

    def _check(self, execution: Execution) -> str:
        items = list_requirements(self.ports, execution.application)
        execution.visited.append("Check requirements")
        documents = self.ports.applications.documents(execution.application)
        for item in items:
            execution.visited += ["Choose the check", f"Check {item.kind}"]
            for document in documents:
                if (document.requirement, document.number) == (item.requirement, item.number):
                    evidence = looked_into(document)
                    now = self.ports.clock.now()
                    self.ports.applications.keep_evidence(document, evidence, now)
        execution.visited.append("Record checks")
        tried = tuple((item.requirement, item.number) for item in items)
        return self._hub(execution, record_checks(self.ports, execution.application, tried).stage)

    def _help(self, execution: Execution, error: str) -> str:
        execution.visited.append(HELP)
        ask_for_help(self.ports, execution.application, state=execution.state, error=error)
        return WAIT_FOR_STAFF


# --- the round -------------------------------------------------------------------------------


class Round:
    """A program, its reviewers, and everything that happens by itself."""

    def __init__(self, program: Program | None = None, *, reviewers: int = 3) -> None:
        self.machine = Machine()
        self.ports = FakePorts(conductor=self.machine)
        self.machine.ports = self.ports
        self.program = self.ports.rounds.given(program or make_program())
        for number in range(1, reviewers + 1):
            self.ports.rounds.keep_reviewer(make_reviewer(number))
        self.receipts: dict[str, Receipt] = {}
        """Every acknowledgement given, by the client's key."""
        self.stream_down = False
        self._streamed = 0
        self._seen: set[tuple[str, str, int]] = set()

    # what people do

    def submit(
        self, number: int = 1, *, letter: str = "signed.pdf", video: bool = True, **form: Any
    ) -> str:
        """Receive an application with its documents at once; return its id."""
        name = f"Hospital {number:03}"
        answers = make_form(
            **{
                "contact": {"name": "Ada Brook", "email": f"ada{number}@h{number}.example"},
                "organization": {"name": name},
            }
            | form
        )
        receipt = receive(
            self.ports,
            PROGRAM,
            Form.model_validate(answers),
            Actor(kind="form", id="form-1"),
            idempotency_key=f"key-{number}",
            body_hash=f"body-{number}",
        )
        self.receipts[f"key-{number}"] = receipt
        if letter:
            self.upload(receipt.application, file_name=letter)
        if video:
            self.upload(receipt.application, VIDEO, file_name="team.mp4", content_type="video/mp4")
        return receipt.application

    def upload(
        self,
        application: str,
        requirement: str = LETTER,
        *,
        file_name: str = "signed.pdf",
        content_type: str = PDF,
        replaces: int | None = None,
    ) -> Document:
        """Ask for a slot, upload into it, and hear of it."""
        slot = ask_for_upload(
            self.ports,
            application,
            APPLICANT,
            requirement=requirement,
            file_name=file_name,
            content_type=content_type,
            size=1000,
            replaces=replaces,
        )
        stored = self.ports.documents.put(
            slot.document.object_key,
            f"{application} {file_name}".encode(),
            stored_at=self.ports.clock.now(),
        )
        received = receive_upload(self.ports, stored)
        assert received is not None
        return received

    def review(self, application: str, word: Recommendation = Recommendation.APPROVE) -> None:
        """Give every review that is asked for."""
        for review in self.ports.applications.reviews(application):
            if review.status is ReviewStatus.ASSIGNED:
                self.give(application, review.reviewer, word)
        self.settle()

    def give(
        self, application: str, reviewer: str, word: Recommendation = Recommendation.APPROVE
    ) -> None:
        stored = self.ports.applications.get(application)
        track = program_of(self.ports, stored).track(stored.track)
        give_review(
            self.ports,
            application,
            reviewer,
            ReviewGiven(
                scores={criterion.key: 4 for criterion in track.rubric},
                recommendation=word,
                feedback="Thank you for your work.",
                seen=bindings(self.ports.applications.documents(application)),
            ),
        )

    def look_into_documents(self, application: str) -> None:
        """Check every document right after its upload, as it is outside of the workflow."""
        for document in unchecked(self.ports.applications.documents(application)):
            now = self.ports.clock.now()
            self.ports.applications.keep_evidence(document, looked_into(document), now)

    # what happens by itself

    def settle(self) -> None:
        """Let the stream and all executions do what is to be done now."""
        for _ in range(50):
            if not self._stream() and not self.machine.run():
                return
        raise AssertionError("the round does not come to rest")

    def _stream(self) -> bool:
        new = self.ports.applications.commits[self._streamed :]
        self._streamed += len(new)
        listed = self.ports.applications.outbox(
            self.program.key, NoticeStatus.QUEUED, limit=1000
        ).items
        queued = [
            notice
            for notice in listed
            if (notice.application, notice.key, notice.version) not in self._seen
        ]
        self._seen |= {(item.application, item.key, item.version) for item in queued}
        if self.stream_down:
            return False
        for changes in new:
            if changes.application.run:
                start_workflow(self.ports, changes.application.id)
        for notice in queued:
            with suppress(Unavailable):
                send(self.ports, notice.application, notice.key)
        return bool(new or queued)

    def tick(self) -> Tick:
        """Let the clock act now, and settle."""
        failures: list[str] = []
        done = tick(self.ports, lambda: True, failures.append)
        assert not failures
        self.settle()
        return done

    def go_to(self, moment: datetime) -> None:
        """Let time pass with a tick twice a day, and one at the moment itself."""
        while self.ports.clock.now() < moment:
            following = self.ports.clock.now() + timedelta(hours=12)
            self.ports.clock.set(min(following, moment))
            self.tick()

    def pass_days(self, days: float) -> None:
        self.go_to(self.ports.clock.now() + timedelta(days=days))

    # what can be seen

    def get(self, application: str) -> Application:
        return self.ports.applications.get(application)

    def stage(self, application: str) -> Stage:
        return self.get(application).stage

    def told(self, application: str) -> list[str]:
        """Return the keys of the mails that reached an applicant, in order."""
        return [
            message.tags["notice"]
            for message in self.ports.mailer.sent
            if message.tags["application"] == application
            and not message.tags["notice"].startswith(("staff_alert", "review_"))
        ]

    def alerts(self, application: str) -> list[str]:
        """Return the reasons of staff's alerts, oldest first."""
        return [str(item.facts["reason"]) for item in self._alerts(application)]

    def _alerts(self, application: str) -> list[Notice]:
        return [
            notice
            for notice in self.ports.applications.notices(application)
            if notice.kind is NoticeKind.STAFF_ALERT
        ]

    def kinds(self, application: str) -> list[str]:
        """Return the kinds of the audit events, in order."""
        return [event.kind for event in self.ports.applications.events(application)]


# --- the seven invariants of the acceptance document, by name --------------------------------


def check_invariants(round_: Round) -> None:
    """Check what must hold after every step, whatever happened."""
    applications = every_application(round_.ports)
    one_application_for_each_receipt(round_, applications)
    one_live_execution_for_each_application(round_, applications)
    one_decision_for_each_track(round_, applications)
    one_mail_for_each_notice(round_)
    seats_taken_never_exceed_the_capacity(round_, applications)
    every_open_application_is_due_for_something(applications)
    every_audit_chain_verifies_and_names_its_actors(round_, applications)
    every_promise_is_kept_or_was_warned_of(round_, applications)


def every_application(ports: FakePorts) -> list[Application]:
    ids = dict.fromkeys(changes.application.id for changes in ports.applications.commits)
    return [ports.applications.get(item) for item in ids]


def one_application_for_each_receipt(round_: Round, applications: Iterable[Application]) -> None:
    references = {item.reference: item for item in applications}
    for receipt in round_.receipts.values():
        application = references[receipt.reference]
        assert application.id == receipt.application
        assert application.received_at == receipt.received_at
    assert len({receipt.reference for receipt in round_.receipts.values()}) == len(round_.receipts)


def one_live_execution_for_each_application(
    round_: Round, applications: Iterable[Application]
) -> None:
    for application in applications:
        live = [item for item in round_.machine.of(application.id) if item.running]
        assert len(live) <= 1, (application.stage, [item.state for item in live])


def one_decision_for_each_track(round_: Round, applications: Iterable[Application]) -> None:
    for application in applications:
        tracks = [outcome.track for outcome in application.outcomes]
        assert len(tracks) == len(set(tracks))
        decided = [
            event.detail["track"]
            for event in round_.ports.applications.events(application.id)
            if event.kind == DECISION_MADE
        ]
        assert sorted(tracks) == sorted(str(track) for track in decided)


def one_mail_for_each_notice(round_: Round) -> None:
    sent = [
        (message.tags["application"], message.tags["notice"])
        for message in round_.ports.mailer.sent
    ]
    assert len(sent) == len(set(sent))


def seats_taken_never_exceed_the_capacity(
    round_: Round, applications: Iterable[Application]
) -> None:
    holders = [item.track for item in applications if holds_seat(item)]
    for track in round_.program.tracks:
        seats = round_.ports.rounds.seats(round_.program.key, track.key)
        assert seats.taken <= seats.capacity
        assert seats.taken == holders.count(track.key), track.key


def holds_seat(application: Application) -> bool:
    outcome = application.present_outcome
    if outcome is None or not outcome.seat:
        return False
    return application.is_open or application.closed_as is ClosedAs.ENROLLED


def every_open_application_is_due_for_something(applications: Iterable[Application]) -> None:
    for application in applications:
        assert application.due is not None or not application.is_open


def every_audit_chain_verifies_and_names_its_actors(
    round_: Round, applications: Iterable[Application]
) -> None:
    for application in applications:
        events = round_.ports.applications.events(application.id)
        assert verify(events, application.audit_length, application.audit_head)
        assert all(event.actor.id for event in events)
        words = " ".join(event.model_dump_json() for event in events)
        assert "@" not in words.replace("@20", "")  # marks hold the day after an @
        assert "Ada" not in words
        assert "Hospital" not in words


def every_promise_is_kept_or_was_warned_of(
    round_: Round, applications: Iterable[Application]
) -> None:
    now = round_.ports.clock.now()
    for application in applications:
        if application.promise is None or not application.is_open:
            continue
        step = Step(round_.ports, application, STAFF)
        until = promise_kept_until(step.program, application.promise, step.holidays_of)
        heard = application.answered_on
        if now >= until and (heard is None or heard > until):
            notices = round_.ports.applications.notices(application.id)
            warned = [
                item.created_at
                for item in notices
                if item.kind is NoticeKind.STAFF_ALERT and item.number.startswith("promise-")
            ]
            assert warned, application.stage
            assert min(warned) < until
