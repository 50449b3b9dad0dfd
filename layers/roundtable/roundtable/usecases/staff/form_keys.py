"""Keys by which an existing web form sends applications to a program."""

import hashlib

from roundtable.domain.audit import Actor
from roundtable.domain.model import Key, Record
from roundtable.ports import Ports
from roundtable.usecases.staff.lookups import find_program

BITS = 192


class FormKey(Record):
    """A new key, told this once: only its hash is kept."""

    program: Key
    label: str
    key: str


def create_form_key(ports: Ports, program_key: str, actor: Actor, *, label: str) -> FormKey:
    """Make a key for one web form of a program; raises Unknown.

    The label is kept with who made it and when.
    """
    find_program(ports, program_key)
    key = f"rtk_{ports.randomness.bits(BITS):0{BITS // 4}x}"
    made = f"{label} ({actor}, {ports.clock.now():%Y-%m-%d})"
    ports.rounds.keep_form_key(program_key, hashlib.sha256(key.encode()).hexdigest(), made)
    return FormKey(program=program_key, label=label, key=key)
