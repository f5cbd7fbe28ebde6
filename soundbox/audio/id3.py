"""ID3v2.4 tags. In front of an MP3: libsndfile writes only the 30 characters of ID3v1, and not the licence."""

from __future__ import annotations

from soundbox.audio.tags import Tags

UTF_8 = b"\x03"
FRAME_NAMES = {"title": b"TIT2", "artist": b"TPE1", "software": b"TSSE", "licence": b"TCOP"}


def block(tags: Tags) -> bytes:
    """The whole tag, empty when there is nothing to say."""
    texts = ((name, getattr(tags, field)) for field, name in FRAME_NAMES.items())
    frames = b"".join(_frame(name, UTF_8 + text.encode()) for name, text in texts if text)
    if tags.comment:
        frames += _frame(b"COMM", UTF_8 + b"eng" + b"\0" + tags.comment.encode())
    return _tag(frames) if frames else b""


def private(content: bytes) -> bytes:
    """A tag with nothing but what programs tell each other: an owner's name, a zero byte, bytes."""
    return _tag(_frame(b"PRIV", content))


def _tag(frames: bytes) -> bytes:
    return b"ID3\x04\x00\x00" + _syncsafe(len(frames)) + frames


def _frame(name: bytes, content: bytes) -> bytes:
    return name + _syncsafe(len(content)) + b"\0\0" + content


def _syncsafe(size: int) -> bytes:
    """28 bits in four bytes whose highest bit stays clear."""
    return bytes((size >> shift) & 0x7F for shift in (21, 14, 7, 0))
