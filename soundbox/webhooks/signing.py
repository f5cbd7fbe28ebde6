"""Signatures after the Standard Webhooks specification: HMAC-SHA256 over id, time and body.

A secret is made from the instance's own and the webhook's id, so that no copy of the database holds any.
"""

from __future__ import annotations

import base64
import hashlib
import hmac


def secret_of(instance_secret: str, webhook_id: str) -> str:
    """`whsec_` and 32 bytes in base64."""
    key = hmac.digest(instance_secret.encode(), f"webhook {webhook_id}".encode(), hashlib.sha256)
    return f"whsec_{base64.b64encode(key).decode()}"


def headers_of(secret: str, message_id: str, moment_seconds: int, body: bytes) -> dict[str, str]:
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{message_id}.{moment_seconds}.".encode() + body
    signature = base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(moment_seconds),
        "webhook-signature": f"v1,{signature}",
    }
