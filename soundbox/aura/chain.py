"""How entries are chained, so that anybody can check it with nothing but SHA-256.

    digest = SHA256(JSON array [number, created_ms, debit, credit, amount, kind, reference, key])
    hash   = SHA256(hash of the entry before + digest)

The array is compact JSON (no blanks, ASCII, other characters as \\uXXXX); numbers are integers, the rest are strings.
Hashes are 64 lower-case hexadecimal digits and are joined as such text. Before the first entry the hash is 64 zeros.
In two steps, because digests can be published where contents cannot: whoever knows one entry can follow its digest
through everybody's to the head of any later day.
"""

from __future__ import annotations

import hashlib
import json
from typing import Protocol

BEFORE_THE_FIRST = "0" * 64


class Chained(Protocol):
    """What of an entry is hashed."""

    number: int
    created_ms: int
    debit: str
    credit: str
    amount: int
    kind: str
    reference: str
    key: str


def digest(entry: Chained) -> str:
    """Of the contents of an entry."""
    contents = [
        *(entry.number, entry.created_ms, entry.debit, entry.credit, entry.amount),
        *(entry.kind, entry.reference, entry.key),
    ]
    return _sha256(json.dumps(contents, separators=(",", ":"), ensure_ascii=True))


def link(previous: str, entry_digest: str) -> str:
    """The hash of an entry, from the hash before it and its own digest."""
    return _sha256(previous + entry_digest)


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("ascii")).hexdigest()
