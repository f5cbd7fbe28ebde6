"""Vorbis comments, the words inside FLAC and Ogg files (https://www.xiph.org/vorbis/doc/v-comment.html).

libsndfile writes a fixed few of them; games look for LOOPSTART and LOOPLENGTH, in frames, which RPG Maker made common.
"""

from __future__ import annotations

import io

import av

from soundbox.audio.tags import Tags

NAMES = {"title": "TITLE", "artist": "ARTIST", "software": "SOFTWARE", "comment": "DESCRIPTION"}
LICENCE_NAMES = ("COPYRIGHT", "LICENSE")


def with_comments(content: bytes, form: str, tags: Tags, loop_points: tuple[int, int] | None) -> bytes:
    """The same sound with these words. `form` is flac or ogg; `loop_points` are frames [start, end)."""
    written = io.BytesIO()
    with av.open(io.BytesIO(content), "r") as source, av.open(written, "w", format=form) as target:
        sound = source.streams.audio[0]
        copy = target.add_stream_from_template(sound)
        words = target if form == "flac" else copy  # where each container keeps them
        words.metadata.update(_comments(tags, loop_points))
        for packet in source.demux(sound):
            if packet.dts is not None:  # the last one only says that there are no more
                packet.stream = copy
                target.mux(packet)
    return written.getvalue()


def _comments(tags: Tags, loop_points: tuple[int, int] | None) -> dict[str, str]:
    comments = {name: getattr(tags, field) for field, name in NAMES.items()}
    comments |= dict.fromkeys(LICENCE_NAMES, tags.licence)
    if loop_points:
        start, end = loop_points
        comments |= {"LOOPSTART": str(start), "LOOPLENGTH": str(end - start)}
    return {name: text for name, text in comments.items() if text}
