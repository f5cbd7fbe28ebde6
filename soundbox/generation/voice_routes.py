"""The voices that speak here, and how they sound."""

from __future__ import annotations

from flask import Blueprint, Response, send_file

from soundbox.engines.protocol import EngineError
from soundbox.extensions import limiter
from soundbox.media.derive import DeriveFailed
from soundbox.media.local import MediaFull
from soundbox.tracks.instance import catalogue, media, settings
from soundbox.web.describe import describe
from soundbox.web.errors import Refusal
from soundbox.web.respond import respond

from .voices import VoicesAnswer, sample_of, voices_of

blueprint = Blueprint("voices", __name__)

SAMPLE_SECONDS = 3600  # that browsers keep one


@blueprint.get("/voices")
@describe("Generation", "Voices for speech: language, licence, a sample", answers={200: VoicesAnswer}, has_page=True)
def index() -> Response:
    voices = voices_of(catalogue())
    return respond(VoicesAnswer(voices=voices), template="generation/voices.html", voices=voices)


@blueprint.get("/voices/<voice>/sample")
@limiter.limit("120/minute")
@describe(
    "Generation",
    "How a voice sounds: it counts to five, or says what it came with",
    answers={200: bytes, 206: bytes},
    media=("audio/wav", "audio/mpeg"),
    refusals={404: "There is no such voice", 410: "It cannot speak", 503: "The disk is full"},
)
def sample(voice: str) -> Response:
    try:
        path = sample_of(voice, catalogue(), media(), settings().voices_folder)
    except EngineError as error:
        raise Refusal(404, str(error)) from None
    except MediaFull as error:
        raise Refusal(503, str(error)) from None
    except DeriveFailed as error:
        raise Refusal(410, str(error)) from None
    kind = "audio/mpeg" if path.suffix == ".mp3" else "audio/wav"
    return send_file(path, kind, conditional=True, max_age=SAMPLE_SECONDS)
