"""Stems and MIDI of a piece, and its relatives."""

import json
import struct
import subprocess
import sys
from dataclasses import replace
from functools import cache
from itertools import pairwise

import numpy as np
import pytest

from soundbox.audio.wav import read as read_wav
from soundbox.engines.procedural.composer import performed
from soundbox.engines.procedural.general_midi import DRUM_NOTES, PROGRAMS
from soundbox.engines.procedural.instruments.kits import KITS
from soundbox.engines.procedural.instruments.names import BEDS, NAMES, RISERS
from soundbox.engines.procedural.midi import midi
from soundbox.engines.procedural.piece import planned
from soundbox.engines.procedural.recipes import as_data, recipe_of, request_of
from soundbox.engines.procedural.render import render
from soundbox.engines.procedural.stems import PARTS, stems
from soundbox.engines.procedural.timeline import Timeline
from soundbox.engines.protocol import EngineError, Recipe, Samples, Sound, SoundRequest

PARENT = Recipe("soul in D minor, 90 bpm", 14.0, 5)


@cache
def parts_of(prompt: str, seconds: float, loop: bool) -> dict[str, Sound]:
    return stems(SoundRequest("a", "music", prompt, seconds, 3, loop))


def mix_before_master(request: SoundRequest) -> Samples:
    piece = planned(request.recipe)
    playing = performed(piece, Timeline(piece.frames, piece.loop), "a")
    while True:
        try:
            next(playing)
        except StopIteration as end:
            return end.value.sums["mix"]


@pytest.mark.parametrize(("seconds", "loop"), [(8.0, True), (26.0, True), (9.0, False)])
def test_stems_add_up_to_the_mix_before_the_master(seconds, loop):
    request = SoundRequest("a", "music", "house", seconds, 3, loop)
    total = sum(sound.samples for sound in parts_of("house", seconds, loop).values())
    mix = mix_before_master(request)

    inside = slice(4_410, -4_410 * 30 if not loop else None)  # the ends of a piece are faded after the mix
    gain = np.vdot(total[:, inside], mix[:, inside]) / np.vdot(mix[:, inside], mix[:, inside])
    difference = np.abs(total - gain * mix)[:, inside].max()
    assert difference < 10 ** (-90 / 20) * np.abs(total).max()


def test_each_stem_holds_its_own_part():
    parts = {part: sound.samples.mean(axis=0) for part, sound in parts_of("house", 8.0, True).items()}

    low = {
        part: np.abs(np.fft.rfft(samples))[: 8 * 150].sum() / np.abs(np.fft.rfft(samples)).sum()
        for part, samples in parts.items()
    }
    assert set(parts) == set(PARTS)
    assert low["bass"] > 2 * low["chords"] and np.abs(parts["drums"]).max() > 0.1


def test_a_stem_that_never_plays_is_silence():
    sounds = stems(SoundRequest("a", "music", "solo piano without drums", 4.0, 1))

    assert not sounds["drums"].samples.any() and sounds["chords"].samples.any()


def test_stems_and_midi_run_as_programs(tmp_path):
    request, wav, mid = tmp_path / "r.json", tmp_path / "bass.wav", tmp_path / "a.mid"
    request.write_text(json.dumps(as_data(Recipe("funk", 4.0, 2))))
    for arguments in (["stems", request, "bass", wav], ["midi", request, mid]):
        module = f"soundbox.engines.procedural.{arguments[0]}"
        subprocess.run([sys.executable, "-m", module, *map(str, arguments[1:])], check=True)

    samples, info = read_wav(wav)
    assert info.seconds == 4.0 and np.abs(samples).max() > 0.05
    assert mid.read_bytes()[:4] == b"MThd"


def test_a_program_says_in_words_what_it_cannot_read(tmp_path):
    request = tmp_path / "r.json"
    request.write_text("[]")
    done = subprocess.run([sys.executable, "-m", "soundbox.engines.procedural.midi", str(request), "x"],
                          capture_output=True, text=True)  # fmt: skip

    assert done.returncode == 1 and done.stderr.strip() == "This is no recipe of a sound."


def test_every_instrument_and_drum_has_a_general_midi_number():
    assert set(PROGRAMS) == NAMES - {*BEDS, *RISERS}
    assert set(DRUM_NOTES) == {piece for kit in KITS.values() for piece in kit}


def parsed(data: bytes) -> list[list[tuple[int, bytes]]]:
    """Tracks of (tick, message), read by the letter of the format."""
    tracks, at = [], 14
    while at < len(data):
        assert data[at : at + 4] == b"MTrk"
        stop = at + 8 + struct.unpack_from(">I", data, at + 4)[0]
        at, tick, events = at + 8, 0, []
        while at < stop:
            delta, at = variable(data, at)
            tick += delta
            start = at
            if data[at] == 0xFF:
                length, at = variable(data, at + 2)
                at += length
            else:
                at += 2 if data[at] & 0xF0 == 0xC0 else 3
            events.append((tick, data[start:at]))
        tracks.append(events)
    return tracks


def variable(data: bytes, at: int) -> tuple[int, int]:
    number = 0
    while True:
        number = number << 7 | data[at] & 0x7F
        at += 1
        if data[at - 1] < 0x80:
            return number, at


def test_a_midi_file_holds_tempo_key_metre_and_named_tracks():
    data = midi(SoundRequest("a", "music", "rock waltz in E minor, 120 bpm", 20.0, 1))
    tracks = parsed(data)

    meta = {message[1]: message[3:] for tick, message in tracks[0] if tick == 0}
    assert data[:14] == b"MThd" + struct.pack(">IHHH", 6, 1, len(tracks), 480)
    assert int.from_bytes(meta[0x51], "big") == 500_000 and meta[0x59] == b"\x01\x01" and meta[0x58][:2] == b"\x03\x02"
    assert all(track[0][1][:2] == b"\xff\x03" and track[-1][1] == b"\xff\x2f\x00" for track in tracks)


@pytest.mark.parametrize("prompt", ["jazz", "trap", "celtic jig", "piano", "edm builds up"])
def test_every_note_of_a_midi_file_is_let_go(prompt):
    tracks = parsed(midi(SoundRequest("a", "music", prompt, 30.0, 4)))

    for track in tracks:
        held: dict[int, int] = {}
        for _, message in track:
            if message[0] & 0xF0 in (0x80, 0x90):
                held[message[1]] = held.get(message[1], 0) + (1 if message[0] & 0xF0 == 0x90 else -1)
                assert message[0] & 0x0F != 9 or message[1] in DRUM_NOTES.values()
        assert not any(held.values())


def test_midi_ends_when_the_music_ends():
    tracks = parsed(midi(SoundRequest("a", "music", "house 120 bpm", 20.0, 4)))

    seconds = max(tick for track in tracks for tick, _ in track) / 480 * 60 / 120
    assert seconds == pytest.approx(20.0, abs=0.3)


def relative(relation: str, prompt: str = PARENT.prompt, **changes) -> SoundRequest:
    return request_of(replace(Recipe(prompt, 12.0, 99), relation=relation, parent=PARENT, **changes))


@cache
def parent_sound() -> Sound:
    return render(request_of(PARENT))


def test_a_variation_keeps_tempo_key_and_style_and_is_another_piece():
    parent, varied = parent_sound(), render(relative("vary"))

    assert (varied.tempo, varied.key, varied.understood[0]) == (parent.tempo, parent.key, parent.understood[0])
    frames = min(parent.samples.shape[1], varied.samples.shape[1])
    assert abs(np.corrcoef(parent.samples[0, :frames], varied.samples[0, :frames])[0, 1]) < 0.3


def test_a_variation_keeps_what_chance_chose_for_its_parent():
    parent = Recipe("zxqv", 8.0, 12)
    varied = planned(replace(parent, seed=77, relation="vary", parent=parent))

    first = planned(parent)
    assert varied.brief.style == first.brief.style and varied.brief.scale == first.brief.scale
    assert varied.extent.tempo == first.extent.tempo


def test_a_reference_keeps_tempo_and_key_under_other_words():
    played = render(relative("reference", "techno"))

    assert (played.tempo, played.key, played.understood[0]) == (90, "D minor", "techno")


def test_relatives_sing_the_motif_of_their_parent():
    def intervals(recipe: Recipe) -> list[int]:
        piece = planned(recipe)
        player = next(player for player in piece.band.players if player.part.role == "melody")
        notes = player.line(next(bar for bar in piece.bars if bar.section.theme == "B"), [])
        return [int(np.sign(after.pitch - before.pitch)) for before, after in pairwise(notes)]

    own = intervals(PARENT)
    related = [intervals(replace(PARENT, seed=seed, relation="vary", parent=PARENT)) for seed in range(20, 40)]
    strangers = [intervals(replace(PARENT, seed=seed)) for seed in range(20, 40)]
    alike = [sum(other == own for other in others) for others in (related, strangers)]
    assert alike[0] > 2 * alike[1] and alike[0] >= 5


@pytest.mark.parametrize("loop", [False, True])
def test_an_extension_begins_as_its_parent_and_goes_on_without_a_seam(loop):
    parent = replace(PARENT, loop=loop, seconds=10.6)
    before = render(request_of(parent)).samples
    recipe = Recipe(parent.prompt, 8.0, 7, relation="extend", parent=parent)
    longer = render(request_of(recipe))

    joint = round(planned(recipe).extent.second(planned(recipe).joint) * 44_100)
    head = joint - 44_100 // 30
    assert np.array_equal(longer.samples[:, :head], before[:, :head]) and head > 4 * 44_100
    assert longer.samples.shape[1] == pytest.approx(joint + 8 * 44_100, abs=2)
    assert (longer.tempo, longer.key) == (90, "D minor")
    steps = np.abs(np.diff(longer.samples, axis=1))
    assert steps[:, head - 5 : joint + 5].max() <= np.percentile(steps, 99.99)
    near, far = (np.sqrt(np.square(longer.samples[:, part]).mean()) for part in
                 (slice(joint - 88_200, joint), slice(joint, joint + 88_200)))  # fmt: skip
    assert 0.5 < near / far < 2


def test_an_extension_takes_the_sound_it_is_given():
    recipe = Recipe(PARENT.prompt, 6.0, 7, relation="extend", parent=PARENT)
    kept = parent_sound().samples * np.float32(0.5)
    longer = render(replace(request_of(recipe), start_audio=kept))

    assert np.array_equal(longer.samples[:, : 5 * 44_100], kept[:, : 5 * 44_100])
    assert np.abs(longer.samples[:, 12 * 44_100 :]).max() < 0.75


def test_an_extension_can_be_extended():
    once = Recipe(PARENT.prompt, 6.0, 7, relation="extend", parent=PARENT)
    twice = planned(Recipe(PARENT.prompt, 6.0, 8, relation="extend", parent=once))

    assert twice.joint > planned(once).joint
    assert twice.bars[0].chords == planned(PARENT).bars[0].chords


def test_what_is_too_short_to_extend_is_refused_in_words():
    short = Recipe("house", 1.0, 1)

    with pytest.raises(EngineError, match="too short to be extended"):
        planned(Recipe("house", 8.0, 1, relation="extend", parent=short))


def test_recipes_survive_as_data():
    recipe = Recipe("jazz", 9.5, 3, True, {"tempo": 90}, "vary", PARENT)

    assert recipe_of(json.loads(json.dumps(as_data(recipe)))) == recipe
