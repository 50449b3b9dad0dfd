"""The addresses of one application's pages of staff."""


def application_path(reference: str, below: str = "") -> str:
    """Return the path of an application's page, or of one below it."""
    return f"/staff/applications/{reference}{below}"


def applications_path(program: str) -> str:
    """Return the path of a program's list of applications."""
    return f"/staff/programs/{program}/applications"


def document_path(reference: str, requirement: str, number: int) -> str:
    """Return the path that leads to a fresh download of one version of a document."""
    return application_path(reference, f"/documents/{requirement}/{number}")
