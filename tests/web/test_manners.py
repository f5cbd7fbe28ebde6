"""How every answer behaves, whatever it is about."""

from __future__ import annotations

import json
import re

import pytest
from flask.testing import FlaskClient

HTML = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
JSON = {"Accept": "application/json"}


@pytest.mark.parametrize(
    ("path", "headers", "media_type"),
    [
        ("/library", {}, "text/html"),
        ("/library", HTML, "text/html"),
        ("/library", JSON, "application/json"),
        ("/library", {"Accept": "*/*"}, "text/html"),
        ("/api/library", {}, "application/json"),
        ("/api/library", {"Accept": "*/*"}, "application/json"),
        ("/api/library", HTML, "text/html"),
        ("/api/library", {"Accept": "text/html;q=0.5, application/json"}, "application/json"),
        ("/api/library", {"HX-Request": "true"}, "text/html"),
        ("/queue-status", {}, "application/json"),
        ("/nowhere", {}, "application/json"),
        ("/nowhere", HTML, "text/html"),
        ("/create/nowhere", {}, "text/html"),
    ],
)
def test_the_caller_chooses_the_shape(owner: FlaskClient, path: str, headers: dict, media_type: str) -> None:
    answer = owner.get(path, headers=headers)
    assert answer.mimetype == media_type
    assert {"Accept", "HX-Request"} <= set(answer.vary)


def test_htmx_gets_a_fragment_and_a_boosted_link_the_whole_page(owner: FlaskClient) -> None:
    fragment = owner.get("/library", headers={"HX-Request": "true"}).text
    boosted = owner.get("/library", headers={"HX-Request": "true", "HX-Boosted": "true"}).text
    restored = owner.get("/library", headers={"HX-Request": "true", "HX-History-Restore-Request": "true"}).text
    assert "<html" not in fragment
    assert "<html" in boosted and "<html" in restored


@pytest.mark.parametrize(
    ("method", "path", "body", "content_type", "status", "error"),
    [
        ("GET", "/api/nothing", None, None, 404, "Not found"),
        ("GET", "/audio/nothing.wav", None, None, 404, "Audio file not found"),
        ("GET", "/job/nothing", None, None, 404, "Job not found"),
        ("PUT", "/generate", None, None, 405, "This address does not take that method"),
        ("POST", "/generate", "{", "application/json", 400, "The body is not valid JSON"),
        ("POST", "/generate", "[1]", "application/json", 400, "The body must be a JSON object"),
        ("POST", "/generate", "[" * 100_000, "application/json", 400, "The body is not valid JSON"),
        ("POST", "/generate", "prompt", "text/plain", 415, "Send JSON or a form"),
        ("POST", "/generate", '{"prompt": "x"}', None, 415, "Send JSON or a form"),
        ("POST", "/generate", "x" * 1_000_000, "application/json", 413, "What you sent is too large"),
        ("GET", "/api/library?page=0", None, None, 400, "Page must be greater than or equal to 1"),
        ("GET", "/api/library?sort=loudest", None, None, 400, None),
    ],
)
def test_every_failure_has_one_shape(
    owner: FlaskClient, method: str, path: str, body: str, content_type: str, status: int, error: str | None
) -> None:
    answer = owner.open(path, method=method, data=body, content_type=content_type)
    assert answer.status_code == status
    assert list(answer.json) == ["error"]
    assert error is None or answer.json["error"] == error


def test_a_wrong_method_names_the_right_ones(owner: FlaskClient) -> None:
    assert "POST" in owner.get("/generate").headers["Allow"]


def test_problem_json_is_given_to_those_who_ask(owner: FlaskClient) -> None:
    answer = owner.get("/job/nothing", headers={"Accept": "application/problem+json"})
    assert answer.mimetype == "application/problem+json"
    assert answer.json["status"] == 404 and answer.json["detail"] == "Job not found"


def test_what_is_refused_before_anybody_is_known_has_a_page_too(nobody: FlaskClient) -> None:
    wrong_token = nobody.get("/library", headers={**HTML, "Authorization": "Bearer sbx_wrong"})
    nul = nobody.get("/tracks/%00", headers=HTML)
    foreign = nobody.post("/generate", data={"prompt": "x"}, headers={**HTML, "Origin": "https://evil.example"})
    assert [wrong_token.status_code, nul.status_code, foreign.status_code] == [401, 404, 403]
    assert all("<html" in page.text for page in (wrong_token, nul, foreign))


@pytest.mark.parametrize("place", ["job", "tracks", "api/library", "audio", "spectrogram", "download"])
def test_a_nul_names_nothing(owner: FlaskClient, place: str) -> None:
    assert owner.get(f"/{place}/%00").status_code == 404


@pytest.mark.parametrize("query", ["user_id=%00", "search=%00", "search=%ff", "user_id=%ff%ff"])
def test_odd_bytes_in_a_query_find_nothing(owner: FlaskClient, query: str) -> None:
    assert owner.get(f"/api/library?{query}").json["items"] == []
    assert owner.get(f"/history?{query}").json == []


def test_an_error_page_says_what_to_do(owner: FlaskClient) -> None:
    page = owner.get("/tracks/nothing", headers=HTML)
    assert page.status_code == 404
    assert "Track not found" in page.text and "typo" in page.text


def test_a_broken_view_answers_500_without_its_secrets(open_app) -> None:
    @open_app.get("/api/broken")
    def broken() -> str:
        raise RuntimeError("the password is 12345")

    client = open_app.test_client()
    answer, page = client.get("/api/broken"), client.get("/api/broken", headers=HTML)
    assert answer.status_code == page.status_code == 500
    assert list(answer.json) == ["error"]
    assert "12345" not in answer.text + page.text


@pytest.mark.parametrize(
    ("headers", "allowed"),
    [
        ({}, True),
        ({"Sec-Fetch-Site": "same-origin"}, True),
        ({"Sec-Fetch-Site": "none"}, True),
        ({"Sec-Fetch-Site": "cross-site"}, False),
        ({"Sec-Fetch-Site": "same-site"}, False),
        ({"Origin": "http://localhost"}, True),
        ({"Origin": "https://evil.example"}, False),
        ({"Origin": "null"}, False),
    ],
)
def test_writes_from_other_sites_are_refused(owner: FlaskClient, headers: dict, allowed: bool) -> None:
    answer = owner.post("/random-prompt", json={"model": "music"}, headers=headers)
    assert answer.status_code == (200 if allowed else 403)


def test_every_answer_forbids_foreign_and_inline_code(owner: FlaskClient) -> None:
    for path in ("/", "/api/library", "/nowhere", "/static/css/base.css"):
        policy = owner.get(path).headers["Content-Security-Policy"]
        assert "script-src 'self'" in policy and "unsafe" not in policy and "frame-ancestors 'none'" in policy


def test_an_open_instance_answers_to_its_own_names_only(owner: FlaskClient) -> None:
    assert owner.get("/health", headers={"Host": "127.0.0.1:5309"}).status_code == 200
    assert owner.get("/health", headers={"Host": "[::1]:5309"}).status_code == 200
    assert owner.get("/health", headers={"Host": "rebound.example"}).status_code == 400


def test_a_request_id_is_kept_or_made(owner: FlaskClient, capfd: pytest.CaptureFixture[str]) -> None:
    given = owner.get("/health", headers={"X-Request-ID": "abc-12345678"})
    assert given.headers["X-Request-ID"] == "abc-12345678"
    forged = owner.get("/health", headers={"X-Request-ID": "bad id {}"})
    assert forged.headers["X-Request-ID"] != "bad id {}"


def test_log_lines_are_json_and_carry_the_request_id(owner: FlaskClient, capfd: pytest.CaptureFixture[str]) -> None:
    from soundbox.web import logs

    logs.configure("info")
    owner.get("/job/a\nb", headers={"X-Request-ID": "abc-12345678"})
    lines = [json.loads(line) for line in capfd.readouterr().err.splitlines()]
    assert lines[-1]["request_id"] == "abc-12345678" and lines[-1]["status"] == 404


def test_styles_are_one_file_that_browsers_keep(owner: FlaskClient) -> None:
    address = re.search(r'href="(/static/site\.css[^"]*)"', owner.get("/library").text)
    assert address
    answer = owner.get(address[1])
    assert answer.mimetype == "text/css"
    assert "--space-7" in answer.text and ".pager" in answer.text
    assert "/*" not in answer.text and ".playlist[data-order] :is(" in answer.text, "spaces that mean something stay"
    assert {"public", "immutable"} <= {word.strip() for word in answer.headers["Cache-Control"].split(",")}


def test_scripts_come_without_what_only_people_read(owner: FlaskClient) -> None:
    answer = owner.get("/static/js/queue.js")
    assert answer.mimetype == "text/javascript"
    assert "export class Queue" in answer.text and "\n//" not in answer.text and "/**" not in answer.text
    assert owner.get("/static/js/queue.js", headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304


@pytest.mark.parametrize("name", ["nothing.js", "../css/base.css", "%2e%2e/icons/mark.svg", "visuals"])
def test_no_other_file_is_a_script(owner: FlaskClient, name: str) -> None:
    assert owner.get(f"/static/js/{name}").status_code == 404
