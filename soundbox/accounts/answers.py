"""What people send to sign up and in, and what programs read."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, BaseModel, Field

from soundbox.web.bodies import Body, Text

from .models import NAME_RULE, User
from .passwords import LONGEST, SHORTEST, NewPassword, Password
from .principal import Principal

LONGEST_EMAIL = 254
EMAIL_RULE = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")


def _name(name: str) -> str:
    name = name.lower()
    if not NAME_RULE.fullmatch(name):
        raise ValueError("A name has 2 to 32 characters of a-z, 0-9, _ and -.")
    return name


def _email(email: str) -> str | None:
    if email and not EMAIL_RULE.fullmatch(email):
        raise ValueError("This is no e-mail address.")
    return email.lower() or None


Name = Annotated[Text, AfterValidator(_name)]
Email = Annotated[Text, Field(max_length=LONGEST_EMAIL), AfterValidator(_email)]


class NextQuery(Body):
    next: str = Field("", description="A path of this site to go on to; anything else counts as /")


class RegisterBody(NextQuery):
    name: Name = Field(description="2 to 32 characters of a-z, 0-9, _ and -; everybody sees it")
    password: NewPassword = Field(description=f"{SHORTEST} to {LONGEST} characters, whichever you like")
    email: Email | None = Field(None, description="Only to get back in when the password is lost")


class LoginBody(NextQuery):
    name: Annotated[Text, Field(max_length=LONGEST_EMAIL)] = Field(description="Or the e-mail address")
    password: Password


class WhoAnswer(BaseModel):
    success: bool = True
    signed_in: bool = Field(description="false: a guest, or somebody unknown")
    name: str
    user_id: str | None = Field(description="The public id; null for somebody unknown")
    tier: str
    is_admin: bool
    code_needed: bool = Field(default=False, description="The password was right; send a code to /auth/code")

    @classmethod
    def of(cls, user: User) -> WhoAnswer:
        return cls(
            signed_in=True,
            name=user.display_name,
            user_id=user.public_id,
            tier=user.limits.name,
            is_admin=user.is_admin,
        )

    @classmethod
    def asked_by(cls, who: Principal, user: User | None) -> WhoAnswer:
        return cls(
            signed_in=who.is_member,
            name=who.name,
            user_id=user.public_id if user else None,
            tier=who.tier.name,
            is_admin=who.is_admin,
        )


class SignedOut(BaseModel):
    success: bool = True
