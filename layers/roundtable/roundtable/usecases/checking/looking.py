"""Looking into one document: a letter, or a video by its link or its file."""

import hashlib

from roundtable.documents.letter import look_into_letter
from roundtable.documents.video import look_into_video_file
from roundtable.domain.application import Application
from roundtable.domain.documents import Document, VideoEvidence, unchecked
from roundtable.domain.program import MEGABYTE, LetterRequirement, VideoRequirement
from roundtable.domain.videos import canonical_link
from roundtable.ports import Ports
from roundtable.usecases.step import program_of


def check_letter(ports: Ports, application_id: str, requirement: str, number: int) -> None:
    """Look into one letter and keep what was found; nothing happens if it was replaced."""
    document = _to_check(ports, application_id, requirement, number)
    if document is None:
        return
    application = ports.applications.get(application_id)
    wanted = _requirement(ports, application, requirement)
    organization = application.form.organization
    megabytes = wanted.max_megabytes if wanted else 20
    content = ports.documents.read(
        document.object_key, document.object_version, max_bytes=megabytes * MEGABYTE
    )
    if hashlib.sha256(content).hexdigest() != document.sha256:
        raise ValueError(f"stored content of {requirement}/{number} has another hash")
    evidence = look_into_letter(
        content,
        file_name=document.file_name,
        organization=organization.name if organization else "",
    )
    ports.applications.keep_evidence(document, evidence, ports.clock.now())


def check_video(ports: Ports, application_id: str, requirement: str, number: int) -> None:
    """Look into one video, a link or a file, and keep what was found."""
    document = _to_check(ports, application_id, requirement, number)
    if document is None:
        return
    if document.source == "link":
        application = ports.applications.get(application_id)
        wanted = _requirement(ports, application, requirement)
        hosts = wanted.hosts if isinstance(wanted, VideoRequirement) else ()
        link = canonical_link(document.file_name, hosts)
        facts = ports.video_directory.look_up(link)
        evidence = VideoEvidence(
            readable=facts.available is not False,
            problem=facts.problem,
            host=link.host_name,
            seconds=facts.seconds if facts.seconds is not None else document.stated_seconds,
            stated=facts.seconds is None and document.stated_seconds is not None,
            tool="oembed",
        )
    else:
        evidence = look_into_video_file(
            lambda start, length: ports.documents.read_range(
                document.object_key, document.object_version, start, length
            ),
            document.size,
        )
        if evidence.readable and evidence.seconds is None and document.stated_seconds is not None:
            evidence = evidence.with_(seconds=document.stated_seconds, stated=True)
    ports.applications.keep_evidence(document, evidence, ports.clock.now())


def _to_check(ports: Ports, application_id: str, requirement: str, number: int) -> Document | None:
    """Return the document if it still waits for its check."""
    for document in unchecked(ports.applications.documents(application_id)):
        if (document.requirement, document.number) == (requirement, number):
            return document
    return None


def _requirement(
    ports: Ports, application: Application, key: str
) -> LetterRequirement | VideoRequirement | None:
    for track in program_of(ports, application).tracks:
        requirement = track.requirement(key)
        if isinstance(requirement, LetterRequirement | VideoRequirement):
            return requirement
    return None
