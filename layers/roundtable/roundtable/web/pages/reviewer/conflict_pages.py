"""Stepping back from an application, and the organizations that somebody cannot review."""

from collections.abc import Sequence

from aws_lambda_powertools.event_handler import Response

from roundtable.domain.requirements import FieldProblem
from roundtable.usecases.reviewing.conflicts import Conflicts
from roundtable.usecases.reviewing.past import LookBack
from roundtable.web.pages.fields import Field, Option, summary, with_errors
from roundtable.web.pages.layout import Banner
from roundtable.web.pages.members import REVIEWERS, Member, members_layout, members_page
from roundtable.web.pages.posted import Posted
from roundtable.web.pages.reviewer import addresses
from roundtable.web.pages.texts import gettext as _
from roundtable.web.pages.texts import ngettext

REASON, DECLARE, ORGANIZATION = "/reason", "/declare", "/organization"
"""Names of fields."""
_INVALID = 422
_LONGEST = 200


def recusal_page(
    present: Member,
    looked: LookBack,
    said: Posted,
    *,
    problems: Sequence[FieldProblem] = (),
) -> Response[str]:
    """Return the page that says what stepping back means, and asks for a reason."""
    past = looked.past
    name = past.organization or past.reference
    also = _("I have a conflict of interest with %(name)s, also in the future") % {"name": name}
    fields = with_errors(
        (
            Field(
                name=REASON,
                label=_("Why do you step back?"),
                hint=_("Staff read it, the applicant does not. A few words are enough."),
                values=said.all(REASON),
            ),
            Field(
                name=DECLARE,
                label=_("Conflict of interest"),
                kind="some",
                options=(
                    Option(
                        value="yes",
                        label=also,
                        hint=_("Nothing of this organization is given to you any more."),
                    ),
                ),
                values=said.all(DECLARE),
            ),
        ),
        problems,
    )
    layout = members_layout(
        present,
        REVIEWERS,
        _("Step back from reviewing %(name)s") % {"name": name},
        addresses.recusal_path(past.application),
        current=addresses.HOME,
        back=addresses.review_path(past.application),
        errors=summary(fields, problems),
    )
    return members_page(
        present,
        "reviewer/recusal.html",
        layout,
        status=_INVALID if problems else 200,
        past=past,
        fields=fields,
        addresses=addresses,
    )


def conflicts_page(
    present: Member,
    known: Conflicts,
    said: Posted,
    *,
    ended: int | None = None,
    problems: Sequence[FieldProblem] = (),
) -> Response[str]:
    """Return the organizations that were declared, and a form to add one.

    `ended` is how many open reviews the last one ended; None where none was added just now.
    """
    field = Field(
        name=ORGANIZATION,
        label=_("Name of the organization"),
        hint=_("As it is known to others, such as St. Mary Medical Center."),
        autocomplete="off",
        values=said.all(ORGANIZATION),
    )
    fields = with_errors((field,), problems)
    layout = members_layout(
        present,
        REVIEWERS,
        _("Conflicts of interest"),
        addresses.CONFLICTS,
        banner=_declared(ended),
        errors=summary(fields, problems),
    )
    return members_page(
        present,
        "reviewer/conflicts.html",
        layout,
        status=_INVALID if problems else 200,
        organizations=known.organizations,
        fields=fields,
        addresses=addresses,
    )


def recusal_problems(said: Posted) -> tuple[FieldProblem, ...]:
    """Return what is wrong with a form of stepping back."""
    reason = said.one(REASON)
    if not reason:
        return (FieldProblem(path=REASON, reason=_("Say in a few words why you step back.")),)
    return _too_long(REASON, reason)


def conflict_problems(said: Posted) -> tuple[FieldProblem, ...]:
    """Return what is wrong with a form that declares a conflict."""
    name = said.one(ORGANIZATION)
    if not name:
        problem = _("Enter the name of the organization.")
        return (FieldProblem(path=ORGANIZATION, reason=problem),)
    return _too_long(ORGANIZATION, name)


def _too_long(path: str, text: str) -> tuple[FieldProblem, ...]:
    if len(text) <= _LONGEST:
        return ()
    reason = _("Shorten this to %(most)s characters; it has %(number)s.")
    return (FieldProblem(path=path, reason=reason % {"most": _LONGEST, "number": len(text)}),)


def _declared(ended: int | None) -> Banner | None:
    if ended is None:
        return None
    kept = _("The organization is kept as a conflict.")
    if not ended:
        return Banner(text=kept, success=True)
    passed_on = ngettext(
        "%(num)s open review of it goes to somebody else.",
        "%(num)s open reviews of it go to somebody else.",
        ended,
    ) % {"num": ended}
    return Banner(text=f"{kept} {passed_on}", success=True)
