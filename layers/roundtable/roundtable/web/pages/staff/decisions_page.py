"""Deciding: what waits, several together with a second person, and what became of each."""

from collections.abc import Sequence
from http import HTTPStatus

from aws_lambda_powertools.event_handler import Response

from roundtable.domain.application import Decision
from roundtable.domain.proposals import MOST_AT_ONCE, Proposal, ProposalStatus
from roundtable.usecases.deciding.together import was_cut_off
from roundtable.usecases.errors import Invalid, NotNow, Refused
from roundtable.usecases.staff.deciding import ToDecide, Together
from roundtable.web.pages.fields import Field, Option, SummaryError, summary, with_errors
from roundtable.web.pages.layout import Banner
from roundtable.web.pages.members import members_page
from roundtable.web.pages.posted import Posted
from roundtable.web.pages.reviewer import words as reading
from roundtable.web.pages.staff import stage_words, story_words
from roundtable.web.pages.staff.action_form import reason_field
from roundtable.web.pages.staff.frame import AtProgram
from roundtable.web.pages.staff.history_words import HistoryWords
from roundtable.web.pages.staff.mix_bars import mix_bars
from roundtable.web.pages.texts import gettext as _
from roundtable.web.pages.texts import ngettext

CHOSEN = "a"
"""The field with each application that was chosen."""
TRACK = "track"
TOGETHER = "/decisions/together"
PROPOSALS = "/decisions/proposals"


def decisions_page(
    at: AtProgram, listed: ToDecide, *, refusal: Refused | None = None, done: str = ""
) -> Response[str]:
    """Return what waits for a decision of staff, track by track."""
    errors = (SummaryError(text=refusal.sentence),) if refusal else ()
    dropped = _("The proposal was dropped. Nothing was decided by it.")
    return members_page(
        at.present,
        "staff/decisions.html",
        at.layout(
            _("Decisions"),
            "/decisions",
            wide=True,
            errors=errors,
            banner=Banner(text=dropped, success=True) if done == "drop" else None,
        ),
        status=HTTPStatus.UNPROCESSABLE_ENTITY if refusal else HTTPStatus.OK,
        at=at,
        tracks=[(track, mix_bars(track.mix)) for track in listed.tracks],
        proposals=[item for item in listed.proposals if item.status is ProposalStatus.OPEN],
        closed=[item for item in listed.proposals if item.status is not ProposalStatus.OPEN][:10],
        track_names={track.key: track.name for track in at.program.tracks},
        path=at.path(TOGETHER),
        proposals_path=at.path(PROPOSALS),
        most=MOST_AT_ONCE,
        people=_people(at),
        words=story_words,
        stages=stage_words,
        reading=reading,
    )


def together_page(
    at: AtProgram,
    chosen: Together,
    *,
    filled: Posted | None = None,
    refusal: Invalid | None = None,
) -> Response[str]:
    """Return the page on which one decision is proposed for several applications."""
    free = chosen.seats.open + chosen.seats.reserved
    left = ngettext("%(num)s seat is free.", "%(num)s seats are free.", free) % {"num": free}
    hints = {Decision.ACCEPTED: left}
    decision = Field(
        name="/decision",
        label=_("Decision for all of them"),
        kind="one",
        options=tuple(
            Option(value=item.value, label=stage_words.decision(item), hint=hints.get(item, ""))
            for item in Decision
        ),
    )
    fields: tuple[Field, ...] = (decision, reason_field())
    if filled:
        fields = tuple(field.with_(values=filled.all(field.name)) for field in fields)
    problems = refusal.problems if refusal else ()
    fields = with_errors(fields, problems)
    number = len(chosen.candidates)
    title = ngettext("Decide %(num)s application", "Decide %(num)s applications together", number)
    return members_page(
        at.present,
        "staff/together.html",
        at.layout(
            title % {"num": number},
            "/decisions",
            back=at.path("/decisions"),
            errors=summary(fields, problems),
            wide=True,
        ),
        status=HTTPStatus.UNPROCESSABLE_ENTITY if refusal else HTTPStatus.OK,
        at=at,
        chosen=chosen,
        mix=mix_bars(chosen.mix),
        fields=fields,
        path=at.path(TOGETHER),
        words=story_words,
        stages=stage_words,
        reading=reading,
    )


def proposal_page(
    at: AtProgram,
    proposal: Proposal,
    chosen: Together,
    *,
    refusal: NotNow | None = None,
    done: str = "",
) -> Response[str]:
    """Return one proposal: to confirm, or with what became of each application."""
    said = {
        "propose": _("Proposed. Nothing is decided until a second person confirms it."),
        "confirm": _("Carried out. What became of each application stands below."),
    }
    happened = said.get(done, "")
    mine = proposal.proposed_by == str(at.present.caller.as_staff)
    cut_off = was_cut_off(at.present.ports, proposal)
    return members_page(
        at.present,
        "staff/proposal.html",
        at.layout(
            _("Decide together: %(decision)s")
            % {"decision": stage_words.decision(proposal.decision)},
            f"{PROPOSALS}/{proposal.id}",
            back=at.path("/decisions"),
            errors=(SummaryError(text=refusal.sentence),) if refusal else (),
            banner=Banner(text=happened, success=True) if happened and not refusal else None,
            wide=True,
        ),
        status=HTTPStatus.CONFLICT if refusal else HTTPStatus.OK,
        at=at,
        proposal=proposal,
        chosen=chosen,
        rows={item.row.application: item for item in chosen.candidates},
        mix=mix_bars(chosen.mix),
        mine=mine,
        confirmable=not mine and (proposal.status is ProposalStatus.OPEN or cut_off),
        cut_off=cut_off,
        droppable=proposal.status is ProposalStatus.OPEN,
        path=at.path(f"{PROPOSALS}/{proposal.id}"),
        people=_people(at),
        words=story_words,
        stages=stage_words,
        reading=reading,
    )


def _people(at: AtProgram) -> HistoryWords:
    return HistoryWords(at.program, {}, str(at.present.caller.as_staff))


def chosen_in(pairs: Sequence[tuple[str, str]]) -> tuple[str, tuple[str, ...]]:
    """Return the track and the applications that a query or a form names."""
    track = next((value for name, value in pairs if name == TRACK), "")
    return track, tuple(value for name, value in pairs if name == CHOSEN)
