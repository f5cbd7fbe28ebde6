"""A search can be kept, found again and forgotten, by the one who kept it."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from soundbox.searches.models import MOST_SEARCHES


def test_a_kept_search_leads_back_to_the_same_list(owner: FlaskClient) -> None:
    kept = keep(owner, "Rainy loops", "?search=rain&loop=1&page=3")
    assert (kept["name"], kept["url"]) == ("Rainy loops", "/library?loop=1&search=rain")
    assert owner.get(kept["url"]).status_code == 200
    assert owner.get("/api/searches").json == {"searches": [kept]}


def test_the_same_search_again_is_only_renamed(owner: FlaskClient) -> None:
    first = keep(owner, "Rain", "search=rain&model=audio")
    again = keep(owner, "Weather", "model=audio&search=rain")
    assert again["id"] == first["id"]
    assert names(owner) == ["Weather"]


def test_what_is_forgotten_is_gone(owner: FlaskClient) -> None:
    kept = keep(owner, "Rain", "search=rain")
    assert owner.delete(f"/api/searches/{kept['id']}").json == {"success": True}
    assert names(owner) == []
    assert owner.delete(f"/api/searches/{kept['id']}").status_code == 404


def test_nobody_sees_or_forgets_the_searches_of_another(cast: dict[str, FlaskClient]) -> None:
    kept = keep(cast["ada"], "Mine", "search=secret")
    assert names(cast["ben"]) == []
    assert cast["ben"].delete(f"/api/searches/{kept['id']}").status_code == 404
    assert cast["cleo"].delete(f"/api/searches/{kept['id']}").status_code == 404
    assert names(cast["ada"]) == ["Mine"]


def test_a_guest_keeps_searches_too(nobody: FlaskClient) -> None:
    keep(nobody, "Rain", "search=rain")
    assert names(nobody) == ["Rain"]


def test_there_is_an_end_to_keeping(owner: FlaskClient) -> None:
    for number in range(MOST_SEARCHES):
        keep(owner, f"No. {number}", f"search={number}")
    answer = owner.post("/api/searches", json={"name": "One more", "query": "search=x"})
    assert answer.status_code == 400 and "50" in answer.json["error"]


@pytest.mark.parametrize(
    "body",
    [{}, {"name": ""}, {"name": "x" * 61}, {"name": "x", "query": "y" * 1001}, {"name": "x", "query": "a=1&" * 31}],
)
def test_nonsense_is_a_clear_error(owner: FlaskClient, body: dict) -> None:
    answer = owner.post("/api/searches", json=body)
    assert answer.status_code == 400 and answer.json["error"]


def test_a_plain_form_comes_back_to_the_list(owner: FlaskClient) -> None:
    answer = owner.post("/api/searches", data={"name": "Rain", "query": "search=rain"}, headers={"Accept": "text/html"})
    assert (answer.status_code, answer.location) == (303, "/library?search=rain")


def keep(client: FlaskClient, name: str, query: str) -> dict:
    answer = client.post("/api/searches", json={"name": name, "query": query})
    assert answer.status_code == 201, answer.text
    return answer.json


def names(client: FlaskClient) -> list[str]:
    return [one["name"] for one in client.get("/api/searches").json["searches"]]
