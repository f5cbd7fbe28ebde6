"""JSON Feed, version 1.1 (jsonfeed.org)."""

from __future__ import annotations

import json
from typing import Any

from soundbox.clock import iso_z

from .feed import SOUND_TYPE, Feed, Item

TYPE = "application/feed+json"
VERSION = "https://jsonfeed.org/version/1.1"


def write(feed: Feed) -> bytes:
    document = {
        "version": VERSION,
        "title": feed.title,
        "home_page_url": feed.page_url,
        "feed_url": feed.own_url,
        "items": [_entry(item) for item in feed.items],
    }
    return json.dumps(document, ensure_ascii=False).encode()


def _entry(item: Item) -> dict[str, Any]:
    return {
        "id": item.page_url,
        "url": item.page_url,
        "title": item.name,
        "content_text": item.prompt,
        "image": item.picture_url,
        "date_published": iso_z(item.published_ms),
        "authors": [{"name": item.creator, "url": item.maker_url}],
        "tags": item.categories,
        "attachments": [
            {"url": item.audio_url, "mime_type": SOUND_TYPE, "duration_in_seconds": round(item.seconds, 2)}
        ],
        "_licence": {"about": item.licence_url, "spdx": item.licence},
    }
