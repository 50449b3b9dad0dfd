"""Conflicts of interest that a reviewer tells: recusing from one application, or from all."""

from roundtable.domain.application import Application
from roundtable.domain.audit import Actor
from roundtable.domain.model import Record
from roundtable.domain.notices import NoticeKind
from roundtable.domain.organizations import organization_key
from roundtable.domain.requirements import FieldProblem
from roundtable.domain.reviews import Review, Reviewer, ReviewStatus, in_conflict
from roundtable.domain.stages import BEFORE_DECISION, Stage
from roundtable.messages.facts import StaffAlertFacts
from roundtable.ports import NotFound, Ports
from roundtable.usecases.errors import Invalid, NotNow
from roundtable.usecases.retry import again_on_conflict
from roundtable.usecases.reviewing.access import asked, is_present, registered
from roundtable.usecases.reviewing.assigning import replace_reviewer
from roundtable.usecases.step import Step

PAGE = 100
MAX_CONFLICTS = 200
IN_PANEL = frozenset({ReviewStatus.ASSIGNED, ReviewStatus.SUBMITTED})


class Conflicts(Record):
    """A reviewer's declared conflicts, and how many reviews ended because of the last one."""

    organizations: tuple[str, ...]
    recused: int = 0


def recuse(
    ports: Ports, application_id: str, reviewer_id: str, *, reason: str, declare: bool = False
) -> None:
    """End a reviewer's part in an application; what they scored does not count any more.

    Another reviewer is asked where the panel is still at work. With `declare`, the
    organization joins the reviewer's conflicts. Raises Unknown as `asked` does, NotNow once a
    decision stands.
    """
    reviewer, application, _ = asked(ports, application_id, reviewer_id)
    if declare and application.form.organization is not None:
        _keep_conflict(ports, reviewer, application.form.organization.name)
    _end(ports, application_id, reviewer, reason)


def declare_conflict(ports: Ports, reviewer_id: str, organization: str) -> Conflicts:
    """Keep an organization as a conflict, and end all open reviews of it.

    Nothing of it is assigned or shown to the reviewer any more. Raises Invalid for an empty
    name or a list grown too long.
    """
    reviewer = registered(ports, reviewer_id)
    reviewer = _keep_conflict(ports, reviewer, organization)
    recused = 0
    cursor: str | None = None
    while True:
        page = ports.applications.queue(reviewer.id, limit=PAGE, cursor=cursor)
        for review in page.items:
            recused += _end_if_in_conflict(ports, reviewer, review.application)
        cursor = page.cursor
        if cursor is None:
            return Conflicts(organizations=reviewer.conflicts, recused=recused)


def my_conflicts(ports: Ports, reviewer_id: str) -> Conflicts:
    """Return the organizations a reviewer declared."""
    return Conflicts(organizations=registered(ports, reviewer_id).conflicts)


def _keep_conflict(ports: Ports, reviewer: Reviewer, organization: str) -> Reviewer:
    name = " ".join(organization.split())
    if not organization_key(name) or len(reviewer.conflicts) >= MAX_CONFLICTS:
        reason = f"Name an organization; at most {MAX_CONFLICTS} can be kept."
        problem = FieldProblem(path="/organization", reason=reason)
        raise Invalid("invalid-conflict", "This conflict cannot be kept.", [problem])
    known = {organization_key(item) for item in reviewer.conflicts}
    if organization_key(name) in known:
        return reviewer
    after = reviewer.with_(conflicts=(*reviewer.conflicts, name))
    ports.rounds.keep_reviewer(after)
    return after


def _end_if_in_conflict(ports: Ports, reviewer: Reviewer, application_id: str) -> int:
    try:
        application = ports.applications.get(application_id)
    except NotFound:
        return 0
    if not in_conflict(reviewer, application):
        return 0
    try:
        _end(ports, application_id, reviewer, "conflict declared")
    except NotNow:
        return 0
    return 1


def _end(ports: Ports, application_id: str, reviewer: Reviewer, reason: str) -> None:
    actor = Actor(kind="reviewer", id=reviewer.id)

    def attempt() -> None:
        application = ports.applications.get(application_id)
        if application.stage not in BEFORE_DECISION:
            raise NotNow(
                "already-decided",
                f"A decision about {application.reference} stands. Tell the program's staff "
                "about your conflict of interest.",
            )
        mine = _mine(ports, application, reviewer.id)
        seated = application.stage is Stage.REVIEW and any(
            is_present(application, review) and review.status in IN_PANEL for review in mine
        )
        if seated:
            replace_reviewer(
                ports,
                application_id,
                reviewer.id,
                actor,
                reason=reason,
                status=ReviewStatus.RECUSED,
            )
            application = ports.applications.get(application_id)
            mine = _mine(ports, application, reviewer.id)
        if mine:
            _recuse_from(Step(ports, application, actor), mine, reason)

    again_on_conflict(attempt)


def _mine(ports: Ports, application: Application, reviewer_id: str) -> tuple[Review, ...]:
    return tuple(
        review
        for review in ports.applications.reviews(application.id)
        if review.reviewer == reviewer_id and review.status is not ReviewStatus.RECUSED
    )


def _recuse_from(step: Step, reviews: tuple[Review, ...], reason: str) -> None:
    """Take reviews out of the count whose panel is not at work any more."""
    for review in reviews:
        step.put_review(review.with_(status=ReviewStatus.RECUSED, closed_reason=reason))
        step.record("reviewer_recused", reviewer=review.reviewer, track=review.track)
    if any(
        review.status is ReviewStatus.SUBMITTED and is_present(step.after, review)
        for review in reviews
    ):
        step.notify(
            NoticeKind.STAFF_ALERT,
            StaffAlertFacts(
                reason="A reviewer recused after reviewing",
                detail="The review does not count any more. Decide with those that are left.",
            ),
            number=f"recused:{step.now:%Y%m%d%H%M%S%f}",
            to="staff",
        )
    step.commit()
