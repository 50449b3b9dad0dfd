"""The scanner, which says what a test tells it to say."""

from roundtable.domain.documents import ScanStatus
from roundtable.ports import MalwareScanner, NotFound, Unavailable


class FakeMalwareScanner(MalwareScanner):
    """Finds every file clean unless `results` say otherwise of its version."""

    def __init__(self) -> None:
        self.results: dict[tuple[str, str], ScanStatus] = {}
        self.otherwise = ScanStatus.CLEAN
        self.asked: list[tuple[str, str]] = []
        self.missing: set[tuple[str, str]] = set()
        self.away = False
        """Whether it does not answer for now."""

    def status(self, key: str, version: str) -> ScanStatus:
        self.asked.append((key, version))
        if self.away:
            raise Unavailable("for a test")
        if (key, version) in self.missing:
            raise NotFound("there is no such file")
        return self.results.get((key, version), self.otherwise)
