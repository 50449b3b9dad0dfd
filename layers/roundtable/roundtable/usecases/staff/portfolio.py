"""Who has a seat of a track, by region, type, size and population: what deciding adds to it."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from roundtable.domain.application import Application, Decision, Organization
from roundtable.domain.model import Record
from roundtable.domain.program import Option, Program
from roundtable.domain.stages import HOLDS_A_SEAT_IF_ACCEPTED, ClosedAs, Stage
from roundtable.ports import Ports

MOST_POPULATIONS = 8
_BETWEEN_POPULATIONS = re.compile(r"[,;\n]+")


class Share(Record):
    """How many of the accepted, and of those chosen now, are of one kind."""

    label: str
    """In the program's words; empty where the application does not say."""
    accepted: int
    chosen: int


class Mix(Record):
    """The accepted applications of a track and those chosen now, along each of four lines."""

    accepted: int
    chosen: int
    regions: tuple[Share, ...]
    types: tuple[Share, ...]
    sizes: tuple[Share, ...]
    populations: tuple[Share, ...]
    """The most frequent, in the applicants' words; one application may name several."""


def portfolio(
    ports: Ports, program: Program, track: str, chosen: Sequence[Application] = ()
) -> Mix:
    """Return the mix of a track's seats as it is, and as the chosen applications would make it."""
    chosen_ids = {item.id for item in chosen}
    accepted = [item for item in _accepted(ports, program.key, track) if item.id not in chosen_ids]

    def shares(
        kinds: Callable[[Organization], Iterable[str]], options: tuple[Option, ...]
    ) -> tuple[Share, ...]:
        return _shares(accepted, chosen, kinds, options)

    return Mix(
        accepted=len(accepted),
        chosen=len(chosen),
        regions=shares(lambda one: [one.region], program.regions),
        types=shares(lambda one: [one.type], program.organization_types),
        sizes=shares(lambda one: [one.size], program.organization_sizes),
        populations=shares(_populations, ())[:MOST_POPULATIONS],
    )


def _accepted(ports: Ports, program: str, track: str) -> Iterable[Application]:
    for stage in (*sorted(HOLDS_A_SEAT_IF_ACCEPTED), Stage.CLOSED):
        cursor: str | None = None
        while True:
            page = ports.applications.in_stage(
                program, stage, track=track, limit=100, cursor=cursor
            )
            yield from filter(_has_a_seat, page.items)
            cursor = page.cursor
            if cursor is None:
                break


def _has_a_seat(application: Application) -> bool:
    outcome = application.present_outcome
    accepted = outcome is not None and outcome.decision is Decision.ACCEPTED
    return accepted and (application.is_open or application.closed_as is ClosedAs.ENROLLED)


def _shares(
    accepted: Sequence[Application],
    chosen: Sequence[Application],
    kinds: Callable[[Organization], Iterable[str]],
    options: tuple[Option, ...],
) -> tuple[Share, ...]:
    labels: dict[str, str] = {option.value: option.label for option in options}
    before, added = _counted(accepted, kinds), _counted(chosen, kinds)
    found = before.keys() | added.keys()
    in_order = [value for value in labels if value in found]
    rest = sorted(found - set(in_order), key=lambda key: (-before[key] - added[key], key))
    return tuple(
        Share(label=labels.get(key, key), accepted=before[key], chosen=added[key])
        for key in (*in_order, *(key for key in rest if key), *(key for key in rest if not key))
    )


def _counted(
    applications: Sequence[Application], kinds: Callable[[Organization], Iterable[str]]
) -> Counter[str]:
    counter: Counter[str] = Counter()
    for application in applications:
        organization = application.form.organization
        counter.update(set(kinds(organization)) if organization else {""})
    return counter


def _populations(organization: Organization) -> set[str]:
    """Return the populations that an organization names, however they are written."""
    parts = _BETWEEN_POPULATIONS.split(organization.population)
    named = {" ".join(part.split()).casefold()[:60] for part in parts}
    return (named - {""}) or {""}
