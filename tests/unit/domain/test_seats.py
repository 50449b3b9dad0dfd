from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from roundtable.domain.seats import (
    NoSeat,
    Seats,
    give_back,
    pool_for,
    release_reserve,
    resize,
    take,
)
from tests.factories import make_seats

ACTS = st.lists(
    st.one_of(
        st.sampled_from(["take", "take fallen back", "give back", "release"]),
        st.tuples(st.integers(0, 12), st.integers(-4, 4)),
    ),
    max_size=40,
)


def after(seats: Seats, act: str | tuple[int, int]) -> Seats:
    match act:
        case "release":
            return release_reserve(seats)
        case "give back":
            return give_back(seats)
        case str():
            pool = pool_for(seats, fell_back=act == "take fallen back")
            return take(seats, pool) if pool else seats
        case capacity, more:
            return resize(seats, capacity, more)


@given(acts=ACTS)
def test_seats_never_exceed_their_capacity_whatever_happens(
    acts: list[str | tuple[int, int]],
) -> None:
    seats = make_seats(capacity=6, reserved=2)
    for act in acts:
        before = seats
        try:
            seats = after(seats, act)
        except ValueError:  # no seat to give back, or a capacity below what is taken
            assert seats is before
        assert 0 <= seats.taken <= seats.capacity
        assert seats.taken + seats.open + seats.reserved == seats.capacity


def test_seats_that_do_not_add_up_are_refused() -> None:
    with pytest.raises(ValidationError, match="do not add up"):
        make_seats(capacity=3, taken=1, open=1)


@pytest.mark.parametrize(
    ("seats", "fell_back", "pool"),
    [
        ({"capacity": 2}, False, "open"),
        ({"capacity": 2}, True, "open"),
        ({"capacity": 2, "reserved": 1}, True, "reserved"),
        ({"capacity": 2, "reserved": 1}, False, "open"),
        ({"capacity": 1, "reserved": 1}, False, None),
        ({"capacity": 1, "taken": 1}, True, None),
    ],
)
def test_pool_for(seats: dict[str, Any], *, fell_back: bool, pool: str | None) -> None:
    assert pool_for(make_seats(**seats), fell_back=fell_back) == pool


def test_take_from_an_empty_pool_is_refused() -> None:
    with pytest.raises(NoSeat, match="no reserved seat is left in residency"):
        take(make_seats(), "reserved")


def test_give_back_opens_a_reserved_seat_to_all() -> None:
    taken = take(make_seats(capacity=2, reserved=1), "reserved")
    assert give_back(taken) == make_seats(capacity=2, open=2)


def test_resize_shrinks_what_is_open_before_the_reserve() -> None:
    seats = make_seats(capacity=10, taken=3, reserved=4)
    assert resize(seats, 8) == make_seats(capacity=8, taken=3, reserved=4, open=1)
    assert resize(seats, 5) == make_seats(capacity=5, taken=3, reserved=2, open=0)
    with pytest.raises(NoSeat, match="3 seats of residency are taken already"):
        resize(seats, 2)


def test_resize_with_another_reserve_moves_free_seats() -> None:
    seats = make_seats(capacity=10, taken=3, reserved=4)
    assert resize(seats, 10, 2) == make_seats(capacity=10, taken=3, reserved=6, open=1)
    assert resize(seats, 10, -9) == make_seats(capacity=10, taken=3, reserved=0, open=7)
