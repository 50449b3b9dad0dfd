"""Seats of a track: never more taken than the capacity."""

from typing import Literal, Self

from pydantic import Field, model_validator

from roundtable.domain.model import Key, Record

Pool = Literal["open", "reserved"]


class NoSeat(ValueError):
    """There is no free seat in the pools an application may take from."""


class Seats(Record):
    """The seats of one track. Free seats are `open` to all or `reserved` for fallbacks."""

    program: Key
    track: Key
    capacity: int = Field(ge=0)
    taken: int = Field(default=0, ge=0)
    open: int = Field(ge=0)
    reserved: int = Field(default=0, ge=0)

    @model_validator(mode="after")
    def _sum(self) -> Self:
        if self.taken + self.open + self.reserved != self.capacity:
            raise ValueError("taken, open and reserved seats do not add up to the capacity")
        return self


def pool_for(seats: Seats, *, fell_back: bool) -> Pool | None:
    """Return the pool an application takes its seat from, or None if there is no seat for it."""
    if fell_back and seats.reserved:
        return "reserved"
    return "open" if seats.open else None


def take(seats: Seats, pool: Pool) -> Seats:
    """Return the seats after one was taken; raises NoSeat."""
    free = seats.reserved if pool == "reserved" else seats.open
    if not free:
        raise NoSeat(f"no {pool} seat is left in {seats.track}")
    return seats.with_(taken=seats.taken + 1, **{pool: free - 1})


def give_back(seats: Seats) -> Seats:
    """Return the seats after one was given back; it becomes open to all."""
    if not seats.taken:
        raise ValueError(f"no seat of {seats.track} is taken")
    return seats.with_(taken=seats.taken - 1, open=seats.open + 1)


def release_reserve(seats: Seats) -> Seats:
    """Return the seats with the reserve opened to all: nobody can fall back any more."""
    return seats.with_(open=seats.open + seats.reserved, reserved=0)


def resize(seats: Seats, capacity: int, more_reserved: int = 0) -> Seats:
    """Return the seats with another capacity; raises NoSeat below the seats already taken.

    Fewer seats first shrink what is open, then the reserve. A policy that reserves more or
    fewer (`more_reserved`) moves free seats between the two.
    """
    if capacity < seats.taken:
        raise NoSeat(
            f"{seats.taken} seats of {seats.track} are taken already; "
            f"the capacity cannot be {capacity}"
        )
    free = capacity - seats.taken
    reserved = min(max(seats.reserved + more_reserved, 0), free)
    return seats.with_(capacity=capacity, reserved=reserved, open=free - reserved)
