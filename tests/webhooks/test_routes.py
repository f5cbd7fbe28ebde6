"""One's webhooks on the page and over the API."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.conftest import member
from tests.webhooks.test_addresses import BAD_URLS

HTML = {"Accept": "text/html"}


def test_the_secret_is_shown_once(ada: FlaskClient, listen) -> None:
    made = listen(ada)
    assert made["secret"].startswith("whsec_") and made["on"]
    assert "secret" not in ada.get("/api/webhooks").json["webhooks"][0]
    assert made["secret"] not in ada.get("/settings/webhooks", headers=HTML).text
    page = ada.post("/settings/webhooks", data={"url": "https://example.com/hook"}, headers=HTML)
    assert (page.status_code, page.headers["Cache-Control"]) == (201, "no-store") and "whsec_" in page.text


@pytest.mark.parametrize(
    "url",
    [
        *(url for url in BAD_URLS if "\x00" not in url),
        "http://127.0.0.1/",
        "http://169.254.169.254/latest/meta-data",
        "http://[::1]/",
    ],
)
def test_an_address_that_leads_nowhere_or_inside_is_refused_in_words(ada: FlaskClient, url: str) -> None:
    answer = ada.post("/api/webhooks", json={"url": url})
    assert answer.status_code == 400 and answer.json["error"]
    page = ada.post("/settings/webhooks", data={"url": url}, headers=HTML)
    assert page.status_code == 400 and 'aria-invalid="true"' in page.text
    assert ada.get("/api/webhooks").json == {"webhooks": []}


def test_guests_have_none(site: Flask) -> None:
    guest = site.test_client()
    for answer in (guest.get("/api/webhooks"), guest.post("/api/webhooks", json={"url": "https://example.com"})):
        assert (answer.status_code, answer.json) == (401, {"error": "Authentication required"})


def test_the_owner_of_an_open_instance_has_them(owner: FlaskClient) -> None:
    assert owner.post("/api/webhooks", json={"url": "https://example.com/hook"}).status_code == 201
    assert "example.com/hook" in owner.get("/settings/webhooks", headers=HTML).text


def test_strangers_touch_nothing(site: Flask, ada: FlaskClient, listen) -> None:
    made, dov = listen(ada), member(site, "dov", "free")
    paths = [("DELETE", ""), ("POST", "/test"), ("POST", "/on")]
    assert {dov.open(f"/api/webhooks/{made['id']}{path}", method=method).status_code for method, path in paths} == {404}
    assert dov.get("/api/webhooks").json == {"webhooks": []}
    assert len(ada.get("/api/webhooks").json["webhooks"]) == 1


def test_five_are_enough(ada: FlaskClient, listen) -> None:
    for _ in range(5):
        listen(ada)
    answer = ada.post("/api/webhooks", json={"url": "https://example.com/"})
    assert (answer.status_code, answer.json) == (400, {"error": "You have 5 webhooks already"})


def test_every_action_works_as_a_plain_form(ada: FlaskClient, listen) -> None:
    made = listen(ada)
    for action, words in (("test", "On its way"), ("on", "Switched on"), ("delete", "Deleted")):
        answer = ada.post(f"/settings/webhooks/{made['id']}/{action}", headers=HTML)
        assert (answer.status_code, answer.headers["Location"]) == (303, "/settings/webhooks")
        assert words in ada.get("/settings/webhooks", headers=HTML).text
    assert "No webhooks" in ada.get("/settings/webhooks", headers=HTML).text
