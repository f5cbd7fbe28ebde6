"""Webhooks as programs and pages see them."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, Field

from soundbox.clock import iso_z
from soundbox.web.bodies import Body, Text

from .addresses import LONGEST_URL
from .models import Delivery, Webhook


class WebhookBody(Body):
    url: Annotated[Text, Field(min_length=1, max_length=LONGEST_URL)] = Field(
        description="https:// or http://, on the public internet"
    )


class DeliveryAnswer(BaseModel):
    id: str = Field(description="The webhook-id of its header, the same at every attempt")
    type: str = Field(description="job.completed, job.failed, job.cancelled or webhook.test")
    created: str
    fate: str = Field(description="waiting, delivered or given up")
    attempts: int
    status: int | None = Field(description="What the receiver answered last")
    fault: str = Field(description="What was wrong with that")
    tried: str | None
    next: str | None = Field(description="When it is tried again")

    @classmethod
    def of(cls, delivery: Delivery) -> DeliveryAnswer:
        waits = delivery.fate == "waiting" and delivery.next_ms is not None
        return cls(
            id=delivery.id,
            type=delivery.type,
            created=iso_z(delivery.created_ms),
            fate=delivery.fate,
            attempts=delivery.attempts,
            status=delivery.last_status,
            fault=delivery.last_fault,
            tried=iso_z(delivery.last_ms) if delivery.last_ms else None,
            next=iso_z(delivery.next_ms) if waits and delivery.next_ms else None,
        )


class WebhookAnswer(BaseModel):
    id: str
    url: str
    created: str
    on: bool
    off_because: str = Field(description="Why it was switched off, if it was")
    deliveries: list[DeliveryAnswer] = Field(description="The newest 20")

    @classmethod
    def of(cls, webhook: Webhook, log: list[Delivery]) -> WebhookAnswer:
        return cls(**facts_of(webhook, log))


class NewWebhook(WebhookAnswer):
    secret: str = Field(description="Signs what is sent; it is never shown again")


class WebhooksAnswer(BaseModel):
    webhooks: list[WebhookAnswer]


def facts_of(webhook: Webhook, log: list[Delivery]) -> dict[str, Any]:
    return {
        "id": webhook.id,
        "url": webhook.url,
        "created": iso_z(webhook.created_ms),
        "on": webhook.is_on,
        "off_because": webhook.off_because,
        "deliveries": [DeliveryAnswer.of(delivery) for delivery in log],
    }
