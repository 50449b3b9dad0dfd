"""What a member of staff reads and fills in before deciding about an application."""

from roundtable.domain.application import Decision
from roundtable.domain.decisions import announced_at, falls_back, wants_preview
from roundtable.domain.seats import Seats
from roundtable.usecases.staff.desk import Subject
from roundtable.web.pages.dates import day_in_words
from roundtable.web.pages.fields import Field, Option
from roundtable.web.pages.staff import stage_words
from roundtable.web.pages.staff.action_form import ActionForm
from roundtable.web.pages.texts import gettext as _
from roundtable.web.pages.texts import ngettext


def feedback_field(standing: str = "") -> Field:
    """Return the field for words to the team."""
    return Field(
        name="/feedback",
        label=_("Words for the team"),
        kind="long",
        optional=True,
        values=(standing,) if standing else (),
        hint=_("Written to the team with the decision. Left empty, the reviewers' words are sent."),
    )


def decision_field(seats: Seats, *, without: Decision | None = None, fallback: str = "") -> Field:
    """Return the three decisions with what each means now."""
    free = seats.open + seats.reserved
    left = ngettext("%(num)s seat is free.", "%(num)s seats are free.", free) % {"num": free}
    not_selected = (
        _("The team is considered for %(track)s next, by itself.") % {"track": fallback}
        if fallback
        else _("The team is told with the feedback, and the application ends.")
    )
    hints = {
        Decision.ACCEPTED: _("Takes a seat at once. %(left)s") % {"left": left},
        Decision.WAITLISTED: _("Gets a seat by itself when one becomes free, by score."),
        Decision.NOT_SELECTED: not_selected,
    }
    return Field(
        name="/decision",
        label=_("Decision"),
        kind="one",
        values=(without.value,) if without else (),
        options=tuple(
            Option(value=item.value, label=stage_words.decision(item), hint=hints[item])
            for item in Decision
        ),
    )


def told_when(about: Subject) -> str:
    """Return when the team hears of a decision taken now."""
    application, program = about.application, about.program
    days = [announced_at(application, program)]
    on = about.track.announcement.on
    if on is not None:
        days.append(program.start_of(on))
    day = max((item for item in days if item is not None), default=None)
    if about.track.announcement.preview or wants_preview(application, program):
        return _("The team hears of it once a person announces it.")
    if day is not None:
        return _("The team hears of it on %(day)s.") % {
            "day": day_in_words(program.local_date(day))
        }
    return _("The team is told at once, by e-mail.")


def decide_form(about: Subject) -> ActionForm:
    """Return the form of the first decision."""
    fallback = _fallback(about)
    return ActionForm(
        consequences=(
            _("The decision and its seat are written at once; the first decision stands."),
            told_when(about),
        ),
        fields=(decision_field(about.seats, fallback=fallback), feedback_field()),
        button=_("Decide"),
    )


def correct_form(about: Subject) -> ActionForm:
    """Return the form of another decision in the place of one not told yet."""
    standing = about.application.present_outcome
    return ActionForm(
        consequences=(
            _("The team was not told yet, so the decision can still be changed."),
            _("A seat is taken or given back at once, and the waiting notice is replaced."),
        ),
        fields=(
            decision_field(
                about.seats,
                without=standing.decision if standing else None,
                fallback=_fallback(about),
            ),
            feedback_field(standing.feedback if standing else ""),
        ),
        button=_("Correct the decision"),
    )


def _fallback(about: Subject) -> str:
    before = about.application.with_(
        outcomes=tuple(
            item for item in about.application.outcomes if item.track != about.application.track
        )
    )
    rule = about.track.fallback
    if rule is None or not falls_back(before, about.track, Decision.NOT_SELECTED):
        return ""
    return about.program.track(rule.track).name


def announce_form(about: Subject) -> ActionForm:
    """Return the form of telling a decision now."""
    outcome = about.application.present_outcome
    decided = stage_words.decision(outcome.decision) if outcome else ""
    return ActionForm(
        consequences=(
            _("The team is told now, by e-mail: %(decision)s.") % {"decision": decided},
            _("A notice that somebody held is released by this."),
            _("From then on the decision stands and cannot be corrected."),
        ),
        fields=(),
        button=_("Announce now"),
        is_final=True,
    )
