"""The conductor and the checkers, which only note what they were asked for."""

from roundtable.domain.documents import Document
from roundtable.ports import Checkers, Conductor, ExecutionStatus


class FakeConductor(Conductor):
    """Executions that stand where a test puts them. A token works once."""

    def __init__(self) -> None:
        self.started: list[tuple[str, int]] = []
        self.resumed: list[str] = []
        self.diverted: list[str] = []
        self.statuses: dict[tuple[str, int], ExecutionStatus] = {}
        self.moved_on: set[str] = set()
        """Tokens that no execution waits for any more."""

    def start(self, application: str, run: int) -> None:
        if (application, run) not in self.statuses:
            self.started.append((application, run))
            self.statuses[application, run] = ExecutionStatus.RUNNING

    def status(self, application: str, run: int) -> ExecutionStatus:
        return self.statuses.get((application, run), ExecutionStatus.UNKNOWN)

    def link(self, application: str, run: int) -> str:
        return f"https://console.example.org/executions/{application}-r{run}"

    def resume(self, token: str) -> bool:
        return self._use(token, self.resumed)

    def divert(self, token: str) -> bool:
        return self._use(token, self.diverted)

    def _use(self, token: str, kept: list[str]) -> bool:
        if token in self.moved_on:
            return False
        self.moved_on.add(token)
        kept.append(token)
        return True


class FakeCheckers(Checkers):
    """Requests for checks, in order."""

    def __init__(self) -> None:
        self.requested: list[Document] = []

    def request(self, document: Document) -> None:
        self.requested.append(document)
