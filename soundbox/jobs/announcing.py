"""Whoever has a webhook is told that their job has ended, by a message written in the transaction that ends it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from soundbox.clock import iso_z
from soundbox.tracks.answers import plain_number
from soundbox.webhooks.models import Delivery, Webhook

from .models import Job, State


def announce_end(session: Session, job_id: str) -> None:
    listening = select(Webhook).join(Job, Job.user_id == Webhook.user_id).where(Job.id == job_id)
    webhooks = session.scalars(listening.where(Webhook.off_ms.is_(None))).all()
    if not webhooks:
        return
    job = session.get_one(Job, job_id, populate_existing=True)
    for webhook in webhooks:
        Delivery.write(session, webhook, f"job.{job.status}", _facts(job))


def _facts(job: Job) -> dict[str, Any]:
    """Addresses are paths: a worker does not know by which name people reach the site."""
    facts = {
        "job_id": job.id,
        "status": job.status,
        "model": job.model,
        "prompt": job.prompt,
        "title": job.title,
        "duration": plain_number(job.seconds),
        "visibility": job.visibility,
        "created": iso_z(job.created_ms),
        "page_url": f"/job/{job.id}",
    }
    if job.status == State.completed:
        return facts | {
            "generation_id": job.id,
            "audio_url": f"/audio/{job.id}.wav",
            "spectrogram_url": f"/spectrogram/{job.id}.png",
            "engine": job.engine,
        }
    return facts | {"error": job.error}
