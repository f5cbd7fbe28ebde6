"""What letters say."""

from __future__ import annotations

from .mail import own_address, send

HELLO = "Hello {name},\n\n"
GOODBYE = "\n\nSound Box, {address}\n"


def confirm_address(to: str, name: str, secret: str) -> None:
    _write(
        to,
        "Confirm your e-mail address",
        name,
        f"is this your address? Then open this link within a day:\n\n{link('confirm', secret)}\n\n"
        "It lets you back in when your password is lost. If you know nothing of this, do nothing.",
    )


def new_password(name: str, secret: str, address: str) -> str:
    """The text; it is sent at once, for nobody waits any more."""
    return HELLO.format(name=name) + (
        f"open this link within an hour to choose a new password:\n\n{link('reset', secret, address)}\n\n"
        "It works once. If you did not ask for it, do nothing: your password stays as it is."
    ) + GOODBYE.format(address=address)  # fmt: skip


def password_changed(to: str, name: str) -> None:
    _write(
        to,
        "Your password was changed",
        name,
        "your password was changed just now, and other browsers are signed out. If that was not you, choose a new "
        f"one at once: {own_address()}/auth/forgot",
    )


def address_changed(to: str, name: str, new: str) -> None:
    _write(
        to,
        "Your e-mail address was changed",
        name,
        f"letters for you go to {new} from now on. If that was not you, write to whoever runs this site.",
    )


def link(page: str, secret: str, address: str | None = None) -> str:
    """The secret stands in the query, which is not logged."""
    return f"{address or own_address()}/auth/{page}?link={secret}"


def _write(to: str, subject: str, name: str, text: str) -> None:
    send(to, subject, HELLO.format(name=name) + text + GOODBYE.format(address=own_address()))
