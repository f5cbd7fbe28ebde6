"""A piece as a standard MIDI file: `python -m soundbox.engines.procedural.midi REQUEST.json OUT.mid`."""

from __future__ import annotations

import struct
import sys
from pathlib import Path

from soundbox.audio.program import ending_in_words
from soundbox.engines.procedural.composition.scales import Scale
from soundbox.engines.procedural.composition.score import Note, Sheet
from soundbox.engines.procedural.general_midi import CHORD_INTERVALS, DRUM_NOTES, PROGRAMS
from soundbox.engines.procedural.piece import Piece, planned
from soundbox.engines.procedural.recipes import request_in
from soundbox.engines.procedural.timeline import SAMPLE_RATE
from soundbox.engines.protocol import EngineError, SoundRequest

TICKS_A_BEAT = 480
_DRUM_CHANNEL = 9  # counted from 0: the tenth
_STROKE_TICKS = 60
_SHARPS = (0, 7, 2, -3, 4, -1, 6, 1, -4, 3, -2, 5)  # of the major key on each pitch class, negative: flats
_UNPLAYABLE = frozenset({"bed", "riser"})

_Event = tuple[int, int, bytes]  # tick, rank at equal ticks, message


def midi(request: SoundRequest) -> bytes:
    """A file of type 1: a track for tempo, key and metre, one for each player, drums on channel 10.

    Raises `EngineError` as the composer does.
    """
    piece = planned(request.recipe)
    sheets = piece.sheets()
    tracks = [_conductor(piece, sheets)]
    players = [place for place, player in enumerate(piece.band.players) if player.part.role not in _UNPLAYABLE]
    for number, place in enumerate(players):
        channel = number % 15 + (1 if number % 15 >= _DRUM_CHANNEL else 0)
        tracks.append(_player(piece, sheets, place, channel))
    if any(sheet.strokes for sheet in sheets):
        tracks.append(_drums(piece, sheets))
    header = b"MThd" + struct.pack(">IHHH", 6, 1, len(tracks), TICKS_A_BEAT)
    return header + b"".join(_chunk(track) for track in tracks)


def _conductor(piece: Piece, sheets: list[Sheet]) -> list[_Event]:
    metre = piece.extent.metre
    beats, unit = (metre.steps // 4, 2) if metre.pulse == 4 and metre.steps % 4 == 0 else (metre.steps // 2, 3)
    events: list[_Event] = [
        (0, 0, _meta(0x03, f"Sound Box: {piece.brief.style.name}".encode())),
        (0, 0, _meta(0x58, bytes([beats, unit, 24 * metre.pulse // 4, 8]))),
    ]
    before: Scale | None = None
    for sheet in sheets:
        if sheet.bar.scale != before:
            events.append((_bar_tick(piece, sheet), 0, _meta(0x59, _key(sheet.bar.scale))))
        before = sheet.bar.scale
    return [*events, *_tempi(piece)]


def _tempi(piece: Piece) -> list[_Event]:
    """One tempo, and where the piece slows down one for each pulse."""
    extent = piece.extent
    slowing = extent.steps - extent.metre.steps if extent.ritard else extent.steps
    steps = [0, *range(max(1, slowing), extent.steps + 1, extent.metre.pulse)] if extent.ritard else [0]
    events = []
    for step in steps:
        beat_seconds = (extent.second(step + 1) - extent.second(step)) * 4
        events.append((step * TICKS_A_BEAT // 4, 0, _meta(0x51, round(beat_seconds * 1e6).to_bytes(3, "big"))))
    return events


def _player(piece: Piece, sheets: list[Sheet], place: int, channel: int) -> list[_Event]:
    player = piece.band.players[place]
    events: list[_Event] = [
        (0, 0, _meta(0x03, f"{player.part.role}: {player.instrument}".encode())),
        (0, 1, bytes([0xC0 | channel, PROGRAMS[player.instrument]])),
        (0, 1, bytes([0xB0 | channel, 10, round(64 + 63 * player.part.pan)])),
    ]
    sounding: dict[int, int] = {}  # pitch -> place in `events` of its end
    for sheet in sheets:
        for note in sorted(sheet.notes[place], key=lambda note: note.beat):
            if not sheet.bar.closes_piece and note.beat >= sheet.bar.beats:
                continue
            start, stop = _tick(piece, sheet, note.beat), _end_tick(piece, sheet, note)
            for interval in CHORD_INTERVALS.get(player.instrument, (0,)):
                pitch = min(127, max(0, note.pitch + interval))
                end = sounding.get(pitch)
                if end is not None and events[end][0] > start:  # a key that is struck again has been let go
                    events[end] = (start, *events[end][1:])
                events.append((start, 3, bytes([0x90 | channel, pitch, _velocity(note.velocity)])))
                sounding[pitch] = len(events)
                events.append((max(stop, start + 1), 2, bytes([0x80 | channel, pitch, 0])))
    return events


def _drums(piece: Piece, sheets: list[Sheet]) -> list[_Event]:
    events: list[_Event] = [(0, 0, _meta(0x03, f"drums: {piece.brief.kit}".encode()))]
    for sheet in sheets:
        for stroke in sheet.strokes:
            if stroke.beat < sheet.bar.beats:
                start, key = _tick(piece, sheet, stroke.beat), DRUM_NOTES[stroke.piece]
                events.append((start, 3, bytes([0x90 | _DRUM_CHANNEL, key, _velocity(stroke.velocity)])))
                events.append((start + _STROKE_TICKS, 2, bytes([0x80 | _DRUM_CHANNEL, key, 0])))
    return events


def _bar_tick(piece: Piece, sheet: Sheet) -> int:
    first = min(sheet.bar.index * piece.extent.metre.steps, piece.extent.steps)
    return first * TICKS_A_BEAT // 4


def _tick(piece: Piece, sheet: Sheet, beat: float) -> int:
    return _bar_tick(piece, sheet) + round(piece.swung(beat) * TICKS_A_BEAT)


def _end_tick(piece: Piece, sheet: Sheet, note: Note) -> int:
    if not sheet.bar.closes_piece:
        return _tick(piece, sheet, note.beat + note.beats)
    left = piece.extent.seconds - piece.frame(sheet.bar, note.beat) / SAMPLE_RATE
    return _tick(piece, sheet, note.beat) + round(left / (piece.extent.metre.step_seconds(piece.extent.tempo) * 4)
                                                  * TICKS_A_BEAT)  # fmt: skip


def _key(scale: Scale) -> bytes:
    """The signature of the major or minor key that is nearest to the mode."""
    major = (scale.tonic + 3) % 12 if scale.is_dark else scale.tonic
    return struct.pack(">bB", _SHARPS[major], int(scale.is_dark))


def _velocity(velocity: float) -> int:
    return min(127, max(1, round(velocity * 120)))


def _meta(kind: int, content: bytes) -> bytes:
    return bytes([0xFF, kind]) + _variable(len(content)) + content


def _chunk(events: list[_Event]) -> bytes:
    content, now = bytearray(), 0
    for tick, _, message in sorted(events, key=lambda event: event[:2]):
        content += _variable(tick - now) + message
        now = tick
    content += b"\0" + _meta(0x2F, b"")
    return b"MTrk" + struct.pack(">I", len(content)) + bytes(content)


def _variable(number: int) -> bytes:
    """Seven bits a byte, the highest first; all but the last have their top bit set."""
    digits = [number & 0x7F]
    while number := number >> 7:
        digits.append(number & 0x7F | 0x80)
    return bytes(reversed(digits))


def main(arguments: list[str]) -> None:
    with ending_in_words(EngineError):
        if len(arguments) != 2:
            raise EngineError("Usage: REQUEST.json OUT.mid")
        Path(arguments[1]).write_bytes(midi(request_in(Path(arguments[0]))))


if __name__ == "__main__":
    main(sys.argv[1:])
