"""Parts of a form: a page holds one, and saves it onto whatever the rest of the form is by then.

Two tabs on two pages never disagree. On the same page they do only if its own part was changed
meanwhile, and then nothing is overwritten.
"""

import hashlib
from collections.abc import Iterable, Mapping

from roundtable.domain.application import Application, Form
from roundtable.ports import Conflict, Ports, Session
from roundtable.usecases.applying.drafts import own, save
from roundtable.usecases.errors import Invalid, Stale
from roundtable.usecases.retry import again_on_conflict

Place = tuple[str, ...]
"""Where a value stands in a form: `("contact",)`, `("answers", "why-now")`."""

MOST_BYTES = 200_000
"""Of a whole form; half of what one record of the table may hold."""


class ChangedMeanwhile(Stale):
    """The same part was saved from elsewhere since it was read; nothing was overwritten."""

    def __init__(self, newest: Application) -> None:
        super().__init__(
            "changed-meanwhile",
            "This page was changed meanwhile, and nothing was overwritten. Read it again.",
        )
        self.newest = newest


def pointer(place: Place) -> str:
    """Return a place as the JSON pointer by which problems and fields name it."""
    return "/" + "/".join(place)


def values_at(form: Form, places: Iterable[Place]) -> dict[Place, object]:
    """Return what a form holds at some places; those that hold nothing are left out."""
    found: dict[Place, object] = {}
    for place in places:
        top: object = getattr(form, place[0])
        value = top if len(place) == 1 else dict(_entries(form, place[0])).get(place[1])
        if value not in (None, (), ""):
            found[place] = value
    return found


def with_values(form: Form, values: Mapping[Place, object]) -> Form:
    """Return a form with other values at some places; None takes a value away.

    Raises ValidationError for what a form cannot hold.
    """
    changes: dict[str, object] = {}
    entries: dict[str, dict[str, object]] = {}
    for place, value in values.items():
        name = place[0]
        if len(place) == 1:
            changes[name] = getattr(Form(), name) if value is None else value
            continue
        of_name = entries.setdefault(name, dict(_entries(form, name)))
        of_name.pop(place[1], None)
        if value is not None:
            of_name[place[1]] = value
    return form.with_(**changes, **entries)


def revision_of(form: Form, places: Iterable[Place]) -> str:
    """Return a mark of what a form holds at some places: the same content has the same mark."""
    part = with_values(Form(), values_at(form, places))
    return hashlib.sha256(part.model_dump_json().encode()).hexdigest()[:24]


def save_part(
    ports: Ports,
    session: Session,
    application_id: str,
    values: Mapping[Place, object],
    *,
    places: Iterable[Place],
    revision: str,
    language: str = "",
) -> Application:
    """Save values of one part onto the newest form; the same values again are no change.

    `revision` is the mark of the part at `places` as it was read. Raises ChangedMeanwhile with
    the newest application, Invalid where the form gets too large, Unknown, or NotNow as `save`,
    which also takes the `language`.
    """
    part = tuple(places)

    def attempt() -> Application:
        application = own(ports, session, application_id)
        form = with_values(application.form, values)
        if form == application.form:
            return application
        if revision_of(application.form, part) != revision:
            raise ChangedMeanwhile(application)
        if len(form.model_dump_json().encode()) > MOST_BYTES:
            raise Invalid("too-large", "The form holds more text than can be kept.")
        try:
            return save(
                ports,
                session,
                application.id,
                form,
                revision=application.form_revision,
                language=language,
            )
        except Stale:
            # Another part was saved between the two reads: this one goes onto that.
            raise Conflict(application_id) from None

    return again_on_conflict(attempt)


def _entries(form: Form, name: str) -> Mapping[str, object]:
    entries: Mapping[str, object] = getattr(form, name)
    return entries
