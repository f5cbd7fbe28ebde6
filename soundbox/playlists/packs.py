"""A pack: sounds to take away as one zip, with clean names, credits and licences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from typing import BinaryIO

from soundbox.audio import commands
from soundbox.media.derive import derived
from soundbox.media.local import LocalMedia, MediaError
from soundbox.tracks.models import Track
from soundbox.tracks.naming import slug_of
from soundbox.tracks.storage import counting
from soundbox.web.errors import Refusal

from .credits import Credit, LeftOut, credits_text, licenses_json

MOST_CHOSEN = 200  # tracks of a selection or a search
MOST_BYTES = 4_000_000_000  # what every zip program opens
TEXT_BYTES = 700  # about what a track adds to the two texts and to the zip's own lists
SAMPLE_BYTES = 2


class PackFormat(StrEnum):
    wav = "wav"
    flac = "flac"
    ogg = "ogg"
    mp3 = "mp3"


SHARE_OF_WAV = {PackFormat.wav: 1.0, PackFormat.flac: 0.6}
BYTES_A_SECOND = {PackFormat.ogg: 150_000 // 8, PackFormat.mp3: 190_000 // 8}


@dataclass(frozen=True)
class Pack:
    name: str
    format: PackFormat
    tracks: Sequence[Track]
    found: int  # before a limit cut it

    def check(self) -> Pack:
        """Raises `Refusal` for what is empty or too large to send."""
        if not self.tracks:
            raise Refusal(404, "There is nothing to pack", advice="Choose at least one track.")
        if self.bytes_about > MOST_BYTES:
            limit = f"{MOST_BYTES // 10**9} GB"
            raise Refusal(413, f"This pack would be larger than {limit}", advice="Take fewer tracks, or Ogg or MP3.")
        return self

    @property
    def file_name(self) -> str:
        return f"{slug_of(self.name) or 'sound-box'}.zip"

    @property
    def bytes_about(self) -> int:
        return sum(_bytes_of(track, self.format) + TEXT_BYTES for track in self.tracks)

    @property
    def seconds(self) -> float:
        return sum((track.seconds for track in self.tracks), 0.0)

    @property
    def licences(self) -> dict[str, int]:
        return dict(sorted(Counter(track.licence for track in self.tracks).items()))

    @property
    def not_commercial(self) -> int:
        return sum(not track.commercial_use for track in self.tracks)

    def names(self) -> Iterator[tuple[str, Track]]:
        """01 - slow-rain.wav: numbered, so that no two are alike and the order is that of the playlist."""
        width = max(2, len(str(len(self.tracks))))
        for number, track in enumerate(self.tracks, 1):
            yield f"{number:0{width}} - {slug_of(track.name) or 'sound'}.{self.format}", track

    def files(self, media: LocalMedia, link: Callable[[str], str]) -> Iterator[tuple[str, BinaryIO]]:
        """Names and open files for the zip, made one at a time as they are asked for; the texts come last, because a
        file that cannot be had is left out and named there. `link` gives the address of a track."""
        credits: list[Credit] = []
        left_out: list[LeftOut] = []
        for name, track in self.names():
            credit = Credit.of(track, name, link(track.id))
            try:
                file = self._open(media, track)
            except (MediaError, OSError) as error:
                left_out.append(LeftOut(credit, _reason(error)))
                continue
            credits.append(credit)
            yield name, file
        yield "CREDITS.md", BytesIO(credits_text(self.name, credits, left_out).encode())
        yield "licenses.json", BytesIO(licenses_json(credits).encode())

    def _open(self, media: LocalMedia, track: Track) -> BinaryIO:
        master = track.file("wav")
        if self.format == PackFormat.wav:
            return media.path(master).open("rb")
        copy = track.file(self.format)
        return derived(media, master, copy, commands.encode, count=counting(track.stem)).open("rb")


def _bytes_of(track: Track, form: PackFormat) -> int:
    if form in BYTES_A_SECOND:
        return round(track.seconds * BYTES_A_SECOND[form])
    return round(track.seconds * track.sample_rate * track.channels * SAMPLE_BYTES * SHARE_OF_WAV[form])


def _reason(error: Exception) -> str:
    """Names of stored files are nobody's business."""
    return "its file could not be made." if isinstance(error, MediaError) else "its file could not be read."
