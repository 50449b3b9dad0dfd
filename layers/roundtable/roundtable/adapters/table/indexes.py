"""Index attributes: what puts an item into the lists it belongs to, and takes it out again."""

from roundtable.adapters.table import keys
from roundtable.adapters.table.listings import Listing
from roundtable.adapters.table.marshalling import iso, newest_first
from roundtable.domain.application import Application
from roundtable.domain.due import Due
from roundtable.domain.notices import Notice, NoticeStatus
from roundtable.domain.organizations import organization_key
from roundtable.domain.reviews import Review, ReviewStatus

NOT_LISTED = frozenset({NoticeStatus.SENT, NoticeStatus.DELIVERED})


def of_application(application: Application) -> dict[str, str]:
    """Return every index attribute of an application; empty where it is in no such list."""
    identity = application.id
    shard = keys.shard(identity)
    place = f"{application.program}#{application.stage}"
    since = application.received_at or application.created_at
    organization = application.form.organization
    found_as = organization_key(organization.name) if organization else ""
    listed = bool(found_as) and application.submitted
    stuck = application.help
    return {
        "stage_pk": f"{place}#{shard}",
        "track_pk": f"{place}#{application.track}#{shard}",
        "stage_sk": f"{iso(since)}#{identity}",
        **_due(application.due, identity, ""),
        "organization_pk": f"{application.program}#{found_as}" if listed else "",
        "organization_sk": identity if listed else "",
        "attention_pk": f"{application.program}#help" if stuck else "",
        "attention_sk": f"{iso(stuck.since)}#{identity}#" if stuck else "",
    }


def of_notice(notice: Notice) -> dict[str, str]:
    """Return every index attribute of a notice; empty where it is in no such list."""
    listed = notice.status not in NOT_LISTED
    place = f"{iso(notice.created_at)}#{notice.application}#{notice.key}"
    return {
        **_due(notice.due, notice.application, notice.key),
        "attention_pk": f"{notice.program}#notice#{notice.status}" if listed else "",
        "attention_sk": place if listed else "",
    }


def of_review(review: Review) -> dict[str, str]:
    """Return every index attribute of a review; empty where it is in no list of its reviewer."""
    place = f"{review.application}#{review.track}#{review.round:03}"
    if review.status is ReviewStatus.ASSIGNED:
        return {
            "reviewer_pk": review.reviewer,
            "reviewer_sk": f"{iso(review.due_at)}#{place}",
        }
    if review.given and review.submitted_at is not None:
        return {
            "reviewer_pk": given_by(review.reviewer),
            "reviewer_sk": f"{newest_first(review.submitted_at)}#{place}",
        }
    return {"reviewer_pk": "", "reviewer_sk": ""}


def given_by(reviewer: str) -> str:
    """Return the partition of the reviews that a reviewer gave."""
    return f"{reviewer}#given"


def _due(due: Due | None, application: str, notice: str) -> dict[str, str]:
    shard = keys.shard(application)
    return {
        "due_pk": f"DUE#{shard}" if due else "",
        "due_sk": f"{iso(due.at)}#{application}#{notice}" if due else "",
        "due_action": due.action if due else "",
    }


def in_stage(program: str, stage: str, track: str | None) -> Listing:
    """Return the list of a stage's applications, of one track or of all."""
    place = f"{program}#{stage}#{track}" if track else f"{program}#{stage}"
    index = "track" if track else "stage"
    return Listing(index, tuple(f"{place}#{shard}" for shard in keys.SHARDS))


def due(until: str, program: str | None) -> Listing:
    """Return the list of what is due up to and including an instant (as `iso` writes it)."""
    partitions = tuple(f"DUE#{shard}" for shard in keys.SHARDS)
    return Listing("due", partitions, until=f"{until}$", program=program or "")
