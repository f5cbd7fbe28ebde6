"""Sound Box for language models: tools of the Model Context Protocol over the HTTP API of a site.

The server knows nobody by where they come from. Over stdio it speaks with the token that it was started with, over HTTP
with the token that each request carries.
"""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from mcp.server.mcpserver import Audio, Context, MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from pydantic import Field

from soundbox import __version__

from .site import SiteError, SoundBox

INSTRUCTIONS = (
    "Sound Box makes music, sound effects and speech from words. Ask for a sound with generate, then look at its job "
    "with check_job every few seconds until its status is completed, then download it. search_library and radio_track "
    "find sounds that others made."
)
ID = re.compile(r"[0-9a-f]{32}")
SHOWN = (
    "id",
    "name",
    "prompt",
    "kind",
    "duration",
    "tempo",
    "key",
    "licence",
    "commercial_use",
    "creator",
    "audio_url",
    "page_url",
)

Prompt = Annotated[
    str, Field(min_length=1, max_length=500, description="What it should sound like, or the words to say")
]
Model = Annotated[str, Field(description="music, audio (sound effects) or tts (speech); the site may have more")]
Id = Annotated[str, Field(pattern=ID.pattern, description="32 hexadecimal digits")]
Kind = Literal["music", "audio", "tts"]


def build(address: str, token: str = "", *, each_brings_a_token: bool = False) -> MCPServer[Any]:
    """A server over the site at `address`. `each_brings_a_token`: over HTTP, where `token` is nobody's."""
    server: MCPServer[Any] = MCPServer("Sound Box", instructions=INSTRUCTIONS, version=__version__, log_level="WARNING")

    def site(context: Context) -> SoundBox:
        return SoundBox(address, _token_of(context) if each_brings_a_token else token)

    @server.tool()
    def generate(
        context: Context,
        prompt: Prompt,
        model: Model = "music",
        duration: Annotated[float, Field(ge=0.5, le=600, description="Seconds")] = 8.0,
        loop: Annotated[bool, Field(description="A seamless loop")] = False,
        seed: Annotated[int | None, Field(ge=0, description="Equal seeds give equal sounds")] = None,
        title: str = "",
    ) -> dict[str, Any]:
        """Ask for a sound. Answers its job, which takes seconds to minutes."""
        wish = {"prompt": prompt, "model": model, "duration": duration, "loop": loop, "seed": seed, "title": title}
        return _asked(lambda: site(context).post("/generate", wish))

    @server.tool()
    def check_job(context: Context, job_id: Id) -> dict[str, Any]:
        """How a job stands: queued, processing, completed or failed, with its place, its progress and what it made."""
        return _asked(lambda: site(context).get(f"/job/{job_id}"))

    @server.tool()
    def search_library(
        context: Context,
        words: Annotated[str, Field(max_length=500, description="What to look for; empty: everything")] = "",
        kind: Kind | None = None,
        sort: Literal["relevance", "recent", "popular", "rating", "trending", "duration"] | None = None,
        page: Annotated[int, Field(ge=1)] = 1,
        per_page: Annotated[int, Field(ge=1, le=50)] = 10,
    ) -> dict[str, Any]:
        """Public sounds that fit, with licence and makers."""
        query = {"search": words, "model": kind, "sort": sort, "page": page, "per_page": per_page}
        found = _asked(lambda: site(context).get("/api/library", **query))
        return {"tracks": [_shown(track) for track in found["items"]], "total": found["total"], "pages": found["pages"]}

    @server.tool()
    def radio_track(
        context: Context,
        kind: Kind | None = None,
        heard: Annotated[list[Id] | None, Field(max_length=200, description="Ids that should not come again")] = None,
    ) -> dict[str, Any]:
        """The next track of the radio, by chance."""
        exclude = ",".join(heard) if heard else None
        found = _asked(lambda: site(context).get("/api/radio/next", model=kind, exclude=exclude))
        return {"track": _shown(found["track"]) if found["track"] else None}

    @server.tool()
    def download(context: Context, track_id: Id, form: Literal["mp3", "ogg", "flac", "wav"] = "mp3") -> Audio:
        """The sound of a track, or of a job that is completed."""
        content = _asked(lambda: site(context).file(f"/audio/{track_id}.{form}"))
        return Audio(data=content, format="mpeg" if form == "mp3" else form)

    return server


def _asked(ask: Any) -> Any:
    try:
        return ask()
    except SiteError as error:
        raise ToolError(str(error)) from None


def _shown(track: dict[str, Any]) -> dict[str, Any]:
    return {name: track[name] for name in SHOWN}


def _token_of(context: Context) -> str:
    """Raises `ToolError` for a request without one."""
    request = context.request_context.request
    headers = request.headers if request else {}
    scheme, _, token = headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise ToolError("Send a token of Sound Box as a bearer: members make them in their settings.")
    return str(token.strip())
