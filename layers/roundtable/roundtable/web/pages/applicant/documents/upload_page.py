"""The plain way to upload a file: a form that the browser sends to the bucket by itself.

The bucket sends the browser back to the same page, which says then that the file is here.
"""

from aws_lambda_powertools.event_handler import Response

from roundtable.ports import UploadForm
from roundtable.usecases.applying.plain_uploads import plain_form
from roundtable.usecases.errors import NotNow
from roundtable.usecases.following.documents import Progress, Shown
from roundtable.web.pages.applicant.documents import document_words, file_kinds
from roundtable.web.pages.applicant.documents.documents_place import Place
from roundtable.web.pages.applicant.frame import applicants_layout
from roundtable.web.pages.fields import Field
from roundtable.web.pages.headers import page_headers
from roundtable.web.pages.page import page, see_other
from roundtable.web.pages.texts import gettext as _

_FILE = "file"
"""The field that a bucket takes for the content."""


def upload_page(at: Place, version: Shown) -> Response[str]:
    """Return the page of one slot: a form for its file, or that the file is here.

    What was looked into already is shown on the requirement's page. Raises Unknown for a slot
    that was given to a script, as its form was given with it.
    """
    number = version.document.number
    if version.progress.settled:
        return see_other(f"{at.path}?done={number}")
    form, refusal = _form(at, version) if version.progress is Progress.AWAITED else (None, "")
    path = f"{at.path}/{number}"
    return page(
        "applicant/upload.html",
        applicants_layout(at.visitor, at.shown.program, _title(form, refusal), path, back=at.path),
        headers=page_headers(bucket=at.ports.documents.origin),
        version=version,
        form=form,
        refusal=refusal,
        may_change=not at.shown.refusal,
        file=Field(
            name=_FILE,
            label=at.shown.requirement.title,
            kind="file",
            hint=document_words.file_terms(at.shown.requirement),
            accept=file_kinds.accepted(at.shown.requirement),
        ),
        path=path,
        listed=at.path,
        words=document_words,
    )


def _form(at: Place, version: Shown) -> tuple[UploadForm | None, str]:
    """Return the form, or why there is none."""
    then = f"{at.ports.site_url}{at.path}/{version.document.number}"
    try:
        return plain_form(at.ports, at.application, version.document, then), ""
    except NotNow as refused:
        return None, document_words.refusal(refused.code)


def _title(form: UploadForm | None, refusal: str) -> str:
    if form:
        return _("Choose your file")
    return _("This upload is over") if refusal else _("Your file is here")
