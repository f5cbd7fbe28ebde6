"""One's webhooks: making, trying, switching on again, ending them; and what became of the messages."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, make_response, render_template, request, url_for
from sqlalchemy.orm import Session

from soundbox.accounts.principal import principal
from soundbox.config import Config
from soundbox.extensions import db, limiter
from soundbox.tracks.instance import settings
from soundbox.web.bodies import parse_body
from soundbox.web.describe import describe
from soundbox.web.errors import Refusal
from soundbox.web.respond import Done, respond, wants_html

from . import leaving  # noqa: F401 - it listens
from .addresses import Forbidden, Place
from .answers import NewWebhook, WebhookAnswer, WebhookBody, WebhooksAnswer, facts_of
from .models import PAUSES_MS, TEST, Delivery, TooManyWebhooks, Webhook
from .signing import secret_of

blueprint = Blueprint("webhooks", __name__)

TEMPLATE = "webhooks/index.html"
UNKNOWN = {404: "There is none of this id that is yours"}


@blueprint.get("/settings/webhooks", endpoint="index")
@blueprint.get("/api/webhooks", endpoint="index_api")
@describe("Webhooks", "One's webhooks, with what was sent to them", answers={200: WebhooksAnswer}, has_page=True)
def index() -> Response:
    _demand_account()
    answer = _mine()
    return respond(answer, template=TEMPLATE, **_shown(answer))


@blueprint.post("/settings/webhooks", endpoint="create")
@blueprint.post("/api/webhooks", endpoint="create_api")
@limiter.limit("30/hour")
@describe(
    "Webhooks",
    "Be told at an address when a job ends. Messages are signed after the Standard Webhooks specification",
    body=WebhookBody,
    answers={201: NewWebhook},
    has_page=True,
    example='{"url": "https://example.com/sound-box"}',
)
def create() -> Response:
    _demand_account()
    principal().demand("generate")
    try:
        answer = _create(settings())
    except Refusal as refusal:
        if not wants_html():
            raise
        shown = _shown(_mine(), refusal=refusal, url=request.form.get("url", ""))
        return make_response(render_template(TEMPLATE, **shown), refusal.status)
    shown = _shown(_mine(), made=answer)
    return respond(answer, template=TEMPLATE, status=201, headers={"Cache-Control": "no-store"}, **shown)


def _create(config: Config) -> NewWebhook:
    url = parse_body(WebhookBody).url
    try:
        Place.of(url, config.webhook_private_hosts)
        with db.write() as session:
            webhook = Webhook.add(session, principal().settle(session).id, url)
    except (Forbidden, TooManyWebhooks) as error:
        raise Refusal(400, f"{error}".rstrip("."), fields={"url": str(error)}) from None
    return NewWebhook(**facts_of(webhook, []), secret=secret_of(config.secret_key(), webhook.id))


@blueprint.delete("/api/webhooks/<webhook_id>", endpoint="delete_api")
@blueprint.post("/settings/webhooks/<webhook_id>/delete", endpoint="delete")
@describe("Webhooks", "End one; what waits for it is not sent", answers={200: Done}, has_page=True, refusals=UNKNOWN)
def end(webhook_id: str) -> Response:
    with db.write() as session:
        session.delete(_owned(session, webhook_id))
    return respond(Done(), see=url_for("webhooks.index"), say="Deleted.")


@blueprint.post("/api/webhooks/<webhook_id>/test", endpoint="test_api")
@blueprint.post("/settings/webhooks/<webhook_id>/test", endpoint="test")
@limiter.limit("30/hour")
@describe(
    "Webhooks", "Send a webhook.test, once, whatever it answers", answers={200: Done}, has_page=True, refusals=UNKNOWN
)
def send_test(webhook_id: str) -> Response:
    with db.write() as session:
        webhook = _owned(session, webhook_id)
        Delivery.write(session, webhook, TEST, {"webhook_id": webhook.id})
    return respond(Done(), see=url_for("webhooks.index"), say="On its way. Look at the log in a moment.")


@blueprint.post("/api/webhooks/<webhook_id>/on", endpoint="switch_on_api")
@blueprint.post("/settings/webhooks/<webhook_id>/on", endpoint="switch_on")
@describe("Webhooks", "Switch one on again", answers={200: Done}, has_page=True, refusals=UNKNOWN)
def switch_on(webhook_id: str) -> Response:
    with db.write() as session:
        _owned(session, webhook_id).switch_on()
    return respond(Done(), see=url_for("webhooks.index"), say="Switched on. What was given up is not sent again.")


def _demand_account() -> None:
    """Members, and the owner of an open instance."""
    who = principal()
    if who.is_guest:
        who.demand_member()


def _owned(session: Session, webhook_id: str) -> Webhook:
    _demand_account()
    principal().demand("generate")
    webhook = Webhook.owned_by(session, principal().user_id, webhook_id)
    if webhook is None:
        raise Refusal(404, "Webhook not found")
    return webhook


def _mine() -> WebhooksAnswer:
    with db.read() as session:
        webhooks = Webhook.of(session, principal().user_id)
        return WebhooksAnswer(webhooks=[WebhookAnswer.of(each, Delivery.log_of(session, each)) for each in webhooks])


def _shown(
    answer: WebhooksAnswer, made: NewWebhook | None = None, refusal: Refusal | None = None, url: str = ""
) -> dict[str, Any]:
    form = {"error": refusal.message if refusal else None, "errors": refusal.fields if refusal else {}, "url": url}
    return {"webhooks": answer.webhooks, "made": made, "form": form, "attempts": len(PAUSES_MS) + 1}
