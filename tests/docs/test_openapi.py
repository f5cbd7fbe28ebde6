"""The OpenAPI document is valid, complete, and the site keeps what it says."""

from __future__ import annotations

import re

import jsonschema_rs
import pytest
import schemathesis
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from schemathesis.specs.openapi.definitions import OPENAPI_31_VALIDATOR

from soundbox.docs.openapi import document
from tests.jobs.growth import FIRST_PART, grow
from tests.live.stations import segment_on_air
from tests.making import make_track

EXAMPLES = 7  # of each operation: there are hundreds


def no_fault_of_the_server(_: object, response: schemathesis.Response, case: schemathesis.Case) -> None:
    """A station without a sound and a full queue say 503 where the document says so; that is an answer."""
    status = response.status_code
    assert status < 500 or (status == 503 and "503" in case.operation.definition.raw["responses"]), response.text


CHECKS = [
    no_fault_of_the_server,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
QUIETLY = settings(
    max_examples=EXAMPLES,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def real_things(app: Flask, client: FlaskClient) -> dict[str, str]:
    """What stands in the paths of the document."""
    track_id = make_track(app)
    job_id = client.post("/generate", json={"prompt": "rain", "model": "audio"}).json["job_id"]
    grow(app, f"{job_id}.0.0")
    playlist_id = client.post("/api/playlists", json={"name": "Slow evenings", "track": track_id}).json["id"]
    search_id = client.post("/api/searches", json={"name": "Rain", "query": "search=rain"}).json["id"]
    webhook_id = client.post("/api/webhooks", json={"url": "https://example.com/hook"}).json["id"]
    preset = client.post("/api/presets", json={"name": "Bells", "prompt_base": "slow bells"}).json["slug"]
    gone = client.post("/api/playlists", json={"name": "Gone"}).json["id"]
    deleted_id = client.delete(f"/api/playlists/{gone}").json["undo_url"].rpartition("/")[-1]
    slug = client.post("/api/stations", json={"name": "Rain"}).json["slug"]
    known = {"track_id": track_id, "job_id": job_id, "playlist_id": playlist_id, "search_id": search_id}
    return known | {
        "webhook_id": webhook_id,
        "model": "music",
        "name": "owner",
        "form": "atom",
        "slug": slug,
        "preset": preset,
        "deleted_id": deleted_id,
        "voice": "de",
        "segment": segment_on_air(client, slug),
        "list_form": "m3u",
        "part": FIRST_PART,
    }


def faults(app: Flask, mode: GenerationMode, known: dict[str, str] | None = None) -> list[str]:
    """Every operation, deletions last, with made-up values; `known` path parameters are taken from it."""
    schema = schemathesis.openapi.from_wsgi("/openapi.json", app)
    operations = [found.ok() for found in schema.get_all_operations()]
    found = []
    for operation in sorted(operations, key=lambda operation: "delete" in operation.label.lower()):
        names = [parameter.name for parameter in operation.path_parameters]
        if known is not None and not names:
            continue
        fixed = {name: known_value(operation.path, name, known) for name in names} if known is not None else None

        @QUIETLY
        @given(case=operation.as_strategy(generation_mode=mode, path_parameters=fixed))
        def keeps_its_word(case: schemathesis.Case) -> None:
            case.call_and_validate(checks=CHECKS)

        try:
            keeps_its_word()
        except Unsatisfiable:
            continue  # nothing about this operation can be made wrong
        except FailureGroup as failures:
            found.append(f"{operation.label}: {failures}")
    return found


def known_value(path: str, name: str, known: dict[str, str]) -> str:
    if name == "file":
        return f"{known['track_id']}.{'png' if path.startswith('/spectrogram') else 'wav'}"
    return known[name]


def test_the_document_is_valid(open_app: Flask) -> None:
    OPENAPI_31_VALIDATOR.validate(document(open_app))


def test_every_schema_in_it_is_valid(open_app: Flask) -> None:
    for name, schema in document(open_app)["components"]["schemas"].items():
        assert jsonschema_rs.meta.is_valid(schema), name


def test_every_route_and_method_of_the_site_is_in_it(open_app: Flask) -> None:
    served = {
        (re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule), method.lower())
        for rule in open_app.url_map.iter_rules()
        for method in rule.methods - {"HEAD", "OPTIONS"}
        if not rule.rule.startswith("/static/")
    }
    paths = document(open_app)["paths"]
    assert {(path, method) for path, methods in paths.items() for method in methods} == served


def test_the_public_site_tells_of_accounts_too(open_app: Flask, public_app: Flask) -> None:
    told = document(public_app)
    OPENAPI_31_VALIDATOR.validate(told)
    assert set(told["paths"]) > set(document(open_app)["paths"])
    assert "/api/tokens" in told["paths"]


def test_a_route_that_promises_nothing_is_noticed(open_app: Flask) -> None:
    open_app.add_url_rule("/silent", "silent", lambda: "")
    with pytest.raises(LookupError, match="/silent"):
        document(open_app)


def test_the_document_is_served(owner: FlaskClient, open_app: Flask) -> None:
    answer = owner.get("/openapi.json", headers={"Accept": "text/html"})
    assert (answer.mimetype, answer.json["openapi"]) == ("application/json", "3.1.0")


def test_good_requests_get_what_is_documented(open_app: Flask) -> None:
    assert faults(open_app, GenerationMode.POSITIVE) == []


def test_bad_requests_get_what_is_documented(open_app: Flask) -> None:
    assert faults(open_app, GenerationMode.NEGATIVE) == []


def test_requests_for_what_exists_get_what_is_documented(open_app: Flask, owner: FlaskClient) -> None:
    assert faults(open_app, GenerationMode.POSITIVE, real_things(open_app, owner)) == []
