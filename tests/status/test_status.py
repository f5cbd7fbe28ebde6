"""How the instance says it is."""

from __future__ import annotations

import shutil
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from soundbox import __version__
from soundbox.clock import now_ms
from soundbox.engines.catalogue import Catalogue
from soundbox.engines.models import KINDS, procedural_models
from soundbox.extensions import db
from soundbox.jobs.workers import WorkerRecord


def worker_says(seconds_ago: int = 0, **facts: Any) -> None:
    with db.write() as session:
        moment = now_ms() - seconds_ago * 1000
        session.add(WorkerRecord(id="w1", device="cpu", models=["music"], seen_ms=moment, **facts))


def test_a_healthy_site_says_so_to_anybody(nobody: FlaskClient) -> None:
    answer = nobody.get("/health")
    assert answer.status_code == 200
    assert (answer.json["status"], answer.json["version"], answer.json["reasons"]) == ("healthy", __version__, [])


def test_a_media_folder_that_is_gone_is_unhealthy(open_app: Flask, owner: FlaskClient) -> None:
    shutil.rmtree(open_app.config["SOUNDBOX"].media_folder)
    answer = owner.get("/health")
    assert (answer.status_code, answer.json["status"]) == (503, "unhealthy")
    assert "media folder" in answer.json["reasons"][0]


@pytest.mark.parametrize(
    ("facts", "state", "words"),
    [
        (None, "pending", "No worker is running, so nothing is being made."),
        ({}, "ready", "The worker is ready."),
        ({"running": 2}, "ready", "The worker is at work."),
        ({"pause": "The disk is full."}, "pending", "The disk is full."),
        ({"seconds_ago": 60}, "pending", "No worker is running, so nothing is being made."),
    ],
)
def test_models_are_ready_while_a_worker_lives(owner: FlaskClient, facts: dict | None, state: str, words: str) -> None:
    if facts is not None:
        worker_says(**facts)
    answer = owner.get("/status").json
    assert (answer["models"]["music"], answer["models"]["magnet"], answer["worker"]) == (state, state, words)


def test_what_cannot_be_served_here_is_unloaded(open_app: Flask, owner: FlaskClient) -> None:
    open_app.extensions["soundbox_catalogue"] = Catalogue([(procedural_models(), lambda: None)], {"tts": "absent"})
    worker_says()
    models = owner.get("/status").json["models"]
    assert (models["tts"], models["audio"]) == ("unloaded", "ready")
    assert set(models) == {*KINDS, "magnet"}


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        ({}, "unloaded"),
        ({"loading": "music"}, "loading"),
        ({"loaded": ["music"]}, "ready"),
        ({"broken": {"music": "The weights are broken."}}, "error"),
        ({"broken": {"music": "The weights were broken."}, "loading": "music"}, "loading"),
        ({"seconds_ago": 60, "loaded": ["music"]}, "pending"),
    ],
)
def test_a_model_with_weights_is_where_its_worker_has_it(
    open_app: Flask, owner: FlaskClient, facts: dict[str, Any], state: str
) -> None:
    with_weights = replace(procedural_models()[0], weightless=False)
    open_app.extensions["soundbox_catalogue"] = Catalogue([([with_weights], lambda: None)], {})
    worker_says(**facts)
    assert owner.get("/status").json["models"]["music"] == state


def test_a_machine_without_a_gpu_says_so_in_zeros(owner: FlaskClient) -> None:
    assert owner.get("/status").json["gpu"] == {
        "name": "none",
        "available": False,
        "busy": False,
        "memory_used_gb": 0.0,
        "memory_total_gb": 0.0,
        "memory_percent": 0.0,
    }


def test_the_wait_grows_with_the_queue(owner: FlaskClient) -> None:
    assert set(owner.get("/status").json["estimated_wait"].values()) == {0.0}
    owner.post("/generate", json={"prompt": "rain", "model": "audio", "duration": 30})
    answer = owner.get("/status").json
    assert (answer["queue_length"], answer["queue_by_model"]) == (1, {"audio": 1})
    assert set(answer["estimated_wait"]) == set(answer["models"])
    assert all(wait == 30.0 for wait in answer["estimated_wait"].values())  # nothing measured yet: as long as it sounds


def test_status_needs_nobody_and_names_nobody(nobody: FlaskClient) -> None:
    nobody.post("/generate", json={"prompt": "my secret"})
    assert "my secret" not in nobody.get("/status").text
