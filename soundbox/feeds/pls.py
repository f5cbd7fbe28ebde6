"""PLS, version 2: the form that radio programs have read longest."""

from __future__ import annotations

from .feed import Feed

TYPE = "audio/x-scpls"
ENDLESS = -1


def write(feed: Feed) -> bytes:
    lines = ["[playlist]", f"NumberOfEntries={len(feed.items)}"]
    for number, item in enumerate(feed.items, start=1):
        lines += [
            f"File{number}={item.audio_url}",
            f"Title{number}={item.creator} - {item.name}",
            f"Length{number}={ENDLESS if item.is_endless else round(item.seconds)}",
        ]
    return "".join(f"{line}\n" for line in [*lines, "Version=2"]).encode()
