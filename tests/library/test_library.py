"""Finding tracks, looking at one, keeping one's own in order."""

from __future__ import annotations

import gzip
import io
import json
import random
import re
import zipfile
from string import ascii_lowercase

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from soundbox.extensions import db
from tests.making import make_track

HTML = {"Accept": "text/html"}


def found(client: FlaskClient, **query: object) -> list[str]:
    return [item["prompt"] for item in client.get("/api/library", query_string=query).json["items"]]


def links(answer: TestResponse) -> dict[str, str]:
    return {rel: url for url, rel in re.findall(r'<([^>]*)>; rel="(\w+)"', answer.headers["Link"])}


def test_an_empty_library_says_so_and_offers_the_next_step(owner: FlaskClient) -> None:
    assert owner.get("/api/library").json == {
        "items": [],
        "total": 0,
        "total_capped": False,
        "partial": False,
        "page": 1,
        "pages": 1,
        "per_page": 20,
    }
    assert "/create" in owner.get("/library").text


def test_a_row_has_every_documented_field_with_its_type(open_app: Flask, owner: FlaskClient) -> None:
    track_id = make_track(open_app, seconds=15.0)
    row = owner.get("/api/library").json["items"][0]
    documented = {
        "id": str, "filename": str, "prompt": str, "model": str, "duration": int, "is_loop": int,
        "quality_score": int, "spectrogram": str, "upvotes": int, "downvotes": int, "category": str,
        "user_id": str, "created_at": str,
    }  # fmt: skip
    assert {name: type(row[name]) for name in documented} == documented
    assert row == owner.get(f"/api/library/{track_id}").json
    assert json.loads(row["category"]) == row["categories"] == ["peaceful", "ambient"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, ["lo-fi piano", "heavy rain", "80s synthwave"]),
        ({"model": "music"}, ["lo-fi piano", "80s synthwave"]),
        ({"model": "audio"}, ["heavy rain"]),
        ({"model": "tts"}, []),
        ({"category": "rain"}, ["heavy rain"]),
        ({"loop": "true"}, ["80s synthwave"]),
        ({"search": "lofi"}, ["lo-fi piano"]),
        ({"search": "lo fi"}, ["lo-fi piano"]),
        ({"search": "LO-FI PIA"}, ["lo-fi piano"]),
        ({"search": "rai"}, ["heavy rain"]),
        ({"search": "rai heavy"}, []),
        ({"search": "ain"}, []),
        ({"search": "?!*\"'%_"}, []),
        ({"search": "' OR 1=1 --"}, []),
        ({"sort": "duration"}, ["80s synthwave", "heavy rain", "lo-fi piano"]),
        ({"sort": "popular"}, ["heavy rain", "lo-fi piano", "80s synthwave"]),
        ({"model": "music", "search": "piano"}, ["lo-fi piano"]),
    ],
)
def test_filters_and_sorts_combine(open_app: Flask, owner: FlaskClient, query: dict, expected: list[str]) -> None:
    make_track(open_app, prompt="80s synthwave", seconds=3.0, loop=True, created_ms=1)
    make_track(open_app, prompt="heavy rain", kind="audio", created_ms=2, upvotes=5)
    make_track(open_app, prompt="lo-fi piano", seconds=1.0, created_ms=3)
    assert found(owner, **query) == expected


@pytest.mark.parametrize("query", ["sort=loudest", "model=tuba", "category=nonsense", "page=0", "page=x", "per_page=0"])
def test_nonsense_in_the_query_is_400(owner: FlaskClient, query: str) -> None:
    answer = owner.get(f"/api/library?{query}")
    assert answer.status_code == 400 and answer.json["error"]


def test_pages_cover_everything_once_and_link_to_each_other(open_app: Flask, owner: FlaskClient) -> None:
    for number in range(5):
        make_track(open_app, prompt=f"track {number}", created_ms=number)
    first = owner.get("/api/library?per_page=2&search=track")
    assert (first.json["total"], first.json["pages"]) == (5, 3)
    assert 'rel="next"' in first.headers["Link"] and "search=track" in first.headers["Link"]
    prompts = [prompt for page in (1, 2, 3) for prompt in found(owner, per_page=2, page=page)]
    assert prompts == [f"track {number}" for number in (4, 3, 2, 1, 0)]


def test_at_most_a_hundred_rows_a_page(owner: FlaskClient) -> None:
    assert owner.get("/api/library?per_page=5000").json["per_page"] == 100


def test_links_carry_cursors_and_say_where_a_list_begins_and_ends(open_app: Flask, owner: FlaskClient) -> None:
    for number in range(5):
        make_track(open_app, prompt=f"track {number}", upvotes=number % 2)
    first = owner.get("/api/library?per_page=2&sort=popular")
    assert set(links(first)) == {"first", "next", "last"} and "cursor=" in links(first)["next"]
    second = owner.get(links(first)["next"])
    assert (second.json["page"], len(second.json["items"])) == (2, 2)
    assert owner.get(links(second)["prev"]).json["items"] == first.json["items"]
    last = owner.get(links(first)["last"])
    assert (last.json["page"], len(last.json["items"])) == (3, 1) and "next" not in links(last)
    for path in ("cursor=nonsense&sort=popular", links(second)["next"].split("?")[1].replace("popular", "rating")):
        assert owner.get(f"/api/library?{path}").status_code == 400


def test_the_index_and_its_counts_are_told(open_app: Flask, owner: FlaskClient) -> None:
    make_track(open_app, prompt="peaceful ambient melody")
    make_track(open_app, prompt="rain", kind="audio")
    make_track(open_app, prompt="peaceful secret", visibility="private")
    counts = {"total": 2, "music": 1, "audio": 1, "tts": 0}
    assert owner.get("/api/library/counts").json == counts
    assert owner.get("/api/library/category-counts").json == {"peaceful": 1, "ambient": 1, "rain": 1}
    assert owner.get("/api/library/category-counts?model=audio").json == {"rain": 1}
    assert owner.get("/api/stats").json == {
        "total_generations": 2,
        "total_votes": 0,
        "total_favorites": 0,
        "categories": {"music": 77, "audio": 61, "tts": 29},
        "tracks": counts,
    }


def test_categories_are_named(owner: FlaskClient) -> None:
    names = owner.get("/api/categories/music").json["categories"]
    assert (len(names), names["drum_and_bass"], names["80s"]) == (77, "Drum And Bass", "80s")
    assert owner.get("/api/categories/tuba").status_code == 404


def test_a_maker_is_found_by_id_and_by_name(public_app: Flask, cast: dict[str, FlaskClient]) -> None:
    make_track(public_app, "ada", "hers")
    make_track(public_app, "ben", "his")
    public_id = cast["dov"].get("/api/library?maker=ada").json["items"][0]["user_id"]
    assert found(cast["dov"], user_id=public_id) == found(cast["dov"], maker="ada") == ["hers"]
    assert found(cast["dov"], user_id=public_id, maker="ben") == found(cast["dov"], maker="nobody") == []


def test_ones_own_tracks_can_be_narrowed_and_searched(public_app: Flask, cast: dict[str, FlaskClient]) -> None:
    make_track(public_app, "ada", "my secret rain", visibility="private", tempo=90.0, key="A minor")
    make_track(public_app, "ada", "my open piano", seconds=1.0)

    def mine(**query: object) -> list[str]:
        answer = cast["ada"].get("/mine", query_string=query, headers={"Accept": "application/json"})
        return [item["prompt"] for item in answer.json["items"]]

    assert mine(visibility="private") == mine(search="secre") == mine(min_tempo=80, key="a minor") == ["my secret rain"]
    assert mine(max_duration=1.5) == mine(category="piano") == mine(search="my pia") == ["my open piano"]
    assert mine(sort="relevance", voted="false") == ["my open piano", "my secret rain"]
    assert mine(search="?") == []


def test_private_and_unlisted_tracks_are_not_listed(public_app: Flask, cast: dict[str, FlaskClient]) -> None:
    private = make_track(public_app, "ada", "my secret", visibility="private")
    unlisted = make_track(public_app, "ada", "half a secret", visibility="unlisted")
    assert found(cast["ada"]) == found(cast["dov"]) == []
    assert cast["dov"].get(f"/api/library/{private}").status_code == 404
    assert cast["dov"].get(f"/audio/{private}.wav").status_code == 404
    assert cast["dov"].get(f"/spectrogram/{private}.png").status_code == 404
    assert cast["dov"].get(f"/api/library/{unlisted}").status_code == 200
    assert cast["ada"].get(f"/api/library/{private}").status_code == 200
    assert cast["cleo"].get(f"/audio/{private}.wav").status_code == 200


def test_an_owner_edits_by_form_and_by_json(open_app: Flask, owner: FlaskClient) -> None:
    track_id = make_track(open_app)
    form = owner.post(f"/tracks/{track_id}/edit", data={"title": "Morning", "visibility": "unlisted"}, headers=HTML)
    assert (form.status_code, form.location) == (303, f"/tracks/{track_id}")
    answer = owner.patch(f"/api/library/{track_id}", json={"visibility": "public"})
    assert (answer.json["title"], answer.json["visibility"]) == ("Morning", "public")
    assert found(owner, search="morning") == ["peaceful ambient melody"]


def test_a_title_can_be_taken_back(open_app: Flask, owner: FlaskClient) -> None:
    track_id = make_track(open_app, title="Morning")
    assert owner.patch(f"/api/library/{track_id}", json={"title": ""}).json["title"] == ""


@pytest.mark.parametrize("body", [{"title": "x" * 121}, {"visibility": "everyone"}, {"title": 5}])
def test_a_bad_edit_changes_nothing(open_app: Flask, owner: FlaskClient, body: dict) -> None:
    track_id = make_track(open_app, title="Morning")
    assert owner.patch(f"/api/library/{track_id}", json=body).status_code == 400
    assert owner.get(f"/api/library/{track_id}").json["title"] == "Morning"


def test_a_stranger_can_neither_edit_nor_delete(public_app: Flask, cast: dict[str, FlaskClient]) -> None:
    track_id = make_track(public_app, "ada")
    assert cast["dov"].patch(f"/api/library/{track_id}", json={"title": "mine"}).status_code == 403
    assert cast["dov"].delete(f"/api/library/{track_id}").status_code == 403
    assert cast["ada"].get(f"/api/library/{track_id}").json["title"] == ""


def test_deleting_takes_the_files_along(open_app: Flask, owner: FlaskClient) -> None:
    track_id = make_track(open_app)
    assert owner.delete(f"/api/library/{track_id}").json == {"success": True}
    assert owner.get(f"/audio/{track_id}.wav").status_code == 404
    assert list(open_app.extensions["soundbox_media"].keys()) == []


def test_files_that_another_track_shares_stay(open_app: Flask, owner: FlaskClient) -> None:
    first = make_track(open_app)
    second = make_track(open_app, stem=f"{first}.1")
    owner.delete(f"/api/library/{first}")
    assert owner.get(f"/audio/{second}.wav").status_code == 200


def test_mine_shows_private_tracks_and_what_they_fill(public_app: Flask, cast: dict[str, FlaskClient]) -> None:
    make_track(public_app, "ada", "my secret", visibility="private")
    make_track(public_app, "dov", "not mine")
    mine = cast["ada"].get("/mine", headers={"Accept": "application/json"}).json
    assert [item["prompt"] for item in mine["items"]] == ["my secret"]
    assert mine["size_bytes"] == 176476
    assert "my secret" in cast["ada"].get("/mine").text


def test_all_of_mine_comes_as_one_zip(open_app: Flask, owner: FlaskClient) -> None:
    ids = [make_track(open_app, prompt="Slow rain on a tin roof, very far away", created_ms=n) for n in range(2)]
    answer = owner.get("/mine/all.zip")
    archive = zipfile.ZipFile(io.BytesIO(answer.data))
    assert archive.testzip() is None
    assert archive.namelist() == [f"slow-rain-on-a-tin-roof-very_{track_id[-6:]}.wav" for track_id in ids]


def test_nothing_to_take_along_is_said(owner: FlaskClient) -> None:
    assert owner.get("/mine/all.zip").status_code == 404


def test_history_lists_as_the_first_document_did(open_app: Flask, owner: FlaskClient) -> None:
    track_id = make_track(open_app)
    make_track(open_app, prompt="rain", kind="audio")
    (row,) = owner.get("/history?model=music").json
    assert row["filename"] == f"{track_id}.wav"
    assert set(row) == {
        "filename", "prompt", "model", "duration", "loop", "rating", "created", "quality_score", "quality_issues",
        "spectrogram", "user_id",
    }  # fmt: skip


@pytest.mark.parametrize("count", [1, 100])
def test_a_page_of_the_library_costs_the_same_queries_however_full(
    public_app: Flask, cast: dict[str, FlaskClient], count: int
) -> None:
    from sqlalchemy import event

    for _ in range(count):
        make_track(public_app, "ben")
    seen: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda *a: seen.append(a[2]))
    page = cast["ada"].get("/library?per_page=100").text
    assert len(set(re.findall(r'"/tracks/(\w+)"', page))) == count
    besides = ("FROM users", "FROM api_tokens", "FROM jobs", "FROM aura_accounts")  # identity and header
    queries = [sql for sql in seen if sql.startswith("SELECT") and not any(other in sql for other in besides)]
    assert len(queries) <= 5


def test_a_full_page_of_the_library_is_light(open_app: Flask, owner: FlaskClient) -> None:
    """With every prompt another, as long as people write them: what repeats packs too well."""
    words = random.Random(1)
    for _ in range(20):
        prompt = " ".join("".join(words.choices(ascii_lowercase, k=words.randint(2, 9))) for _ in range(12))
        make_track(open_app, prompt=prompt, peaks=words.choices(range(101), k=100))
    page = owner.get("/library?per_page=20").data
    assert len(set(re.findall(rb'"/tracks/(\w+)"', page))) == 20
    assert len(gzip.compress(page, 6)) < 25_000


def test_the_track_page_shows_what_made_it(open_app: Flask, owner: FlaskClient) -> None:
    track_id = make_track(open_app, understood=["lo-fi", "78 bpm"])
    page = owner.get(f"/tracks/{track_id}").text
    for words in ("Sound Box composer", "CC0-1.0", "78 bpm", "peaceful ambient melody"):
        assert words in page


def test_the_words_of_a_track_stand_on_its_page_once(open_app: Flask, owner: FlaskClient) -> None:
    """A track without a title bears its prompt as its name."""

    def shown(**facts: object) -> tuple[int, list[str]]:
        page = owner.get(f"/tracks/{make_track(open_app, prompt='rain on tin', **facts)}").text
        article = page[page.index("<article") : page.index("</article>")]
        headings = re.findall(r"<h2>(.*?)</h2>", article)
        return len(re.findall(r">\s*rain on tin\s*<", article)), headings[: headings.index("Take it further")]

    assert shown(title="Storm", understood=["rain"]) == (1, ["The words"])
    assert shown(understood=["rain"]) == (1, ["Understood as"])
    assert shown() == (1, [])


def test_what_people_type_is_shown_as_text(open_app: Flask, owner: FlaskClient) -> None:
    evil = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
    track_id = make_track(open_app, prompt=evil, title=evil[:120])
    for path in (f"/tracks/{track_id}", "/library", "/", "/mine", "/create"):
        page = owner.get(path).text
        assert "<script>alert" not in page and "<img src=x" not in page


@pytest.mark.parametrize("query", [{"page": 10**9}, {"page": 2**53, "per_page": 10**9}, {"search": "x" * 60_000}])
def test_nothing_is_too_far_or_too_long_to_ask_for(open_app: Flask, owner: FlaskClient, query: dict) -> None:
    make_track(open_app)
    answer = owner.get("/api/library", query_string=query)
    assert (answer.status_code, answer.json["items"]) == (200, [])


@pytest.mark.parametrize(
    ("method", "path", "page", "answer"),
    [
        ("POST", "/tracks/{}/edit", "/tracks/{}", {"title": "Morning"}),
        ("PATCH", "/api/library/{}", "/tracks/{}", {"title": "Morning"}),
        ("POST", "/tracks/{}/delete", "/mine", {"success": True}),
        ("DELETE", "/api/library/{}", "/mine", {"success": True}),
    ],
)
def test_every_change_of_a_track_is_a_page_a_fragment_and_json(
    open_app: Flask, owner: FlaskClient, method: str, path: str, page: str, answer: dict
) -> None:
    ids = [make_track(open_app) for _ in range(3)]
    by_form, by_htmx, by_program = (
        owner.open(path.format(track_id), method=method, headers=headers, data={"title": "Morning"})
        for track_id, headers in zip(ids, (HTML, {"HX-Request": "true"}, {"Accept": "application/json"}), strict=True)
    )
    assert (by_form.status_code, by_form.headers["Location"]) == (303, page.format(ids[0]))
    assert (by_htmx.status_code, by_htmx.headers["HX-Location"]) == (204, page.format(ids[1]))
    assert answer.items() <= by_program.json.items() and "Set-Cookie" not in by_program.headers
