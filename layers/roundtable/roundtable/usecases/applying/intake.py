"""A complete application from a web form that exists elsewhere: one request, one receipt."""

import hashlib
import json

from pydantic import Field

from roundtable.domain.application import Answer, Application, Form
from roundtable.domain.audit import Actor
from roundtable.domain.documents import Document, current
from roundtable.domain.model import Key, Record, ShortText
from roundtable.domain.program import Program, Question
from roundtable.messages.links import Links
from roundtable.ports import Ports, UploadForm
from roundtable.usecases.applying.description import published
from roundtable.usecases.applying.sign_in import NotSignedIn
from roundtable.usecases.applying.submission import Receipt, receive
from roundtable.usecases.applying.uploads import ask_for_upload, give_link
from roundtable.usecases.errors import Refused

MOST_DOCUMENTS = 10
_YES = frozenset({"yes", "true", "on", "1"})
_NO = frozenset({"no", "false", "off", "0"})


class AnnouncedDocument(Record):
    """A document that belongs to the application: a file to be uploaded, or a video's address."""

    requirement: Key
    file_name: ShortText | None = None
    content_type: str = Field(default="", max_length=200)
    size: int = Field(default=0, ge=0, le=10**12, description="Bytes.")
    url: str = Field(default="", max_length=2_000)
    stated_seconds: int | None = Field(default=None, ge=0, le=86_400)


class WebForm(Form):
    """A form with the documents that follow it."""

    documents: tuple[AnnouncedDocument, ...] = Field(default=(), max_length=MOST_DOCUMENTS)


class Slot(Record):
    """What became of one announced document: where to upload it, or why not."""

    requirement: Key
    number: int | None = None
    upload: UploadForm | None = None
    problem: str = ""


class Acknowledgement(Receipt):
    """The receipt of a web form, with where documents go."""

    uploads: tuple[Slot, ...]
    upload_page: str
    """Where the contact signs in by e-mail to add documents later."""


def submit_web_form(
    ports: Ports, program_key: str, web_form: WebForm, *, key: str, idempotency_key: str
) -> Acknowledgement:
    """Receive a complete application for a program whose form key is shown.

    A repeated request gives the same receipt, and new upload slots for what has not arrived.
    Raises Unknown, NotSignedIn for a wrong form key, Invalid, NotNow and KeyReused. A document
    that cannot be taken does not stand in the application's way: its slot says why.
    """
    _, program = published(ports, program_key)
    key_hash = hashlib.sha256(key.encode()).hexdigest()
    if not key or not ports.rounds.knows_form_key(program.key, key_hash):
        raise NotSignedIn("form-key-refused", "Send this program's key in the header X-Form-Key.")
    form = typed_answers(program, Form.model_validate(web_form.model_dump(exclude={"documents"})))
    actor = Actor(kind="form", id=f"{program.key}-{key_hash[:8]}")
    body = json.dumps(web_form.model_dump(mode="json"), sort_keys=True)
    body_hash = hashlib.sha256(body.encode()).hexdigest()
    receipt = receive(
        ports,
        program.key,
        form,
        actor,
        idempotency_key=idempotency_key,
        body_hash=body_hash,
    )
    application = ports.applications.get(receipt.application)
    present = ports.applications.documents(application.id) if web_form.documents else ()
    slots = (_slot(ports, application, actor, item, present) for item in web_form.documents)
    return Acknowledgement(
        **dict(receipt),
        uploads=tuple(slots),
        upload_page=Links(ports.site_url).application(application),
    )


def typed_answers(program: Program, form: Form) -> Form:
    """Return the form with answers as their questions mean them.

    A form-encoded field is always text: `yes` answers a yes-or-no question, and a single
    choice is a list of one where several may be chosen.
    """
    questions = {item.key: item for section in program.sections for item in section.questions}
    return form.with_(
        answers={
            key: _typed(questions[key], given) if key in questions else given
            for key, given in form.answers.items()
        }
    )


def _typed(question: Question, given: Answer) -> Answer:
    if not isinstance(given, str):
        return given
    if question.kind == "choices":
        return (given,)
    if question.kind == "yes_no" and given.strip().lower() in _YES | _NO:
        return given.strip().lower() in _YES
    return given


def _slot(
    ports: Ports,
    application: Application,
    actor: Actor,
    announced: AnnouncedDocument,
    present: tuple[Document, ...],
) -> Slot:
    requirement = announced.requirement
    try:
        if announced.url:
            # A repeated request must not make a new version of the same link.
            linked = [item for item in current(present, requirement) if item.source == "link"]
            document = (
                linked[-1]
                if linked
                else give_link(
                    ports,
                    application.id,
                    actor,
                    requirement=requirement,
                    url=announced.url,
                    stated_seconds=announced.stated_seconds,
                )
            )
            return Slot(requirement=requirement, number=document.number)
        slot = ask_for_upload(
            ports,
            application.id,
            actor,
            requirement=requirement,
            file_name=announced.file_name or requirement,
            content_type=announced.content_type,
            size=announced.size,
        )
    except Refused as refused:
        return Slot(requirement=requirement, problem=refused.sentence)
    return Slot(requirement=requirement, number=slot.document.number, upload=slot.form)
