"""What programs find out by themselves is true of the instance they ask."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from soundbox import __version__
from soundbox.app import create_app
from soundbox.config import Config
from soundbox.docs.openapi import operations
from soundbox.engines import voices
from tests.making import make_track


def test_the_manifest_names_what_is_here(open_app: Flask, owner: FlaskClient) -> None:
    make_track(open_app), make_track(open_app, prompt="rain", kind="audio")
    said = owner.get("/api/manifest").json
    assert (said["name"], said["version"]) == ("Sound Box", __version__)
    assert said["library"] == {"total": 2, "music": 1, "audio": 1, "tts": 0}
    assert {"music", "audio", "magnet-music", "magnet-audio"} <= {model["id"] for model in said["models"]}
    assert {"name", "available", "busy"} <= set(said["gpu"])
    assert {(one["method"], one["path"]) for one in said["endpoints"]} == {
        (operation.method.upper(), operation.path) for operation in operations(open_app)
    }


def test_the_manifest_says_how_to_sign_in_where_people_have_accounts(nobody: FlaskClient) -> None:
    auth = nobody.get("/api/manifest").json["auth"]
    assert (auth["mode"], auth["guests"], auth["scheme"]) == ("accounts", True, "bearer")
    assert "generate" in auth["scopes"]


def test_the_manifest_says_that_an_open_instance_asks_nobody(owner: FlaskClient) -> None:
    assert owner.get("/api/manifest").json["auth"]["mode"] == "open"


def test_speech_is_offered_only_where_it_is_installed(
    config: Config, database: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(voices, "is_installed", lambda: False)
    said = create_app(config).test_client().get("/api/manifest").json
    assert "speech" not in said["capabilities"] and "music" in said["capabilities"]
    assert "tts" not in {model["id"] for model in said["models"]}


def test_every_link_of_the_manifest_leads_somewhere(owner: FlaskClient) -> None:
    for link in owner.get("/api/manifest").json["discovery"].values():
        assert owner.get(link).status_code == 200


def test_the_agent_card_has_a_skill_for_each_model(owner: FlaskClient) -> None:
    card = owner.get("/.well-known/agent-card.json").json
    required = {"protocolVersion", "name", "description", "url", "version", "capabilities", "skills"}
    assert required | {"defaultInputModes", "defaultOutputModes"} <= set(card)
    made = {model["id"] for model in owner.get("/api/manifest").json["models"]}
    skills = {skill["id"] for skill in card["skills"]}
    assert {f"generate-{model}" for model in made} <= skills and len(skills) == len(card["skills"])
    assert all(skill["name"] and skill["description"] and skill["tags"] for skill in card["skills"])
    assert owner.get(card["documentationUrl"]).status_code == 200


def test_llms_txt_is_markdown_whose_links_lead_somewhere(owner: FlaskClient) -> None:
    answer = owner.get("/llms.txt")
    assert answer.mimetype == "text/markdown"
    lines = answer.text.splitlines()
    assert lines[0] == "# Sound Box" and lines[2].startswith("> ")
    links = re.findall(r"^- \[[^\]]+\]\((http[^)]+)\): ", answer.text, re.MULTILINE)
    assert len(links) >= 10
    for link in links:
        assert owner.get(link, headers={"Accept": "application/json"}).status_code in (200, 405), link
