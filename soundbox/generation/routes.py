"""Asking for sound: the page, the request, an idea when nobody has one."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, make_response, render_template, request, url_for
from jinja2_fragments.flask import render_block
from pydantic import BaseModel

from soundbox.accounts.principal import principal
from soundbox.clock import in_words
from soundbox.engines.ideas import random_prompt as idea
from soundbox.extensions import db
from soundbox.jobs.halting import Halted
from soundbox.jobs.models import Dispatch
from soundbox.jobs.showing import own_unfinished
from soundbox.presets.finding import find
from soundbox.presets.tiles import preset_tiles
from soundbox.tracks.browse import browse
from soundbox.tracks.cards import cards_of
from soundbox.tracks.filters import Filters
from soundbox.tracks.instance import catalogue
from soundbox.web.bodies import parse_body, parse_query
from soundbox.web.describe import describe
from soundbox.web.errors import Refusal
from soundbox.web.respond import respond, wants_fragment, wants_html

from .accepting import accept
from .answers import GenerationAnswer, IdeaAnswer, IdeaBody, QuoteAnswer, UnderstandAnswer, UnderstandQuery
from .choosing import filled_in, taken_out
from .prompting import answer_for, helps, kind_of
from .quoting import allowance, note_allowance, quote, quote_card
from .request import GenerationQuery, GenerationRequest

blueprint = Blueprint("generation", __name__)

NEWEST_SHOWN = 5
REFUSALS = {
    415: "Neither JSON nor a form",
    422: "The Idempotency-Key was used with another body",
    429: "Rate limit exceeded",
    503: "Queue is full",
}


class CreatePage(BaseModel):
    examples: list[str]


@blueprint.get("/create")
@describe("Generation", "The form", answers={200: CreatePage}, has_page=True)
def create() -> Response:
    shown = _shown(_chosen(request.args.to_dict()))
    page = CreatePage(examples=shown["examples_by_kind"][kind_of(request.args.get("model", "music"))])
    quote_again = {"HX-Trigger-After-Settle": "asked"} if wants_fragment() else {}  # a preset may be another length
    return respond(page, template="generation/create.html", block="form", headers=quote_again, **shown)


@blueprint.post("/generate")
@describe(
    "Generation",
    "Ask for a sound",
    body=GenerationRequest,
    query=GenerationQuery,
    headers={"Idempotency-Key": "The same key and body within a day get the same answer, and make nothing twice"},
    answers={200: QuoteAnswer, 201: GenerationAnswer},
    has_page=True,
    example='{"prompt": "slow rain on a tin roof", "duration": 15, "model": "audio"}',
    refusals=REFUSALS,
)
def submit() -> Response:
    principal().demand("generate")
    if parse_query(GenerationQuery).dry_run:
        return _quoted()
    try:
        answer = accept(parse_body(GenerationRequest))
    except Refusal as refusal:
        if not wants_html():
            raise
        return _form_again(refusal)
    finally:
        note_allowance()
    first = url_for("jobs.show", job_id=answer.job_id)
    return respond(
        answer,
        template="generation/create.html",
        block="jobs",
        see=first if len(answer.jobs) == 1 else url_for("generation.create"),
        status=201,
        headers={"Location": first, "HX-Trigger": "asked"},
        **(_shown(form_with({})) if wants_fragment() else {}),
    )


@blueprint.post("/random-prompt")
@describe(
    "Generation",
    "A prompt worth trying",
    body=IdeaBody,
    answers={200: IdeaAnswer},
    has_page=True,
    example='{"model": "music"}',
)
def random_prompt() -> Response:
    body = parse_body(IdeaBody)
    info = catalogue().find(body.model)
    kind = info.kind if info else "music"
    answer = IdeaAnswer(prompt=idea(kind, body.seed))
    values = {**request.form.to_dict(), "prompt": answer.prompt}
    if not wants_html():
        return respond(answer)
    see = f"{url_for('generation.create')}?{urlencode(values)}"
    return respond(answer, template="generation/create.html", block="form", see=see, **_shown(form_with(values)))


@blueprint.get("/understand")
@describe(
    "Generation",
    "What an engine reads in a prompt, before anything is made",
    query=UnderstandQuery,
    answers={200: UnderstandAnswer, 204: None},
    has_page=True,
)
def understand() -> Response:
    query = parse_query(UnderstandQuery)
    with db.read() as session:
        preset = find(session, principal(), query.preset) if query.preset else None
    answer = answer_for(query.model, query.prompt, preset)
    if query.seen == answer.version:
        return make_response("", 204)
    shown = {"heard": answer} if wants_fragment() else _shown(form_with(request.args.to_dict()))
    return respond(answer, template="generation/create.html", block="understood", **shown)


def _quoted() -> Response:
    """To a form, also why nothing would be taken now: that is no mistake of theirs yet."""
    note_allowance()
    if not wants_fragment():
        return respond(quote(parse_body(GenerationRequest)))
    shown = _beforehand(request.form.to_dict())
    return make_response(render_block("generation/create.html", "quote", **shown))


def form_with(values: dict[str, str]) -> dict[str, Any]:
    """The form as a template takes it, with what is typed already."""
    return {"values": values, "errors": {}, "error": None}


def _chosen(values: dict[str, str]) -> dict[str, Any]:
    """The form with the preset that an address names, or without the one that was taken out again."""
    slug = values.get("preset")
    if not slug:
        return {**form_with(taken_out(values)), "is_taken_out": slug == "" and bool(values.get("before"))}
    with db.read() as session:
        preset = find(session, principal(), slug)
    if preset is None:
        gone = "There is no such preset any more. What you typed is still here."
        return {**form_with(taken_out(values)), "error": gone}
    return form_with(filled_in(values, preset))


def _form_again(refusal: Refusal) -> Response:
    """What was typed stays; each fault stands at its field."""
    errors = {name.partition(".")[0]: words for name, words in refusal.fields.items()}
    said = f"{refusal.message}. {refusal.advice}" if refusal.advice else refusal.message
    form = {"values": request.form.to_dict(), "errors": errors, "error": said}
    shown = _shown(form)
    if wants_fragment():
        response = make_response(render_block("generation/create.html", "form", **shown), refusal.status)
    else:
        response = make_response(render_template("generation/create.html", **shown), refusal.status)
        response.headers["HX-Push-Url"] = url_for("generation.create")
    response.headers.update(refusal.headers)
    return response


def _shown(form: dict[str, Any]) -> dict[str, Any]:
    who = principal()
    slug = form["values"].get("preset")
    with db.read() as session:
        preset = find(session, who, slug) if slug else None
        newest = browse(session, Filters(owned_by=who.user_id or 0), "recent", 1, NEWEST_SHOWN)
        jobs = own_unfinished(session, who)
        halted = Halted.of(Dispatch.seen(session)).text
        mine = cards_of(session, newest.tracks, who)
        tiles = preset_tiles(session, who, preset)
    return {
        "form": form,
        "jobs": jobs,
        "mine": mine,
        "halted": halted,
        "recorded": {name: voice.language_name for voice in catalogue().recorded_voices for name in voice.names},
        "preset": preset,
        "tiles": tiles,
        **helps(form["values"], preset),
        **_beforehand(form["values"]),
    }


def _beforehand(values: dict[str, Any]) -> dict[str, Any]:
    """What somebody may know before they ask: their place and time, and what is left of their limits."""
    with db.read() as session:
        used = allowance(session)
    next_place = in_words(used.next_place_in) if used.next_place_in else ""
    return {"quote": quote_card(values), "used": used, "next_place": next_place}
