"""Letters and videos of the caller's own application."""

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.api_gateway import Router

from applicant_routes.bodies import AskedUpload, GivenLink
from applicant_routes.session import own_application
from roundtable.usecases.applying.uploads import ask_for_upload, give_link, remove_document
from roundtable.usecases.following.records import DocumentVersion, UploadSlotRead
from roundtable.usecases.following.status import document_version

router = Router()
TAGS = ["documents"]


@router.post("/api/applications/<application>/uploads", summary="Ask for an upload slot",
             tags=TAGS, status_code=201)  # fmt: skip
def post_upload(application: str, body: AskedUpload) -> UploadSlotRead:
    """Return a form for one file of the stated type and size; POST it with the file last.

    With `replaces`, the file becomes a new version of that document; the old one is kept.
    """
    own = own_application(router, application)
    slot = ask_for_upload(*own, **dict(body))
    return UploadSlotRead(document=document_version(slot.document), form=slot.form)


@router.post("/api/applications/<application>/links", summary="Give a video's address",
             tags=TAGS, status_code=201)  # fmt: skip
def post_link(application: str, body: GivenLink) -> DocumentVersion:
    """Take the address of a video instead of a file."""
    own = own_application(router, application)
    return document_version(give_link(*own, **dict(body)))


@router.delete("/api/applications/<application>/documents/<requirement>/<number>",
               summary="Remove a document", tags=TAGS, status_code=204)  # fmt: skip
def delete_document(application: str, requirement: str, number: int) -> Response[None]:
    """Take a document out of a draft or a returned application; its versions are kept."""
    own = own_application(router, application)
    remove_document(*own, requirement=requirement, number=number)
    return Response(status_code=204)
