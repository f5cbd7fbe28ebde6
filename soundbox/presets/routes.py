"""Presets: finding, saving, changing and sharing them."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, make_response, render_template, request, url_for

from soundbox.accounts.audit import audit_power
from soundbox.accounts.principal import Principal, demand_community, principal
from soundbox.extensions import db, limiter
from soundbox.tracks.blocklist import refuse_blocked
from soundbox.tracks.instance import settings
from soundbox.undo.answers import DeletedAnswer
from soundbox.web.bodies import checked, parse_body, parse_query, sent_empty
from soundbox.web.describe import describe
from soundbox.web.errors import Refusal
from soundbox.web.respond import respond, wants_html

from . import adoption, leaving, undoing  # noqa: F401 - they listen
from .access import held, unknown
from .answers import (
    DraftAnswer,
    DraftQuery,
    EditBody,
    PresetAnswer,
    PresetsAnswer,
    PresetsQuery,
    SaveBody,
)
from .drafts import draft_of
from .finding import Found, look_up, of_the_house, own, shared
from .models import SavedPreset, TooManyPresets
from .preset import Preset

blueprint = Blueprint("presets", __name__)

NO_PRESET = {404: "There is no such preset, or it is not shared"}


@blueprint.get("/presets", endpoint="index")
@blueprint.get("/api/presets", endpoint="index_api")
@describe(
    "Presets",
    "Those that everybody has, one's own, and what others share",
    query=PresetsQuery,
    answers={200: PresetsAnswer},
    has_page=True,
)
def index() -> Response:
    query, who = parse_query(PresetsQuery), principal()
    with db.read() as session:
        mine = _answers(own(session, who), who, query.model)
        house = [] if query.mine else _answers(of_the_house(session), who, query.model)
        others = [] if query.mine else _answers(shared(session, who), who, query.model)
    every = [*mine, *house, *others]
    answer = PresetsAnswer(presets=every, count=len(every))
    return respond(
        answer, template="presets/index.html", block="presets", mine=mine, house=house, others=others, query=query
    )


@blueprint.get("/presets/new", endpoint="draft")
@describe(
    "Presets",
    "What a preset of a track, or a copy of another preset, would be",
    query=DraftQuery,
    answers={200: DraftAnswer},
    has_page=True,
    refusals=NO_PRESET,
)
def draft() -> Response:
    query = parse_query(DraftQuery)
    with db.read() as session:
        facts = draft_of(session, principal(), query.track, query.preset)
    return respond(
        DraftAnswer(facts=facts),
        template="presets/edit.html",
        block="form",
        **_form({**facts, **query.model_dump(exclude_none=True)}),
    )


@blueprint.post("/api/presets")
@limiter.limit("120/hour")
@describe(
    "Presets",
    "Save a preset: of a track, of another preset, or in one's own words",
    body=SaveBody,
    answers={201: PresetAnswer},
    has_page=True,
    example='{"name": "Night train", "prompt_base": "fast train in a tunnel, distant horn", "model": "audio"}',
    refusals={400: "Not possible, or no room for more; the sentence says why", **NO_PRESET},
)
def create() -> Response:
    who = demand_community()
    try:
        body = parse_body(SaveBody)
        with db.write() as session:
            facts = _merged(draft_of(session, who, body.track, body.preset), body)
            preset = _welcome(facts)
            try:
                saved = SavedPreset.save(
                    session, who.settle(session), **_columns(preset), shared=bool(body.shared), uses=0
                )
            except TooManyPresets as many:
                raise Refusal(400, str(many), advice="Delete one that you no longer need.") from None
            answer = PresetAnswer.of(Found(preset.model_copy(update={"slug": saved.slug}), saved), principal())
    except Refusal as refusal:
        return _form_again(refusal)
    answer = answer.model_copy(update={"mine": True})  # also of a guest who has just become somebody
    return respond(answer, see=answer.page_url, say="Saved.", status=201, headers={"Location": answer.page_url})


@blueprint.get("/presets/<preset>", endpoint="show")
@blueprint.get("/api/presets/<preset>", endpoint="show_api")
@describe("Presets", "One preset", answers={200: PresetAnswer}, has_page=True, refusals=NO_PRESET)
def show(preset: str) -> Response:
    who = principal()
    with db.read() as session:
        found = look_up(session, who, preset)
        if found is None:
            raise unknown()
        answer = PresetAnswer.of(found, who)
    return respond(answer, template="presets/show.html", preset=answer, **_form(answer.model_dump()))


@blueprint.post("/presets/<preset>/edit", endpoint="edit")
@blueprint.patch("/api/presets/<preset>", endpoint="edit_api")
@describe(
    "Presets",
    "Change one's preset, share it or keep it",
    body=EditBody,
    answers={200: PresetAnswer},
    has_page=True,
    refusals=NO_PRESET,
)
def edit(preset: str) -> Response:
    who = demand_community()
    try:
        body = parse_body(EditBody)
        with db.write() as session:
            saved = held(session, who, preset)
            changed = _welcome(_merged(_columns(saved.preset), body))
            detail = {"name": saved.name, "changed": sorted({*body.facts, *sent_empty()})}
            audit_power(session, who, saved.user_id, "preset.edit", f"preset:{preset}", **detail)
            saved.edit(**_columns(changed), shared=saved.shared if body.shared is None else body.shared)
            session.flush()
            found = look_up(session, who, preset)
            if found is None:
                raise unknown()
            answer = PresetAnswer.of(found, who)
    except Refusal as refusal:
        return _form_again(refusal, preset)
    return respond(answer, see=answer.page_url, say="Saved.")


@blueprint.post("/presets/<preset>/delete", endpoint="delete")
@blueprint.delete("/api/presets/<preset>", endpoint="delete_api")
@describe(
    "Presets", "Delete one's preset; its tracks stay", answers={200: DeletedAnswer}, has_page=True, refusals=NO_PRESET
)
def delete(preset: str) -> Response:
    who = demand_community()
    with db.write() as session:
        saved = held(session, who, preset)
        audit_power(session, who, saved.user_id, "preset.delete", f"preset:{preset}", name=saved.name)
        answer = DeletedAnswer.of(undoing.keep(session, saved) if who.owns(saved.user_id) else None)
        session.delete(saved)
    return respond(answer, see=url_for("presets.index"), say="Deleted.", undo=answer.undo_url)


def _answers(group: list[Found], who: Principal, family: str | None) -> list[PresetAnswer]:
    return [PresetAnswer.of(found, who) for found in group if family in (None, found.preset.kind)]


def _merged(facts: dict[str, Any], body: EditBody) -> dict[str, Any]:
    """What is named replaces what was there; what is sent empty takes it away."""
    emptied = sent_empty()
    return {**{name: value for name, value in facts.items() if name not in emptied}, **body.facts}


def _welcome(facts: dict[str, Any]) -> Preset:
    """Raises `Refusal` 400 for what cannot be a preset, or has words on the operator's list."""
    preset = checked(Preset, {**facts, "slug": "new"})
    spoken = (value for value in preset.parameters.values() if isinstance(value, str))
    refuse_blocked(settings().instance, "preset", preset.name, preset.description, *preset.tags, *spoken)
    refuse_blocked(settings().instance, "prompt_base", preset.prompt_base)
    return preset


def _columns(preset: Preset) -> dict[str, Any]:
    return {**preset.model_dump(exclude={"slug"}), "tags": list(preset.tags)}


def _form(values: dict[str, Any], errors: dict[str, str] | None = None, error: str | None = None) -> dict[str, Any]:
    return {"form": {"values": values, "errors": errors or {}, "error": error}}


def _form_again(refusal: Refusal, slug: str | None = None) -> Response:
    """What was typed stays; each fault stands at its field."""
    if not wants_html() or refusal.status in (403, 404):
        raise refusal
    errors = {name.partition(".")[0]: words for name, words in refusal.fields.items()}
    shown = _form({**request.form.to_dict(), "slug": slug}, errors, refusal.message)
    return make_response(render_template("presets/edit.html", **shown), refusal.status)
