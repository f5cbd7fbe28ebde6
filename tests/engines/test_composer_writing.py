"""What is written before anything sounds: form, harmony, melody, accompaniment, casting."""

from itertools import pairwise

import numpy as np
import pytest

from soundbox.engines.procedural.chance import stream
from soundbox.engines.procedural.composition.casting import cast
from soundbox.engines.procedural.composition.form import circle, line, sections
from soundbox.engines.procedural.composition.grooves import GROOVES
from soundbox.engines.procedural.composition.harmony import COLOURS, PROGRESSIONS, chords, voiced
from soundbox.engines.procedural.composition.melody import PACES, Melody
from soundbox.engines.procedural.composition.patterns import BASS_ROWS, CHORD_ROWS
from soundbox.engines.procedural.composition.scales import Scale
from soundbox.engines.procedural.composition.song import bars_of, drummer
from soundbox.engines.procedural.instruments.catalogue import INSTRUMENTS
from soundbox.engines.procedural.instruments.kits import KITS
from soundbox.engines.procedural.reading.prompt import read
from soundbox.engines.procedural.styles.catalogue import STYLES

ROWS = {"bass": BASS_ROWS, "power": BASS_ROWS, "chords": CHORD_ROWS, "melody": PACES}


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.name)
def test_a_style_names_only_what_exists(style):
    assert style.groove in GROOVES and style.kit in KITS and style.colour in COLOURS
    assert style.progressions in PROGRESSIONS["dark"] and style.progressions in PROGRESSIONS["bright"]
    for part in style.parts:
        assert set(part.instruments) <= set(INSTRUMENTS)
        assert part.role not in ROWS or part.row in ROWS[part.role]


def test_every_piece_of_every_groove_is_in_every_kit():
    pieces = {piece for grooves in GROOVES.values() for groove in grooves for piece in groove}

    common = set.intersection(*(set(kit) for kit in KITS.values()))
    percussion = {"low conga", "high conga", "clave", "cowbell"}
    assert pieces - percussion <= common


@pytest.mark.parametrize("bars", [1, 2, 3, 5, 7, 8, 12, 17, 22, 31, 40, 77, 128])
def test_sections_fill_the_bars_without_gaps(bars):
    form = sections(bars, loop=False, energy=0.5)

    assert [section.first_bar for section in form] == [sum(s.bars for s in form[:i]) for i in range(len(form))]
    assert sum(section.bars for section in form) == bars and all(section.bars > 0 for section in form)


def test_a_long_piece_grows_and_thins():
    energies = {section.name: section.energy for section in sections(48, loop=False, energy=0.5)}

    assert energies["intro"] < energies["verse"] < energies["chorus"] > energies["break"]


@pytest.mark.parametrize("seconds", [4, 8, 30, 97, 180])
def test_a_piece_leaves_its_last_chord_time_to_ring(seconds):
    extent = line(seconds, 104, 4)

    ring = seconds - extent.beats * 60 / extent.tempo
    assert extent.ends and extent.tempo == 104 and min(1.5, 0.15 * seconds) <= ring < min(1.5, 0.15 * seconds) + 1.2


@pytest.mark.parametrize("seconds", [0.5, 1, 2.3, 8, 30, 179])
def test_a_loop_of_free_tempo_is_exactly_as_long_as_asked(seconds):
    extent = circle(seconds, 104, 4, tempo_is_fixed=False)

    assert extent.seconds == seconds
    assert extent.beats * 60 / extent.tempo == pytest.approx(seconds)


def test_a_loop_of_fixed_tempo_takes_the_nearest_whole_bars():
    extent = circle(8, 104, 4, tempo_is_fixed=True)

    assert (extent.tempo, extent.bars) == (104, 3)
    assert extent.seconds == pytest.approx(3 * 4 * 60 / 104)


def test_voices_move_little_from_chord_to_chord():
    path = voiced(chords("1 6 3 7 1 4 5M 1", Scale(9, "minor"), "seventh"), centre=62)

    leaps = [abs(new - old) for a, b in pairwise(path) for old, new in zip(a.voicing, b.voicing, strict=True)]
    assert np.mean(leaps) < 3 and max(leaps) <= 7


def test_a_raised_third_makes_the_dominant_of_minor_major():
    dominant = chords("5M", Scale(9, "minor"), "triad")[0]

    assert dominant.classes == (4, 8, 11)


@pytest.mark.parametrize("pace", PACES)
def test_a_melody_stays_in_reach_and_mostly_in_key(pace):
    brief = read("pop song in C major, 120 bpm", seed=8)
    melody = Melody(pace, brief.scale, 73, stream(8, "x", pace))

    notes = [note for bar in bars_of(brief, line(64, 120, 4), stream(8, "x", "h")) for note in melody.bar(bar)]
    inside = [note.pitch % 12 in (0, 2, 4, 5, 7, 9, 11) for note in notes]
    assert np.mean(inside) > 0.95
    assert all(55 <= note.pitch <= 92 for note in notes)


def test_a_motif_comes_back():
    brief = read("pop song in C major, 120 bpm", seed=8)
    melody = Melody("lyrical", brief.scale, 73, stream(8, "x", "m"))

    bars = [melody.bar(bar) for bar in bars_of(brief, line(64, 120, 4), stream(8, "x", "h"))]
    rhythms = [tuple(note.beat for note in bar) for bar in bars[:-1]]
    assert len(set(rhythms)) < len(rhythms) / 2


def test_the_last_bar_closes_on_the_tonic():
    brief = read("rock in E minor", seed=1)

    last = bars_of(brief, line(30, brief.tempo, 4), stream(1, "x", "h"))[-1]
    assert last.closes_piece and last.chord.root == 4


@pytest.mark.parametrize(
    ("prompt", "instrument"),
    [
        ("jazz with vibraphone", "vibraphone"),
        ("techno with a flute", "flute"),
        ("house, rhodes", "electric piano"),
        ("ambient with acid bass", "acid bass"),
        ("rock with choir", "choir"),
    ],
)
def test_an_instrument_that_is_asked_for_plays_from_the_start(prompt, instrument):
    parts = cast(read(prompt, seed=1))

    assert any(part.instruments == (instrument,) and part.enters == 0 for part in parts)


def test_an_instrument_that_is_refused_does_not_play():
    parts = cast(read("orchestral without strings", seed=1))

    playing = {name for part in parts for name in part.instruments}
    assert playing and not playing & {"string ensemble", "short strings", "low strings", "violin"}


def test_a_soloist_plays_alone():
    parts = cast(read("solo nylon guitar", seed=1))

    assert {name for part in parts for name in part.instruments} == {"nylon guitar"}
    assert {"chords", "melody"} <= {part.role for part in parts}


def test_a_drum_solo_is_drums_and_nothing_else():
    brief = read("drums only, 100 bpm", seed=1)

    bar = bars_of(brief, line(12, 100, 4), stream(1, "x", "h"))[1]
    assert cast(brief) == [] and drummer(brief, stream(1, "x", "drums")).bar(bar)
