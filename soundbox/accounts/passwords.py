"""Passwords: what one may be, how it is kept, and whether it is right."""

from __future__ import annotations

import threading
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from pydantic import AfterValidator

from soundbox.web.errors import Refusal

SHORTEST, LONGEST = 8, 200
AT_ONCE = 2  # hashes in a process: each takes 19 MiB and a core for 25 ms
PATIENCE_SECONDS = 5.0

_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_turns = threading.BoundedSemaphore(AT_ONCE)
# Of a password that nobody knows: names that do not exist take as long as those that do.
_DECOY = "$argon2id$v=19$m=19456,t=2,p=1$ra6FKGt0XeoUCAUs9TpCpw$i2mXVcfAkkC5mIWOhz5HOy9Ri0U8JjVYdJ3BVbG1SeI"


def normalised(password: str) -> str:
    """The same however a keyboard composes its characters (NFKC, as NIST SP 800-63B advises)."""
    try:
        password.encode()
    except UnicodeEncodeError:
        raise ValueError("is not valid Unicode text") from None
    return unicodedata.normalize("NFKC", password)


def _long_enough(password: str) -> str:
    if len(password) < SHORTEST:
        raise ValueError(f"must have at least {SHORTEST} characters")
    return password


def _short_enough(password: str) -> str:
    if len(password) > LONGEST:
        raise ValueError(f"must have at most {LONGEST} characters")
    return password


Password = Annotated[str, AfterValidator(normalised), AfterValidator(_short_enough)]
NewPassword = Annotated[Password, AfterValidator(_long_enough)]


def hashed(password: str) -> str:
    """Raises `Refusal` 503 when too many others are at it."""
    with _turn():
        return _hasher.hash(password)


def is_right(password_hash: str | None, password: str) -> bool:
    """Takes as long for somebody without a password, and is false then. Raises `Refusal` 503."""
    with _turn():
        try:
            _hasher.verify(password_hash or _DECOY, password)
        except VerificationError:
            return False
    return password_hash is not None


def is_dated(password_hash: str) -> bool:
    """Whether it was made with other costs than today's."""
    return _hasher.check_needs_rehash(password_hash)


@contextmanager
def _turn() -> Iterator[None]:
    if not _turns.acquire(timeout=PATIENCE_SECONDS):
        raise Refusal(503, "Too many people sign in at this moment", retry_after_seconds=int(PATIENCE_SECONDS))
    try:
        yield
    finally:
        _turns.release()
