"""What a generated applicant does at the public API, with real files."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from local.cloud import Cloud
from local.rehearsal.cast import Applicant, Part
from local.rehearsal.files import letter_docx, letter_pdf, video_mp4
from local.rehearsal.mailroom import Mailroom
from local.visitor import Reply, Upload, Visitor
from roundtable.domain.commitments import names_in_letters
from roundtable.domain.program import (
    AttestationRequirement,
    LetterRequirement,
    Program,
    Question,
    Requirement,
    Role,
    Track,
    VideoRequirement,
)

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MP4 = "video/mp4"
UPLOAD_LOOKS = 60
SESSION_REUSED_FOR = timedelta(hours=11)
"""Of the twelve that a session lasts."""


class Unexpected(Exception):
    """The API answered otherwise than the part has it."""

    def __init__(self, doing: str, reply: Reply) -> None:
        super().__init__(f"{doing}: {reply.status} {reply.text[:500]}")


@dataclass
class Performer:
    """One applicant at work. Each visit signs in anew, with a code from the mailbox."""

    applicant: Applicant
    program: Program
    cloud: Cloud
    mailroom: Mailroom
    also: Mapping[str, Any] = field(default_factory=dict[str, Any])
    """What else the form says, by part; answers come to the required ones."""
    application: str = ""
    receipts: list[str] = field(default_factory=list[str])
    refused: str = ""
    """The code of the refusal the part asks for."""
    answered: bool = False
    _session: tuple[datetime, Visitor] | None = None

    def visit_at(self, now: datetime) -> Visitor:
        """Return the visitor of a session that is still good, or of a new one."""
        if self._session is None or now - self._session[0] > SESSION_REUSED_FOR:
            self._session = (now, self.visit())
        return self._session[1]

    def visit(self) -> Visitor:
        """Sign in by a one-time code and return the visitor with its token."""
        address = self.applicant.email
        visitor = self.cloud.visitor()
        seen = self.mailroom.count(address)
        path = f"/api/programs/{self.program.key}/sign-in"
        expect("ask for a code", visitor.post_json(path, {"email": address}), 202)
        code = self.mailroom.code_after(address, seen)
        signed_in = expect(
            "confirm the code",
            visitor.post_json(f"{path}/confirm", {"email": address, "code": code}),
            201,
        )
        visitor.token = signed_in["token"]
        return visitor

    def prepare(self, visitor: Visitor) -> None:
        """Begin the draft, fill in the form, upload what the part has from the start."""
        started = expect(
            "begin a draft",
            visitor.post_json(
                f"/api/programs/{self.program.key}/my-applications",
                {"form": self.form(whole=False)},
            ),
            201,
        )
        self.application = started["id"]
        body = {"form": self.form(whole=True), "revision": started["revision"]}
        expect("save the form", put_json(visitor, self.path, body), 200)
        if self.applicant.part is Part.NEVER_MENDED:
            return
        roles = self._signers[:1] if self.applicant.part is Part.CORRECTED else self._signers
        if self.applicant.part is Part.CORRECTED and len(self._signers) == 1:
            roles = ()
        self.upload_letter(visitor, roles)
        if self._video and self.applicant.part is not Part.INCOMPLETE:
            self.give_video(visitor)

    def wait_for_uploads(self, visitor: Visitor) -> None:
        """Look until everything uploaded has arrived, as the page does.

        Raises:
            RuntimeError: something does not arrive.

        """
        for _ in range(UPLOAD_LOOKS):
            documents = self.status(visitor)["documents"]
            if all(document["status"] != "expected" for document in documents):
                return
            time.sleep(0.3)
        raise RuntimeError(f"an upload of {self.application} does not arrive")

    def submit(self, visitor: Visitor) -> None:
        """Submit, and once more with the same key as an impatient browser does."""
        for _ in range(2):
            reply = visitor.request(
                "POST",
                f"{self.path}/submit",
                headers={"Idempotency-Key": f"submit-{self.application}"},
            )
            if self.applicant.part is Part.LATE and reply.status == 409:  # noqa: PLR2004 (conflict)
                self.refused = reply.json()["code"]
                return
            self.receipts.append(expect("submit", reply, 200)["reference"])

    def switch_to_fallback(self, visitor: Visitor) -> None:
        """Choose the track that is still open, and submit for it."""
        if self._track.fallback is None:
            return
        draft = expect("read", visitor.get(self.path), 200)
        form = {**draft["form"], "tracks": [self._track.fallback.track]}
        body = {"form": form, "revision": draft["revision"]}
        expect("save", put_json(visitor, self.path, body), 200)
        reply = visitor.request(
            "POST",
            f"{self.path}/submit",
            headers={"Idempotency-Key": f"fallback-{self.application}"},
        )
        self.receipts.append(expect("submit for the fallback", reply, 200)["reference"])

    def mend(self, visitor: Visitor) -> None:
        """Bring what was missing, and replace a letter that lacked a signature."""
        status = self.status(visitor)
        if "upload" not in status["can"]:
            return
        if self.applicant.part is Part.INCOMPLETE and self._video:
            self.give_video(visitor)
        if self.applicant.part is Part.CORRECTED:
            present = [
                document["number"]
                for document in status["documents"]
                if document["kind"] == "letter" and document["status"] in {"received", "checked"}
            ]
            self.upload_letter(visitor, self._signers, replaces=present[0] if present else None)

    def withdraw(self, visitor: Visitor) -> None:
        """Take the application back, unless it has ended already."""
        if "withdraw" not in self.status(visitor)["can"]:
            return
        expect("withdraw", visitor.post_json(f"{self.path}/withdraw", {}), 200)

    def look_for_offer(self, now: datetime) -> None:
        """Sign in and answer the offer that a mail told of."""
        self.answered = self.answer(self.visit_at(now))

    def answer(self, visitor: Visitor) -> bool:
        """Answer an offer if there is one; return whether there was."""
        if "answer" not in self.status(visitor)["can"]:
            return False
        yes = self.applicant.part is not Part.DECLINING
        expect("answer", visitor.post_json(f"{self.path}/offer", {"answer": yes}), 200)
        return True

    def status(self, visitor: Visitor) -> Any:  # noqa: ANN401 - any JSON
        """Look where the application stands."""
        return expect("status", visitor.get(f"{self.path}/status"), 200)

    def upload_letter(
        self, visitor: Visitor, roles: tuple[Role, ...], replaces: int | None = None
    ) -> None:
        """Upload a letter signed for these roles."""
        requirement = next(
            item for item in self._track.requirements if isinstance(item, LetterRequirement)
        )
        make = letter_docx if self.applicant.docx else letter_pdf
        content = make(
            self.applicant.organization,
            roles,
            seed=self.applicant.number,
            program=names_in_letters(self.program, requirement)[0],
        )
        name, kind = ("letter.docx", DOCX) if self.applicant.docx else ("letter.pdf", PDF)
        self._upload(visitor, requirement, Upload(name, kind, content), replaces)

    def give_video(self, visitor: Visitor) -> None:
        """Give the video, as a link with its length or as a file."""
        requirement = self._video
        if requirement is None:
            return
        seconds = int(requirement.min_length.total_seconds()) + 60 + self.applicant.number
        if self.applicant.video_by_link:
            link = {
                "requirement": requirement.key,
                "url": f"https://vimeo.com/{700000000 + self.applicant.number}",
                "stated_seconds": seconds,
            }
            expect("give a link", visitor.post_json(f"{self.path}/links", link), 201)
            return
        self._upload(visitor, requirement, Upload("team.mp4", MP4, video_mp4(seconds)), None)

    def _upload(
        self, visitor: Visitor, requirement: Requirement, file: Upload, replaces: int | None
    ) -> None:
        asked = {
            "requirement": requirement.key,
            "file_name": file.name,
            "content_type": file.content_type,
            "size": len(file.content),
            "replaces": replaces,
        }
        slot = expect("ask for a slot", visitor.post_json(f"{self.path}/uploads", asked), 201)
        stored = Visitor(visitor.home).post_file(slot["form"]["url"], slot["form"]["fields"], file)
        if stored.status not in {200, 201, 204}:
            raise Unexpected("upload", stored)

    @property
    def path(self) -> str:
        """Where the application is found at the API."""
        return f"/api/applications/{self.application}"

    @property
    def _track(self) -> Track:
        return self.program.track(self.applicant.track)

    @property
    def _signers(self) -> tuple[Role, ...]:
        return next(
            item.signed_by
            for item in self._track.requirements
            if isinstance(item, LetterRequirement)
        )

    @property
    def _video(self) -> VideoRequirement | None:
        return next(
            (item for item in self._track.requirements if isinstance(item, VideoRequirement)), None
        )

    def form(self, *, whole: bool) -> dict[str, Any]:
        """Return the form, with everything or just enough to begin."""
        who = self.applicant
        wanted = [who.track]
        if who.both and self._track.fallback is not None:
            wanted.append(self._track.fallback.track)
        form: dict[str, Any] = {
            "tracks": wanted,
            "contact": {"name": who.name, "email": who.email},
        }
        if not whole:
            return form
        asked = {item.key: item for track in wanted for item in self.program.questions_for(track)}
        attested = {
            requirement.key: list(self.program.statements_of(requirement))
            for track in wanted
            for requirement in self.program.track(track).requirements
            if isinstance(requirement, AttestationRequirement)
        }
        answers = {
            key: _answer(question, who.number)
            for key, question in asked.items()
            if question.required
        }
        also = dict(self.also)
        answers |= also.pop("answers", {})
        return form | {
            "organization": self._organization(),
            "team": [
                {"name": f"Member {place}", "role": f"Role {place}"}
                for place in range(1, 4 + who.number % 4)
            ],
            "eligibility": {rule.key: rule.accepts[0] for rule in self.program.eligibility},
            "answers": answers,
            "attestations": attested,
            **also,
        }

    def _organization(self) -> dict[str, str]:
        number = self.applicant.number
        chosen = {"name": self.applicant.organization, "city": "Springfield"}
        for name, options in (
            ("type", self.program.organization_types),
            ("size", self.program.organization_sizes),
            ("region", self.program.regions),
        ):
            if options:
                chosen[name] = options[number % len(options)].value
        return chosen


def _answer(question: Question, number: int) -> object:
    if question.kind == "yes_no":
        return True
    if question.options:
        value = question.options[number % len(question.options)].value
        return [value] if question.kind == "choices" else value
    return f"What team {number} has to say about it."


def put_json(visitor: Visitor, path: str, content: object) -> Reply:
    """Send JSON by PUT."""
    return send_json(visitor, "PUT", path, content)


def send_json(visitor: Visitor, method: str, path: str, content: object) -> Reply:
    """Send JSON by any method."""
    body = json.dumps(content).encode()
    return visitor.request(method, path, body, {"Content-Type": "application/json"})


def expect(doing: str, reply: Reply, status: int) -> Any:  # noqa: ANN401 - any JSON
    """Return what was answered.

    Raises:
        Unexpected: another status was.

    """
    if reply.status != status:
        raise Unexpected(doing, reply)
    return reply.json() if reply.content else None
