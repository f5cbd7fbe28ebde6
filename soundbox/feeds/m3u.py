"""Extended M3U in UTF-8, which every player reads."""

from __future__ import annotations

from .feed import Feed

TYPE = "audio/x-mpegurl"


def write(feed: Feed) -> bytes:
    lines = ["#EXTM3U", f"#PLAYLIST:{feed.title}"]
    for item in feed.items:
        lines += [
            f"#EXTINF:{-1 if item.is_endless else round(item.seconds)},{item.creator} - {item.name}",
            *([f"#EXTIMG:{item.picture_url}"] if item.picture_url else []),
            item.audio_url,
        ]
    return "".join(f"{line}\n" for line in lines).encode()
