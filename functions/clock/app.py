"""Does what is due. Called every few minutes; a missed call is made up by the next."""

from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from roundtable.runtime import composition
from roundtable.runtime.observability import about, count, logger, observed
from roundtable.usecases.conducting.clock import tick
from roundtable.usecases.conducting.reconciling import sweep

KEEP_FREE_MILLISECONDS = 15_000
"""Left of the function's time for the last action and the sweep."""
SWEEP_BUDGET = 100


@observed
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Carry out what is due, then look after executions that were lost."""
    ports = composition.ports()
    done = tick(
        ports,
        lambda: context.get_remaining_time_in_millis() > KEEP_FREE_MILLISECONDS,
        _report,
    )
    revived = sweep(ports, int(event.get("sweep", SWEEP_BUDGET)))
    count("DueActions", sum(done.acted.values()))
    count("DueFailures", len(done.failed))
    return {**done.model_dump(mode="json"), "revived": revived}


def _report(application: str) -> None:
    about(application)
    logger.exception("a due action failed")
