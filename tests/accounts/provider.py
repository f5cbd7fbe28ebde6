"""A small OpenID Connect provider on loopback, with a real key, that can be told to lie."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlencode

from flask import Flask, Response, jsonify, redirect, request
from joserfc import jwt
from joserfc.jwk import RSAKey
from werkzeug.serving import make_server

CLIENT_ID, CLIENT_SECRET = "soundbox", "a secret that both know"


class Provider:
    """Signs `person` in at once. `lies` are claims that it gets wrong; None leaves one out."""

    def __init__(self) -> None:
        self.key = RSAKey.generate_key(2048, {"kid": "1", "use": "sig", "alg": "RS256"})
        self.signs_with = self.key
        self.algorithm = "RS256"
        self.person = {"sub": "4711", "preferred_username": "Ada L.", "email": "ada@example.org"}
        self.lies: dict[str, Any] = {}
        self.issuer = ""
        self.calls_itself: str | None = None
        self.codes: dict[str, dict[str, str]] = {}
        self.asked: dict[str, str] = {}

    def app(self) -> Flask:
        app = Flask("provider")
        app.add_url_rule("/.well-known/openid-configuration", view_func=self.discovery)
        app.add_url_rule("/authorize", view_func=self.authorize)
        app.add_url_rule("/token", view_func=self.token, methods=["POST"])
        app.add_url_rule("/jwks", view_func=lambda: jsonify({"keys": [self.key.as_dict(private=False)]}))
        return app

    def discovery(self) -> Response:
        return jsonify(
            issuer=self.calls_itself or self.issuer,
            authorization_endpoint=f"{self.issuer}/authorize",
            token_endpoint=f"{self.issuer}/token",
            jwks_uri=f"{self.issuer}/jwks",
            id_token_signing_alg_values_supported=["RS256", "HS256", "none"],
        )

    def authorize(self) -> Any:
        self.asked = request.args.to_dict()
        code = secrets.token_urlsafe(8)
        self.codes[code] = self.asked
        return redirect(f"{self.asked['redirect_uri']}?{urlencode({'code': code, 'state': self.asked['state']})}")

    def token(self) -> Any:
        """A code counts once, for its client, and only with the other half of the challenge (RFC 7636)."""
        asked = self.codes.pop(request.form["code"], None)
        client = request.authorization
        challenge = base64.urlsafe_b64encode(hashlib.sha256(request.form["code_verifier"].encode()).digest())
        is_right = (
            asked is not None
            and client is not None
            and (client.username, client.password) == (CLIENT_ID, CLIENT_SECRET)
            and asked["code_challenge"] == challenge.decode().rstrip("=")
            and asked["redirect_uri"] == request.form["redirect_uri"]
        )
        if not is_right or asked is None:
            return jsonify(error="invalid_grant"), 400
        return jsonify(access_token="x", token_type="Bearer", expires_in=60, id_token=self.id_token(asked["nonce"]))

    def id_token(self, nonce: str) -> str:
        now = int(time.time())
        told = {"iss": self.issuer, "aud": CLIENT_ID, "iat": now, "exp": now + 60, "nonce": nonce, **self.person}
        claims = {name: value for name, value in {**told, **self.lies}.items() if value is not None}
        if self.algorithm == "none":
            return f"{_encoded({'alg': 'none'})}.{_encoded(claims)}."
        if self.algorithm == "HS256":  # with what everybody can read as its key
            signed = f"{_encoded({'alg': 'HS256', 'kid': '1'})}.{_encoded(claims)}"
            proof = hmac.digest(self.key.as_pem(private=False), signed.encode(), "sha256")
            return f"{signed}.{base64.urlsafe_b64encode(proof).decode().rstrip('=')}"
        return jwt.encode({"alg": self.algorithm, "kid": "1"}, claims, self.signs_with)


@contextmanager
def running() -> Iterator[Provider]:
    provider = Provider()
    server = make_server("127.0.0.1", 0, provider.app(), threaded=True)
    provider.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _encoded(values: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")
