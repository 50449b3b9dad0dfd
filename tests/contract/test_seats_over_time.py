"""However seats are taken, given back, resized and opened: never more taken than there are."""

from collections.abc import Iterator
from itertools import count
from typing import TYPE_CHECKING, ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from roundtable.domain.seats import NoSeat, Pool, Seats, resize
from roundtable.ports import Changes, Conflict, SeatChange, SeatsFull
from tests.contract.conftest import Store, fake_store, table_store
from tests.contract.table import create_table
from tests.factories import PROGRAM, SEMINAR, make_application, make_program, make_seats

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

SEATS = make_seats(SEMINAR, capacity=3, reserved=1)


class SeatsOverTime(RuleBasedStateMachine):
    """Runs the same steps on the fakes and on the table, which must always say the same."""

    client: "ClassVar[DynamoDBClient]"
    names: ClassVar[Iterator[int]] = count(1)

    def __init__(self) -> None:
        super().__init__()
        name = f"seats-{next(self.names)}"
        create_table(self.client, name)
        self.stores = (fake_store(), table_store(self.client, name))
        self.applications = count(1)
        self.versions = count(2)
        self.held = 0
        for store in self.stores:
            store.rounds.publish(make_program(), 1, [SEATS], {})

    @rule(pool=st.sampled_from(["open", "reserved"]))
    def take(self, pool: Pool) -> None:
        if self._commit(SeatChange(program=PROGRAM, track=SEMINAR, change="take", pool=pool)):
            self.held += 1

    @rule()
    def give_back(self) -> None:
        if self._commit(SeatChange(program=PROGRAM, track=SEMINAR, change="give_back")):
            self.held -= 1

    @rule(capacity=st.integers(min_value=0, max_value=4))
    def resize(self, capacity: int) -> None:
        version = next(self.versions)
        try:
            new = [resize(self.seats(store), capacity) for store in self.stores]
        except NoSeat:
            new = [self.seats(store) for store in self.stores]
        for store, seats in zip(self.stores, new, strict=True):
            store.rounds.publish(make_program(), version, [seats], {})

    @rule()
    def open_reserve(self) -> None:
        for store in self.stores:
            store.rounds.open_reserve(self.seats(store))

    @invariant()
    def agree(self) -> None:
        fake, table = (self.seats(store) for store in self.stores)
        assert fake == table
        assert table.taken == self.held
        assert 0 <= table.taken <= table.capacity

    @staticmethod
    def seats(store: Store) -> Seats:
        return store.rounds.seats(PROGRAM, SEMINAR)

    def _commit(self, change: SeatChange) -> bool:
        application = make_application(number=next(self.applications))
        said: list[str] = []
        for store in self.stores:
            try:
                store.applications.commit(Changes(application=application, seat=change))
                said.append("written")
            except (SeatsFull, Conflict) as error:
                said.append(str(error))
        assert said[0] == said[1]
        return said[0] == "written"


def test_seats_are_never_overbooked(
    client: "DynamoDBClient", monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SeatsOverTime, "client", client, raising=False)
    run_state_machine_as_test(
        SeatsOverTime,
        settings=settings(
            max_examples=12,
            stateful_step_count=15,
            deadline=None,
            derandomize=True,
            suppress_health_check=[HealthCheck.too_slow],
        ),
    )
