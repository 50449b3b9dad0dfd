"""Starting the execution that conducts an application."""

from roundtable.ports import NotFound, Ports
from roundtable.usecases.errors import Unknown


def start_workflow(ports: Ports, application_id: str) -> None:
    """Start the execution of the application's present run, unless it ended long ago.

    The name of the execution is the application and its run, so that an event that comes
    twice, or months later, starts nothing a second time. Raises Unknown for no application.
    """
    try:
        application = ports.applications.get(application_id)
    except NotFound:
        raise Unknown("unknown-application", "There is no such application.") from None
    if application.run and application.is_open:
        ports.conductor.start(application.id, application.run)
