"""The Model Context Protocol, by its own client: tools over a real site, in process, over stdio and over HTTP."""

from __future__ import annotations

import base64
import io
import json
import os
import subprocess
import sys
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from typing import Any

import anyio
import httpx2
import pytest
import soundfile
from flask import Flask
from mcp import Client, StdioServerParameters
from mcp.client.streamable_http import streamable_http_client
from sqlalchemy import select
from werkzeug.serving import make_server

from soundbox.accounts.models import ApiToken, User
from soundbox.extensions import db
from soundbox.jobs.models import Job
from soundbox.mcp.server import build
from tests.deploy.site import free_port, until
from tests.making import make_track
from tests.working import Working

ASKED = {"prompt": "a click", "model": "audio", "duration": 1, "seed": 5}
COMMAND = (sys.executable, "-m", "soundbox.cli", "mcp")


@pytest.fixture
def address(public_app: Flask) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, public_app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


@pytest.fixture
def token(public_app: Flask) -> str:
    with db.write() as session:
        return ApiToken.issue(session, User.add_member(session, "ada", "supporter"))


@pytest.fixture
def working(public_app: Flask) -> Iterator[Working]:
    worker = Working(public_app)
    yield worker
    worker.stop()


def told(result: Any) -> Any:
    assert not result.is_error, result.content
    return result.structured_content or json.loads(result.content[0].text)


def talk(server: Any, conversation: Callable[[Client], Awaitable[Any]]) -> Any:
    async def whole() -> Any:
        async with Client(server) as client:
            return await conversation(client)

    return anyio.run(whole)


def test_the_tools_say_what_they_take(address: str) -> None:
    tools = talk(build(address), lambda client: client.list_tools()).tools
    assert [tool.name for tool in tools] == ["generate", "check_job", "search_library", "radio_track", "download"]
    assert all(tool.description and "context" not in tool.input_schema["properties"] for tool in tools)


def test_a_sound_is_asked_for_looked_after_and_taken_away(address: str, token: str, working: Working) -> None:
    server = build(address, token)
    job = told(talk(server, lambda client: client.call_tool("generate", ASKED)))
    look = {"job_id": job["job_id"]}
    assert told(talk(server, lambda client: client.call_tool("check_job", look)))["status"] == "queued"
    working.finish(job["job_id"])
    done = told(talk(server, lambda client: client.call_tool("check_job", look)))
    assert (done["status"], done["seed"]) == ("completed", 5)
    taken = {"track_id": job["job_id"], "form": "wav"}
    (sound,) = talk(server, lambda client: client.call_tool("download", taken)).content
    assert sound.mime_type == "audio/wav"
    assert soundfile.info(io.BytesIO(base64.b64decode(sound.data))).duration == pytest.approx(1, abs=0.01)


def test_the_library_is_searched_and_the_radio_plays(address: str, public_app: Flask, token: str) -> None:
    rain, dog = (make_track(public_app, "ada", prompt) for prompt in ("slow rain", "a dog"))
    server = build(address, token)
    found = told(talk(server, lambda client: client.call_tool("search_library", {"words": "rain"})))
    assert [track["id"] for track in found["tracks"]] == [rain]
    played = told(talk(server, lambda client: client.call_tool("radio_track", {"heard": [rain]})))
    assert played["track"]["id"] == dog


@pytest.mark.parametrize(
    ("tool", "arguments", "words"),
    [
        ("generate", {**ASKED, "model": "violin"}, "Unknown model"),
        ("generate", {**ASKED, "prompt": ""}, "prompt"),
        ("check_job", {"job_id": "0" * 32}, "Job not found"),
        ("check_job", {"job_id": "../settings"}, "job_id"),
        ("download", {"track_id": "0" * 32}, "not found"),
    ],
)
def test_what_cannot_be_is_an_error_in_words(
    address: str, token: str, tool: str, arguments: dict[str, Any], words: str
) -> None:
    result = talk(build(address, token), lambda client: client.call_tool(tool, arguments))
    assert result.is_error and words in result.content[0].text


def test_a_wrong_token_is_refused(address: str) -> None:
    result = talk(build(address, "sbx_wrong"), lambda client: client.call_tool("generate", ASKED))
    assert result.is_error and "Authentication required" in result.content[0].text


def test_a_site_that_is_not_there_is_told() -> None:
    result = talk(build(f"http://127.0.0.1:{free_port()}"), lambda client: client.call_tool("radio_track", {}))
    assert result.is_error and "No Sound Box answers" in result.content[0].text


def test_over_stdio_it_speaks_with_the_token_it_was_started_with(address: str, token: str) -> None:
    server = StdioServerParameters(
        command=COMMAND[0], args=[*COMMAND[1:], "--site", address], env={**os.environ, "SOUNDBOX_TOKEN": token}
    )
    job = told(talk(server, lambda client: client.call_tool("generate", ASKED)))
    with db.read() as session:
        assert session.scalars(select(Job)).one().user.name == "ada"
    assert job["status"] == "queued"


def test_over_http_everybody_brings_a_token(address: str, token: str) -> None:
    port = free_port()
    process = subprocess.Popen([*COMMAND, "--site", address, "--http", str(port)], stderr=subprocess.DEVNULL)
    try:
        until(lambda: _listens(port), "the server answers")
        refused = anyio.run(_call_over_http, port, "", "generate", ASKED)
        assert refused.is_error and "Send a token" in refused.content[0].text
        assert told(anyio.run(_call_over_http, port, token, "generate", ASKED))["status"] == "queued"
    finally:
        process.terminate()
        process.wait()


async def _call_over_http(port: int, token: str, tool: str, arguments: dict[str, Any]) -> Any:
    async with _http_client(port, token) as client:
        return await client.call_tool(tool, arguments)


@asynccontextmanager
async def _http_client(port: int, token: str) -> AsyncIterator[Client]:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    async with httpx2.AsyncClient(headers=headers, timeout=30) as http:
        transport = streamable_http_client(f"http://127.0.0.1:{port}/mcp", http_client=http)
        async with Client(transport) as client:
            yield client


def _listens(port: int) -> bool:
    try:
        httpx2.get(f"http://127.0.0.1:{port}/mcp", timeout=1)
    except httpx2.HTTPError:
        return False
    return True
