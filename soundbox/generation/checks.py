"""What may be asked for here, by this person: the model, its length, its parameters, its parent."""

from __future__ import annotations

from sqlalchemy.orm import Session

from soundbox.accounts.principal import Principal
from soundbox.accounts.tiers import tier_named
from soundbox.engines.catalogue import Catalogue
from soundbox.engines.parameters import ParameterError, check
from soundbox.engines.protocol import ModelInfo
from soundbox.jobs.admission import Wish
from soundbox.web.errors import Refusal

from .ancestry import engine_relation, parent_recipe
from .request import GenerationRequest

BY_WEIGHTS = ("music", "audio", "magnet-music", "magnet-audio")  # models that are more than their stand-in


def wish_of(session: Session, who: Principal, catalogue: Catalogue, asked: GenerationRequest) -> Wish:
    """The request in the queue's words. Raises `Refusal` 400 with what to change."""
    info = _model(catalogue, asked)
    _check_length(who, info, asked)
    _check_parameters(info, asked)
    recipe = parent_recipe(session, who, info, asked)
    return Wish(
        model=info.id,
        prompt=asked.prompt,
        seconds=asked.duration,
        title=asked.title,
        visibility=asked.visibility,
        loop=asked.loop,
        seed=asked.seed,
        parameters=asked.parameters,
        strict=asked.strict,
        parent_id=asked.parent,
        relation=asked.relation,
        parent_recipe=recipe,
        engine_relation=engine_relation(asked, recipe),
        address=who.address,
        tier=_tier(who, asked),
        limits=who.tier,
    )


def _model(catalogue: Catalogue, asked: GenerationRequest) -> ModelInfo:
    info = catalogue.find(asked.model)
    if info is None:
        missing = catalogue.why_not(asked.model)
        raise Refusal(400, missing or f"Unknown model {asked.model!r}", fields={"model": missing or "Unknown model"})
    if asked.strict and info.weightless and info.id in BY_WEIGHTS:
        raise Refusal(
            400,
            f"The weights of {info.id} are not installed here, and strict refuses anything else",
            advice=f"Without strict, {info.engine} makes it.",
            fields={"model": "Its weights are not installed here"},
        )
    return info


def _check_length(who: Principal, info: ModelInfo, asked: GenerationRequest) -> None:
    longest = min(who.tier.longest_seconds, info.max_seconds)
    if asked.duration > longest:
        raise Refusal(
            400,
            "Duration exceeds your tier limit",
            advice=f"The longest possible here is {longest:g} seconds.",
            fields={"duration": f"At most {longest:g} seconds"},
        )


def _check_parameters(info: ModelInfo, asked: GenerationRequest) -> None:
    try:
        check(info, asked.parameters)
    except ParameterError as error:
        raise Refusal(400, str(error), fields={f"parameters.{error.name}": str(error)}) from None


def _tier(who: Principal, asked: GenerationRequest) -> str | None:
    """The legacy `priority`: heard from admins only, ignored from everybody else."""
    if not who.is_admin or asked.priority is None:
        return None
    tier = tier_named(asked.priority)
    if tier is None:
        raise Refusal(400, f"Unknown priority {asked.priority!r}")
    return tier.name
