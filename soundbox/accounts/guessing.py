"""Who may try to sign in now. All of it is counted for names that do not exist, too.

Somebody who guesses at an account is slowed down where they are, and its owner is not: from another address the right
password gets in. Only when many addresses guess at one account do strange addresses wait; those that are signed in to
it never do.
"""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from .attempts import Attempt, Limit
from .models import User
from .sessions import BrowserSession

HERE = Limit("sign in here", 5)  # at one account from one address
FROM = Limit("sign in from", 50)  # from one address at whichever account
AT = Limit("sign in at", 50)  # at one account from addresses that it does not know
SIGN_UPS = Limit("sign up from", 30)


def count_try(session: Session, said: str, found: User | None, address: str) -> None:
    """Before the password is looked at. Raises `Refusal` 429 with the time to wait."""
    account = _account(said, found)
    Attempt.take(session, FROM, address)
    Attempt.take(session, HERE, account, address)
    if not _knows(session, found, address):
        Attempt.take(session, AT, account)


def it_was_right(session: Session, said: str, found: User, address: str) -> None:
    """In the order of `count_try`, or two windows of one person wait for each other."""
    Attempt.undo(session, FROM, address)
    Attempt.forgive(session, HERE, _account(said, found), address)
    if not _knows(session, found, address):
        Attempt.undo(session, AT, _account(said, found))


def _account(said: str, found: User | None) -> str:
    """Name and e-mail address of one person are one account."""
    return str(found.id) if found else said.strip().lower()


def _knows(session: Session, found: User | None, address: str) -> bool:
    if found is None:
        return False
    here = select(BrowserSession.id).where(BrowserSession.user_id == found.id, BrowserSession.address == address)
    return session.scalar(here.limit(1)) is not None
