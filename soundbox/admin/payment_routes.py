"""Payments as those who run the site see them: what was paid and could not be given."""

from __future__ import annotations

from flask import Blueprint, Response
from pydantic import BaseModel, Field

from soundbox.accounts.admins import demand_admin
from soundbox.accounts.models import User
from soundbox.clock import iso_z
from soundbox.extensions import db
from soundbox.payments.models import Order, StripeEvent
from soundbox.payments.shop import money
from soundbox.tracks.instance import settings
from soundbox.web.describe import describe
from soundbox.web.respond import respond

from .payments import Trouble

blueprint = Blueprint("admin_payments", __name__)


class RefusedOrder(BaseModel):
    id: str
    at: str
    person: str | None = Field(description="null: they have deleted their account")
    person_id: str | None
    item: str
    price: str
    why: str
    session: str | None = Field(description="The Checkout session, as Stripe's dashboard finds it")

    @classmethod
    def of(cls, order: Order, user: User | None) -> RefusedOrder:
        return cls(
            id=order.id,
            at=iso_z(order.created_ms),
            person=user.display_name if user else None,
            person_id=user.public_id if user else None,
            item=order.item,
            price=money(order.cents, order.currency),
            why=order.note,
            session=order.session_id,
        )


class EventRow(BaseModel):
    id: str
    at: str
    type: str
    subject: str = Field(description="The id of what it speaks of")
    outcome: str
    why: str

    @classmethod
    def of(cls, event: StripeEvent) -> EventRow:
        return cls(
            id=event.id,
            at=iso_z(event.received_ms),
            type=event.type,
            subject=event.subject,
            outcome=event.outcome,
            why=event.note,
        )


class TroubleAnswer(BaseModel):
    sells: bool
    orders: list[RefusedOrder] = Field(description="The newest 100 whose payment was not what was ordered")
    orders_in_all: int
    events: list[EventRow] = Field(description="The newest 100 of Stripe's events that could not be applied")
    events_in_all: int


@blueprint.get("/admin/payments")
@describe(
    "Admin",
    "What was paid and could not be given: orders that were refused, Stripe's events that could not be applied",
    answers={200: TroubleAnswer},
    has_page=True,
    refusals={403: "Only admins may do this"},
)
def index() -> Response:
    demand_admin()
    with db.read() as session:
        trouble = Trouble.read(session)
    answer = TroubleAnswer(
        sells=settings().sells,
        orders=[RefusedOrder.of(order, user) for order, user in trouble.orders],
        orders_in_all=trouble.orders_in_all,
        events=[EventRow.of(event) for event in trouble.events],
        events_in_all=trouble.events_in_all,
    )
    return respond(answer, template="admin/payments.html", trouble=answer)
