"""What a member of staff reads and fills in before something is done to an application."""

from roundtable.domain.documents import current
from roundtable.domain.program import LetterRequirement, VideoRequirement
from roundtable.usecases.staff.desk import Subject
from roundtable.usecases.staff.possible import StaffAction
from roundtable.web.pages.fields import Field, Option
from roundtable.web.pages.staff import stage_words
from roundtable.web.pages.staff.action_form import ActionForm, reason_field
from roundtable.web.pages.staff.decision_forms import announce_form, correct_form, decide_form
from roundtable.web.pages.texts import gettext as _
from roundtable.web.pages.texts import ngettext

UNTIL, RETURNS = "/until", "/returns"


def action_form(action: StaffAction, about: Subject) -> ActionForm:
    """Return the form of an action as it is first shown."""
    made = {
        StaffAction.DECIDE: decide_form,
        StaffAction.CORRECT_DECISION: correct_form,
        StaffAction.ANNOUNCE: announce_form,
        StaffAction.RESTART: _restart,
        StaffAction.EXTEND: _extend,
        StaffAction.RETURN: _return,
        StaffAction.ADMIT: _admit,
        StaffAction.REPLACE_REVIEWER: _replace,
        StaffAction.ASSIGN: _assign,
        StaffAction.TRANSFER: _transfer,
        StaffAction.WITHDRAW: _withdraw,
    }[action](about)
    if action is StaffAction.RETURN:
        return made
    return made.with_(fields=(*made.fields, reason_field()))


def _restart(about: Subject) -> ActionForm:
    stage = stage_words.stage(about.application.stage)
    return ActionForm(
        consequences=(
            _("The workflow goes on from where the application stands: %(stage)s.")
            % {"stage": stage},
            _("A workflow that was lost is begun anew. Nothing is sent twice."),
        ),
        fields=(),
        button=_("Restart"),
    )


def _extend(about: Subject) -> ActionForm:
    closed = not about.application.is_open
    again = _("The application was closed by its deadline, and is opened again.")
    return ActionForm(
        consequences=(
            _("The team may work on it until the end of the day that you choose, and is told."),
            *((again,) if closed else ()),
            _("Nobody else gets more time by it."),
        ),
        fields=(
            Field(
                name=UNTIL,
                label=_("Last day"),
                width="10",
                hint=_("In the time zone of %(zone)s.")
                % {"zone": about.program.timezone.replace("_", " ")},
            ),
        ),
        button=_("Give more time"),
    )


def _return(about: Subject) -> ActionForm:
    days = about.track.corrections.within_days
    return ActionForm(
        consequences=(
            _("It is no rejection: the team is told what to mend, in your words."),
            ngettext(
                "The team has %(num)s day to mend it.",
                "The team has %(num)s days to mend it.",
                days,
            )
            % {"num": days},
            _("Documents that are mended are checked anew."),
        ),
        fields=tuple(
            Field(
                name=f"{RETURNS}/{item.key}",
                label=item.title,
                kind="long",
                rows=3,
                optional=True,
                hint=_("What is to be mended about it? Leave it empty where nothing is."),
            )
            for item in about.track.requirements
            if isinstance(item, LetterRequirement | VideoRequirement)
            and current(about.documents, item.key)
        ),
        button=_("Return to the team"),
    )


def _admit(about: Subject) -> ActionForm:
    findings = {item.requirement: item.reason for item in about.application.findings}
    return ActionForm(
        consequences=(
            _("The requirement counts as fulfilled as it is, for this application alone."),
            _("If nothing else is missing, the application goes on at once."),
        ),
        fields=(
            Field(
                name="/requirement",
                label=_("Requirement"),
                kind="one",
                options=tuple(
                    Option(value=item.key, label=item.title, hint=findings.get(item.key, ""))
                    for item in about.track.requirements
                    if item.key not in about.application.admitted
                ),
            ),
        ),
        button=_("Admit it"),
    )


def _replace(about: Subject) -> ActionForm:
    return ActionForm(
        consequences=(
            _("The review is taken back, and what it says does not count any more."),
            _(
                "Another reviewer without a conflict of interest is asked at once. If nobody is "
                "left, the place stays empty and staff are alerted."
            ),
        ),
        fields=(
            Field(
                name="/reviewer",
                label=_("Reviewer"),
                kind="one",
                options=tuple(
                    Option(
                        value=seat.reviewer,
                        label=about.reviewers.get(seat.reviewer, seat.reviewer),
                        hint=_("Has given a review.") if seat.done else _("No review yet."),
                    )
                    for seat in about.application.panel
                ),
            ),
        ),
        button=_("Replace"),
    )


def _assign(about: Subject) -> ActionForm:
    lacking = about.track.review.needed - len(about.application.panel)
    return ActionForm(
        consequences=(
            ngettext(
                "%(num)s place of the panel is empty.",
                "%(num)s places of the panel are empty.",
                lacking,
            )
            % {"num": lacking},
            _("Reviewers without a conflict of interest, those with the least to do, are asked."),
        ),
        fields=(),
        button=_("Fill the panel"),
    )


def _transfer(about: Subject) -> ActionForm:
    return ActionForm(
        consequences=(
            _("The receipt time stays, and the promise is reckoned anew for the other track."),
            _("Checks begin anew; reviews for the present track do not count any more."),
            _("The team is told."),
        ),
        fields=(
            Field(
                name="/track",
                label=_("To which track"),
                kind="one",
                options=tuple(
                    Option(value=track.key, label=track.name)
                    for track in about.program.tracks
                    if track.key != about.application.track
                ),
            ),
        ),
        button=_("Move it"),
    )


def _withdraw(about: Subject) -> ActionForm:
    outcome = about.application.present_outcome
    holds = outcome is not None and bool(outcome.seat)
    seat = _("Its seat goes to the next on the waitlist.")
    return ActionForm(
        consequences=(
            _("The application ends for good, and the team is told that you withdrew it."),
            *((seat,) if holds else ()),
            _("Reviewers who were asked are freed."),
        ),
        fields=(),
        button=_("Withdraw it"),
        is_final=True,
    )
