"""Final errors of use cases: each says what to do. Retryable ones are in `ports`."""

from collections.abc import Sequence

from roundtable.domain.requirements import FieldProblem


class Refused(Exception):
    """A request that cannot be done as asked. `code` is stable and names the reason."""

    def __init__(self, code: str, sentence: str, problems: Sequence[FieldProblem] = ()) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence
        self.problems = tuple(problems)


class Invalid(Refused):
    """What was sent is not right; each problem names its field."""


class Unknown(Refused):
    """There is no such thing, or it is not the caller's."""


class NotAllowed(Refused):
    """The caller is known but may not do this."""


class NotNow(Refused):
    """Right at another time or in another stage: closed, already decided, already moved on."""


class Stale(Refused):
    """Based on a version that is no longer the newest: read again."""


class KeyReused(Refused):
    """An idempotency key came again with another body."""


class TooMany(Refused):
    """Asked too often: try again later."""


class ApplicationMoved(Exception):
    """A step of the workflow came late: the application has moved on. Nothing was changed."""
