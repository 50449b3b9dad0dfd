"""What applicants send."""

from pydantic import Field

from roundtable.domain.application import Form
from roundtable.domain.model import Key, Record, ShortText
from roundtable.domain.requirements import FieldProblem
from roundtable.usecases.errors import Invalid


class NewDraft(Record):
    """What a new draft holds already; nothing has to be filled in yet."""

    form: Form = Form()


class SavedForm(Record):
    """A whole form, and the revision on which it is based (or `If-Match` says it)."""

    form: Form
    revision: int | None = Field(default=None, ge=0)


class AskedUpload(Record):
    """A file to be uploaded; type and size are those that the upload must have."""

    requirement: Key
    file_name: ShortText
    content_type: str = Field(min_length=1, max_length=200)
    size: int = Field(ge=0, le=10**12, description="Bytes.")
    replaces: int | None = Field(default=None, ge=1, le=10**6)


class GivenLink(Record):
    """A video's address on an allowed host, with its length as far as the applicant knows."""

    requirement: Key
    url: str = Field(min_length=1, max_length=2_000)
    stated_seconds: int | None = Field(default=None, ge=0, le=86_400)
    replaces: int | None = Field(default=None, ge=1, le=10**6)


class WantedTrack(Record):
    """The track to change to."""

    track: Key


class OfferAnswer(Record):
    """The team's answer to its offer."""

    answer: bool = Field(description="true: the team takes part.")


def revision_of(body: SavedForm, if_match: str) -> int:
    """Return the revision a change is based on; raises Invalid where it is not said."""
    given = if_match.strip().removeprefix("W/").strip('"')
    if given.isascii() and given.isdigit():
        return int(given)
    if body.revision is not None and not given:
        return body.revision
    reason = "Send the revision that you read, as If-Match or in the body."
    raise Invalid("revision-missing", reason, [FieldProblem(path="/revision", reason=reason)])
