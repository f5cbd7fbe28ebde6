"""Signing in with an OpenID Connect provider: Authlib speaks the protocol (state, nonce, PKCE), we say what counts."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Any

import requests
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.flask_client import FlaskOAuth2App, OAuth
from flask import Flask, Response, current_app
from joserfc.errors import JoseError

from soundbox.config import Config
from soundbox.web.errors import Refusal

log = logging.getLogger(__name__)

EXTENSION = "soundbox_oidc"
PATIENCE_SECONDS = 10
SIGNATURES = ("RS256", "ES256", "PS256", "EdDSA")  # none that need no key, none whose key we would share
LEEWAY_SECONDS = 60
FAULTS = (AuthlibBaseError, JoseError, requests.RequestException, RuntimeError, ValueError, KeyError)
LONGEST_SUBJECT = 255  # as the standard says


@dataclass(frozen=True)
class Known:
    """Who the provider says it is. `name` is what they are called there: a proposal."""

    issuer: str
    subject: str
    name: str


def init_app(app: Flask, config: Config) -> None:
    """The provider is asked about itself when the first person wants to sign in, so it may be down when we start."""
    app.jinja_env.globals["oidc_name"] = config.oidc_name if config.oidc_issuer else ""
    if not config.oidc_issuer:
        return
    app.extensions[EXTENSION] = OAuth(app).register(
        "provider",
        client_id=config.oidc_client_id,
        client_secret=config.oidc_client_secret,
        server_metadata_url=f"{config.oidc_issuer.rstrip('/')}/.well-known/openid-configuration",
        client_kwargs={
            "scope": "openid profile",
            "code_challenge_method": "S256",
            "default_timeout": PATIENCE_SECONDS,
        },
    )


def issuer() -> str:
    """The provider of today; empty: there is none."""
    return _config().oidc_issuer


def begin(back: str) -> Response:
    """Leads to the provider, who leads to `back`. Raises `Refusal` 404 without one, 503 when it does not answer."""
    provider = _provider()
    try:
        _require_its_issuer(provider)
        redirect: Response = provider.authorize_redirect(back)
    except FAULTS as fault:
        log.warning("the OpenID provider cannot be used: %s", fault)
        words = f"{_config().oidc_name} does not answer"
        raise Refusal(503, words, advice="Try again later.", retry_after_seconds=60) from None
    return redirect


def finish() -> Known:
    """What the provider says about whoever comes back from it. Raises `Refusal` 400 for anything that is not right."""
    config, provider = _config(), _provider()
    try:
        _require_its_issuer(provider)
        claims = provider.authorize_access_token(claims_options=_demanded(config), leeway=LEEWAY_SECONDS)["userinfo"]
        subject = str(claims["sub"])
    except FAULTS as fault:
        log.warning("somebody could not sign in with OpenID: %s: %s", type(fault).__name__, fault)
        words = f"Signing in with {config.oidc_name} did not work"
        raise Refusal(400, words, advice="Begin again on the page to sign in.") from None
    if not 0 < len(subject) <= LONGEST_SUBJECT:
        raise Refusal(400, "The provider does not say who you are")
    return Known(config.oidc_issuer, subject, str(claims.get("preferred_username") or claims.get("name") or ""))


def _demanded(config: Config) -> dict[str, Any]:
    """Authlib looks at nonce and time by itself, but at an audience only when it is told which."""
    return {
        "iss": {"essential": True, "value": config.oidc_issuer},
        "aud": {"essential": True, "value": config.oidc_client_id},
        "sub": {"essential": True},
        "exp": {"essential": True},
    }


def _require_its_issuer(provider: FlaskOAuth2App) -> None:
    """It must call itself what the operator calls it (OpenID Connect Discovery, 4.3), and sign as we want."""
    told = provider.load_server_metadata()
    if told.get("issuer") != _config().oidc_issuer:
        provider.server_metadata.pop("_loaded_at", None)
        raise ValueError(f"it calls itself {told.get('issuer')!r}")
    offered = told.get("id_token_signing_alg_values_supported") or ["RS256"]
    told["id_token_signing_alg_values_supported"] = [name for name in offered if name in SIGNATURES]


def _provider() -> FlaskOAuth2App:
    provider = current_app.extensions.get(EXTENSION)
    if provider is None:
        raise Refusal(404, "This site has no other way to sign in")
    return provider


def _config() -> Config:
    config: Config = current_app.config["SOUNDBOX"]
    return config
