"""Letters and videos: what is there, uploads with and without scripts, links, removing."""

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.api_gateway import Router

from roundtable.usecases.applying.plain_uploads import ask_for_plain_upload
from roundtable.usecases.applying.uploads import ask_for_upload, give_link, remove_document
from roundtable.usecases.errors import Invalid, NotNow
from roundtable.usecases.following.documents import version_shown
from roundtable.web.pages.applicant.documents import document_answers
from roundtable.web.pages.applicant.documents.document_forms import announced, given_link, replaced
from roundtable.web.pages.applicant.documents.documents_page import documents_page, refused_page
from roundtable.web.pages.applicant.documents.documents_place import place, place_of_form
from roundtable.web.pages.applicant.documents.upload_page import upload_page
from roundtable.web.pages.page import see_other

router = Router()
PAGE = "/programs/<program>/applications/<reference>/documents/<requirement>"
VERSION = f"{PAGE}/<number>"


@router.get(PAGE, include_in_schema=False, enable_validation=False)
def get_documents(program: str, reference: str, requirement: str) -> Response[str]:
    """Show the documents of a requirement, what was found in them, and how to bring more."""
    query = router.current_event.query_string_parameters or {}
    return documents_page(place(router, program, reference, requirement), done=query)


@router.post(f"{PAGE}/link", include_in_schema=False, enable_validation=False)
def post_link(program: str, reference: str, requirement: str) -> Response[str]:
    """Take the address of a video."""
    at, form = place_of_form(router, program, reference, requirement)
    try:
        document = give_link(*at.own, requirement=requirement, **given_link(form))
    except (Invalid, NotNow) as refused:
        return refused_page(at, refused, form)
    return see_other(f"{at.path}?done={document.number}")


@router.post(f"{PAGE}/upload", include_in_schema=False, enable_validation=False)
def post_upload(program: str, reference: str, requirement: str) -> Response[str]:
    """Give a place for a file, and lead to the form that uploads it."""
    at, form = place_of_form(router, program, reference, requirement)
    try:
        document = ask_for_plain_upload(*at.own, requirement=requirement, replaces=replaced(form))
    except (Invalid, NotNow) as refused:
        return refused_page(at, refused, form)
    return see_other(f"{at.path}/{document.number}")


@router.post(f"{PAGE}/slot", include_in_schema=False, enable_validation=False)
def post_slot(program: str, reference: str, requirement: str) -> Response[str]:
    """Give the script a place for a file that was chosen."""
    at, form = place_of_form(router, program, reference, requirement)
    try:
        slot = ask_for_upload(
            *at.own, requirement=requirement, replaces=replaced(form), **announced(form)
        )
    except (Invalid, NotNow) as refused:
        return document_answers.slot_refused(at.shown.requirement, refused)
    return document_answers.slot_given(slot)


@router.get(VERSION, include_in_schema=False, enable_validation=False)
def get_version(program: str, reference: str, requirement: str, number: str) -> Response[str]:
    """Show the plain form of a slot, or that its file is here; S3's query is not read."""
    at = place(router, program, reference, requirement)
    return upload_page(at, version_shown(at.ports, at.application, requirement, number))


@router.get(f"{VERSION}/progress", include_in_schema=False, enable_validation=False)
def get_progress(program: str, reference: str, requirement: str, number: str) -> Response[str]:
    """Tell the script how far a file has come."""
    at = place(router, program, reference, requirement)
    version = version_shown(at.ports, at.application, requirement, number)
    return document_answers.progress_told(version)


@router.post(f"{VERSION}/remove", include_in_schema=False, enable_validation=False)
def post_remove(program: str, reference: str, requirement: str, number: str) -> Response[str]:
    """Take a document out again."""
    at, form = place_of_form(router, program, reference, requirement)
    version = version_shown(at.ports, at.application, requirement, number)
    try:
        remove_document(*at.own, requirement=requirement, number=version.document.number)
    except NotNow as refused:
        return refused_page(at, refused, form)
    return see_other(f"{at.path}?removed={number}")
