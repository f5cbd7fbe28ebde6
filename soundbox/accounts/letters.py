"""What letters say."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Text:
    subject: str
    body: str


def confirm_address(name: str, site: str, secret: str) -> Text:
    return _text(
        "Confirm your e-mail address",
        name,
        site,
        f"is this your address? Then open this link within a day:\n\n{link('confirm', secret, site)}\n\n"
        "It lets you back in when your password is lost. If you know nothing of this, do nothing.",
    )


def new_password(name: str, site: str, secret: str) -> Text:
    return _text(
        "A new password",
        name,
        site,
        f"open this link within an hour to choose a new password:\n\n{link('reset', secret, site)}\n\n"
        "It works once. If you did not ask for it, do nothing: your password stays as it is.",
    )


def password_changed(name: str, site: str) -> Text:
    return _text(
        "Your password was changed",
        name,
        site,
        "your password was changed just now, and other browsers are signed out. If that was not you, choose a new "
        f"one at once: {site}/auth/forgot",
    )


def address_changed(name: str, site: str, new: str) -> Text:
    return _text(
        "Your e-mail address was changed",
        name,
        site,
        f"letters for you go to {new} from now on. If that was not you, write to whoever runs this site.",
    )


def link(page: str, secret: str, site: str) -> str:
    """The secret stands in the query, which is not logged."""
    return f"{site}/auth/{page}?link={secret}"


def _text(subject: str, name: str, site: str, text: str) -> Text:
    return Text(subject, f"Hello {name},\n\n{text}\n\nSound Box, {site}\n")
