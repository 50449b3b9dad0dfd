"""Names of items in the table. Addresses appear in them only as hashes."""

import hashlib
import zlib

META = "META"
ROUNDS = "ROUNDS"
REVIEWERS = "REVIEWERS"
NEWEST = "NEWEST"
SHARDS = range(4)


def application(identity: str) -> str:
    """Return the partition of an application."""
    return f"APP#{identity}"


def document(requirement: str, number: int) -> str:
    """Return the sort key of one version of a document."""
    return f"REQ#{requirement}#v{number:04}"


def review(track: str, review_round: int, reviewer: str) -> str:
    """Return the sort key of a review."""
    return f"REVIEW#{track}#{review_round:03}#{reviewer}"


def notice(key: str) -> str:
    """Return the sort key of a notice."""
    return f"NOTICE#{key}"


def event(sequence: int) -> str:
    """Return the sort key of an audit event."""
    return f"EVENT#{sequence:06}"


def owner(program: str, email: str) -> str:
    """Return the partition of what an address applied for in a program."""
    return f"OWNER#{hashed(program, email.lower())}"


def reference(number: str) -> str:
    """Return the partition of the guard over a reference number."""
    return f"REFERENCE#{number}"


def idempotency(key: str) -> str:
    """Return the partition of an idempotency key."""
    return f"IDEMPOTENCY#{key}"


def program(key: str) -> str:
    """Return the partition of a program's round."""
    return f"ROUND#{key}"


def version(number: int) -> str:
    """Return the sort key of a published version."""
    return f"VERSION#{number:06}"


def seats(track: str) -> str:
    """Return the sort key of a track's seats."""
    return f"SEATS#{track}"


def proposal(identity: str) -> str:
    """Return the sort key of a proposal to decide about several applications."""
    return f"PROPOSAL#{identity}"


def sign_in(program_key: str, email: str) -> str:
    """Return the partition of the code sent to an address."""
    return f"SIGNIN#{hashed(program_key, email.lower())}"


def session(token_hash: str) -> str:
    """Return the partition of a session."""
    return f"SESSION#{token_hash}"


def rate(action: str, subject: str) -> str:
    """Return the partition of somebody's attempts at something."""
    return f"RATE#{action}#{hashed(action, subject)}"


def cursor(name: str) -> str:
    """Return the partition of a job's place."""
    return f"CURSOR#{name}"


def shard(name: str) -> int:
    """Return the shard of a name: always the same, and spread evenly."""
    return zlib.crc32(name.encode()) % len(SHARDS)


def hashed(*parts: str) -> str:
    """Return a hash that stands for personal data in a key."""
    return hashlib.sha256("/".join(parts).encode()).hexdigest()
