"""The outbox, and one notice of it in its words."""

from aws_lambda_powertools.event_handler import Response

from roundtable.domain.notices import NoticeStatus
from roundtable.ports import Page
from roundtable.usecases.errors import NotNow
from roundtable.usecases.staff.notices import LISTED, MOST_COUNTED, Preview, preview
from roundtable.usecases.staff.story import NoticeRow
from roundtable.web.pages.layout import Banner, Link
from roundtable.web.pages.members import STAFF, Member, members_layout, members_page
from roundtable.web.pages.staff import stage_words, story_words
from roundtable.web.pages.staff.addresses import application_path
from roundtable.web.pages.staff.frame import AtProgram
from roundtable.web.pages.staff.notice_actions import About, NoticeAction, action_titles
from roundtable.web.pages.texts import gettext as _


def outbox_page(
    at: AtProgram,
    status: NoticeStatus,
    rows: Page[NoticeRow],
    counts: dict[NoticeStatus, int],
    references: dict[str, str],
    *,
    begun: bool,
) -> Response[str]:
    """Return one list of the outbox; `references` are told by application."""
    path = at.path("/notices")
    return members_page(
        at.present,
        "staff/notices.html",
        at.layout(_("Notices"), "/notices", wide=True),
        at=at,
        listed=status,
        rows=rows.items,
        references=references,
        lists=[
            (
                Link(
                    text=story_words.outbox(item),
                    href=f"{path}?status={item}",
                    current=item is status,
                ),
                f"{MOST_COUNTED}+" if counts[item] >= MOST_COUNTED else str(counts[item]),
            )
            for item in LISTED
        ],
        begin=f"{path}?status={status}" if begun else "",
        following=f"{path}?status={status}&cursor={rows.cursor}" if rows.cursor else "",
        words=story_words,
        stages=stage_words,
    )


def notice_page(present: Member, about: About, *, done: str = "") -> Response[str]:
    """Return one notice in the words it would have now; `done` names what was just done."""
    happened = {
        NoticeAction.HOLD: _("The notice is held until somebody releases it."),
        NoticeAction.RELEASE: _("The notice is released."),
        NoticeAction.REGENERATE: _("The notice was made anew, in the program's present words."),
        NoticeAction.SEND_AGAIN: _("A copy of the notice is about to leave. This is the copy."),
    }
    said = next((text for action, text in happened.items() if action == done), "")
    shown, unwritten = _preview(present, about)
    layout = members_layout(
        present,
        STAFF,
        story_words.notice(about.notice.kind),
        about.path,
        program=about.program,
        current=f"/staff/programs/{about.program.key}/notices",
        back=application_path(about.application.reference),
        banner=Banner(text=said, success=True) if said else None,
    )
    return members_page(
        present,
        "staff/notice.html",
        layout,
        about=about,
        shown=shown,
        unwritten=unwritten,
        actions=[
            Link(text=action_titles()[item], href=f"{about.path}/{item}") for item in about.actions
        ],
        words=story_words,
    )


def _preview(present: Member, about: About) -> tuple[Preview | None, str]:
    try:
        return preview(present.ports, about.application.id, about.notice.key), ""
    except NotNow as refusal:
        return None, refusal.sentence
