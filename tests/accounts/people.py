"""People who sign up and in, as tests need them."""

from __future__ import annotations

from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

PASSWORD = "a long one that I remember"
HTML = {"Accept": "text/html"}
RAIN = {"prompt": "slow rain on a tin roof", "model": "audio", "duration": 2}


def sign_up(client: FlaskClient, name: str = "ada", **more: Any) -> TestResponse:
    return client.post("/auth/register", json={"name": name, "password": PASSWORD, **more})


def sign_in(client: FlaskClient, name: str = "ada", password: str = PASSWORD, **more: Any) -> TestResponse:
    return client.post("/auth/login", json={"name": name, "password": password, **more})


def signed_up(app: Flask, name: str = "ada", **more: Any) -> FlaskClient:
    """A browser in which this person has just signed up."""
    client = app.test_client()
    assert sign_up(client, name, **more).status_code == 201
    return client


def who(client: FlaskClient) -> dict[str, Any]:
    answer: dict[str, Any] = client.get("/auth/login", headers={"Accept": "application/json"}).json
    return answer


def cookie(client: FlaskClient) -> str | None:
    kept = client.get_cookie("session_id")
    return kept.value if kept else None
