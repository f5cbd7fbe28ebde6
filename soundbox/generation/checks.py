"""What may be asked for here, by this person: the model, its length, its parameters, its parent."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.orm import Session

from soundbox.accounts.principal import Principal, principal
from soundbox.accounts.tiers import tier_named
from soundbox.engines.catalogue import Catalogue
from soundbox.engines.parameters import ParameterError, check
from soundbox.engines.protocol import ModelInfo
from soundbox.jobs.admission import Refused, Wish
from soundbox.tracks.blocklist import refuse_blocked
from soundbox.tracks.instance import catalogue, settings
from soundbox.web.errors import Refusal

from .ancestry import engine_relation, parent_recipe
from .presetting import with_preset
from .request import NAMED, GenerationRequest


def allowed_wish(session: Session, asked: GenerationRequest) -> Wish:
    """The request of whoever asks now, its preset in it and no word that is blocked here. Raises `Refusal`."""
    asked = with_preset(session, principal(), catalogue(), asked)
    spoken = (value for value in (*asked.parameters.values(), asked.lyrics) if isinstance(value, str))
    refuse_blocked(settings().instance, "prompt", asked.prompt, *spoken)
    refuse_blocked(settings().instance, "title", asked.title)
    return wish_of(session, principal(), catalogue(), asked)


@contextmanager
def in_words() -> Iterator[None]:
    """What the queue does not take is refused with the documented words and codes."""
    try:
        yield
    except Refused as refused:
        raise Refusal(
            refused.status, str(refused), advice=refused.advice, retry_after_seconds=refused.retry_after
        ) from None


def wish_of(session: Session, who: Principal, known: Catalogue, asked: GenerationRequest) -> Wish:
    """The request in the queue's words. Raises `Refusal` 400 with what to change."""
    info = _model(known, asked)
    asked = asked.with_parameters_for(info.parameters)
    _check_length(who, info, asked)
    _check_parameters(info, asked)
    maker = known.info_for(info.id, asked.parameters) or info
    recipe = parent_recipe(session, who, maker, asked)
    return Wish(
        model=info.id,
        prompt=asked.prompt,
        seconds=asked.duration,
        title=asked.title,
        visibility=asked.visibility,
        loop=asked.loop,
        seed=asked.seed,
        preset=asked.preset,
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


def _model(known: Catalogue, asked: GenerationRequest) -> ModelInfo:
    info = known.find(asked.model)
    if info is None:
        missing = known.why_not(asked.model)
        raise Refusal(400, missing or f"Unknown model {asked.model!r}", fields={"model": missing or "Unknown model"})
    if asked.strict and info.weightless and info.kind != "tts":
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
        has_field = error.name in NAMED and getattr(asked, error.name) is not None
        field = error.name if has_field else f"parameters.{error.name}"
        raise Refusal(400, str(error), fields={field: str(error)}) from None


def _tier(who: Principal, asked: GenerationRequest) -> str | None:
    """The legacy `priority`: heard from admins only, ignored from everybody else."""
    if not who.is_admin or asked.priority is None:
        return None
    tier = tier_named(asked.priority)
    if tier is None:
        raise Refusal(400, f"Unknown priority {asked.priority!r}")
    return tier.name
