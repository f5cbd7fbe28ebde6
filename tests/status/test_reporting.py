"""Errors of browsers reach the log, cut and cleaned, and no more of them than a log can bear."""

from __future__ import annotations

import logging

import pytest
from flask.testing import FlaskClient


def test_an_error_reaches_the_log(owner: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    told = {"message": "Audio playback failed", "stack": "Error at line 123...", "url": "/api/radio/shuffle"}
    with caplog.at_level(logging.WARNING, "soundbox.browser"):
        assert owner.post("/api/log-error", json=told).json == {"success": True}
    (record,) = [record for record in caplog.records if record.name == "soundbox.browser"]
    assert record.getMessage() == "Audio playback failed"
    assert record.fields == {"stack": "Error at line 123...", "url": "/api/radio/shuffle"}


def test_what_is_too_long_is_cut_and_control_characters_are_gone(
    owner: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING, "soundbox.browser"):
        owner.post("/api/log-error", json={"message": "a\x00b\x1b[31m" + "c" * 9000, "stack": "s" * 90_000})
    (record,) = [record for record in caplog.records if record.name == "soundbox.browser"]
    assert record.getMessage().startswith("a b [31mccc")
    assert (len(record.getMessage()), len(record.fields["stack"])) == (500, 4000)


@pytest.mark.parametrize("body", [{}, {"message": ""}, {"message": 7}, {"message": ["x"]}])
def test_nonsense_is_refused(owner: FlaskClient, body: dict) -> None:
    assert owner.post("/api/log-error", json=body).status_code == 400


def test_percent_signs_are_words_not_formats(owner: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, "soundbox.browser"):
        assert owner.post("/api/log-error", json={"message": "100 %s of %d"}).status_code == 200
    assert caplog.records[-1].getMessage() == "100 %s of %d"


def test_the_log_is_not_flooded(nobody: FlaskClient) -> None:
    answers = [nobody.post("/api/log-error", json={"message": "again"}).status_code for _ in range(31)]
    assert answers == [200] * 30 + [429]
