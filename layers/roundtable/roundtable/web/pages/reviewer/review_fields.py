"""The fields of a review, as the program asks for them."""

from collections.abc import Iterator, Sequence

from roundtable.domain.program import VideoRequirement
from roundtable.domain.reviews import Recommendation
from roundtable.usecases.reviewing.desk import Desk
from roundtable.web.pages.fields import Field, Option
from roundtable.web.pages.posted import Posted
from roundtable.web.pages.program_words import video_choice
from roundtable.web.pages.texts import gettext as _


def review_fields(desk: Desk, said: Posted) -> tuple[Field, ...]:
    """Return every field in the order of the page, with what was said so far."""
    return tuple(
        field.model_copy(update={"values": _values(field, said)}) for field in _fields(desk)
    )


def videos(desk: Desk) -> tuple[tuple[str, VideoRequirement], ...]:
    """Return the videos that are asked for, each with the pointer of its checklist."""
    asked = [item.asked for item in desk.requirements]
    videos = [item for item in asked if isinstance(item, VideoRequirement)]
    return tuple((f"/checklist/{place}", video) for place, video in enumerate(videos))


def as_written(ticked: Sequence[str], known: Sequence[str]) -> list[str]:
    """Return what was ticked off as the program writes it: browsers change spaces and lines."""
    written = {" ".join(item.split()): item for item in known}
    return [written.get(" ".join(item.split()), item) for item in ticked]


def _values(field: Field, said: Posted) -> tuple[str, ...]:
    given = said.all(field.name)
    if field.kind != "some":
        return given
    return tuple(as_written(given, [option.value for option in field.options]))


def _fields(desk: Desk) -> Iterator[Field]:
    for at, video in videos(desk):
        included, chosen = f"{at}/included", f"{at}/chosen"
        yield Field(
            name=included,
            label=_("The video includes:"),
            kind="some",
            options=tuple(Option(value=item, label=item) for item in video.must_include),
        )
        yield Field(
            name=chosen,
            label=video_choice(video) or _("And:"),
            kind="some",
            options=tuple(Option(value=item, label=item) for item in video.choose_from),
        )
    for criterion in desk.review.rubric:
        points = (str(number) for number in range(1, criterion.scale + 1))
        yield Field(
            name=f"/scores/{criterion.key}",
            label=criterion.title,
            kind="one",
            options=tuple(Option(value=number, label=number) for number in points),
        )
    yield Field(
        name="/recommendation",
        label=_("What do you recommend?"),
        kind="one",
        options=tuple(_recommendations(desk)),
    )
    for place, item in enumerate(desk.returnable):
        yield Field(
            name=f"/returns/{place}/documents",
            label=_("Which of these? Leave all open to return every one."),
            kind="some",
            options=tuple(
                Option(value=str(one.number), label=f"{one.number}. {one.file_name}")
                for one in item.documents
            ),
        )
        yield Field(
            name=f"/returns/{place}/reason",
            label=_("What is to be mended in: %(title)s") % {"title": item.asked.title},
            kind="long",
            rows=3,
            hint=_("The applicant reads this. Leave it empty if nothing is to be mended."),
        )
    yield Field(
        name="/comment",
        label=_("Comment for staff and the other reviewers"),
        kind="long",
        optional=True,
        hint=_("The applicant does not see it."),
    )
    yield Field(
        name="/feedback",
        label=_("Feedback for the applicant"),
        kind="long",
        optional=True,
        hint=_("Staff may send it with the decision. Write what would help this team."),
    )


def _recommendations(desk: Desk) -> Iterator[Option]:
    yield Option(value=Recommendation.APPROVE, label=_("Approve"))
    yield Option(value=Recommendation.DECLINE, label=_("Decline"))
    if desk.returnable:
        yield Option(
            value=Recommendation.RETURN,
            label=_("Return to the applicant"),
            hint=_("Something is to be mended first. You are asked again afterwards."),
        )
