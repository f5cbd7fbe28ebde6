"""What is written before anything sounds: form, harmony, melody, accompaniment, casting."""

from collections import Counter
from functools import cache
from itertools import pairwise

import numpy as np
import pytest

from soundbox.engines.procedural.chance import stream
from soundbox.engines.procedural.composition.casting import cast
from soundbox.engines.procedural.composition.counter import COUNTERS
from soundbox.engines.procedural.composition.extent import circle, line
from soundbox.engines.procedural.composition.form import sections
from soundbox.engines.procedural.composition.grooves import GROOVES, OTHER_METRES
from soundbox.engines.procedural.composition.harmony import COLOURS, chords, voiced
from soundbox.engines.procedural.composition.melody import Melody
from soundbox.engines.procedural.composition.metre import COMPOUND, FIVE, FOUR, SEVEN, THREE, TWELVE
from soundbox.engines.procedural.composition.motifs import Ideas
from soundbox.engines.procedural.composition.progressions import PROGRESSIONS
from soundbox.engines.procedural.composition.rhythm import PACES, rhythm
from soundbox.engines.procedural.composition.rows import BASS_ROWS, CHORD_ROWS, fitted
from soundbox.engines.procedural.composition.scales import MODES, Scale
from soundbox.engines.procedural.composition.score import Sheet
from soundbox.engines.procedural.composition.shapes import SHAPES
from soundbox.engines.procedural.composition.threes import JIG_BASS, JIG_CHORDS, WALTZ_BASS, WALTZ_CHORDS
from soundbox.engines.procedural.instruments.catalogue import INSTRUMENTS
from soundbox.engines.procedural.instruments.kits import KITS
from soundbox.engines.procedural.instruments.names import NAMES
from soundbox.engines.procedural.mixing.moves import MARKS
from soundbox.engines.procedural.piece import Piece, planned
from soundbox.engines.procedural.reading.prompt import read
from soundbox.engines.procedural.styles.catalogue import ALL_KINDS, STYLES
from soundbox.engines.protocol import Recipe

ROWS = {"bass": BASS_ROWS, "power": BASS_ROWS, "chords": CHORD_ROWS, "melody": PACES, "counter": COUNTERS}
METRES = (FOUR, THREE, COMPOUND, TWELVE, FIVE, SEVEN)


@cache
def written(prompt: str, seconds: float = 120.0, seed: int = 8) -> tuple[Piece, list[Sheet]]:
    piece = planned(Recipe(prompt, seconds, seed))
    return piece, piece.sheets()


def tune(prompt: str, seconds: float = 120.0, seed: int = 8) -> list[list]:
    """The notes of the first melody, bar by bar."""
    piece, sheets = written(prompt, seconds, seed)
    place = next(i for i, player in enumerate(piece.band.players) if player.part.role == "melody")
    return [sheet.notes[place] for sheet in sheets]


@pytest.mark.parametrize("style", ALL_KINDS, ids=lambda style: style.name)
def test_a_style_names_only_what_exists(style):
    assert style.groove in GROOVES and style.kit in KITS and style.colour in COLOURS and style.shape in SHAPES
    assert style.progressions in PROGRESSIONS["dark"] and style.progressions in PROGRESSIONS["bright"]
    assert set(style.modes) <= set(MODES)
    for part in style.parts:
        assert set(part.instruments) <= set(INSTRUMENTS)
        assert part.role not in ROWS or part.row in ROWS[part.role]


def test_every_name_has_its_instrument():
    assert set(INSTRUMENTS) == NAMES


def test_every_piece_of_every_groove_is_in_every_kit():
    grooves = [groove for choices in (*GROOVES.values(), *OTHER_METRES.values()) for groove in choices]
    pieces = {piece for groove in grooves for piece in groove}

    assert all(pieces <= set(kit) for kit in KITS.values())


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("brightness", ["bright", "dark"])
def test_every_progression_can_be_played_in_every_mode(mode, brightness):
    for family in PROGRESSIONS[brightness].values():
        for progression in family:
            path = voiced(chords(progression.replace("/", " "), Scale(3, mode), "seventh"), centre=62)

            assert all(50 <= pitch <= 77 for chord in path for pitch in chord.voicing)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("course", [(), ("builds up",), ("drop", "breakdown"), ("starts quiet", "big finish")])
@pytest.mark.parametrize("bars", [1, 2, 3, 5, 7, 8, 12, 17, 22, 31, 40, 77, 128])
def test_sections_fill_the_bars_without_gaps(shape, course, bars):
    form = sections(bars, loop=False, energy=0.5, shape=shape, course=course)

    assert [section.first_bar for section in form] == [sum(s.bars for s in form[:i]) for i in range(len(form))]
    assert sum(section.bars for section in form) == bars and all(section.bars > 0 for section in form)


def test_a_long_piece_grows_and_thins():
    energies = {section.name: section.energy for section in sections(48, loop=False, energy=0.5)}

    assert energies["intro"] < energies["verse"] < energies["chorus"] > energies["break"]


def test_what_builds_up_never_falls_back():
    energies = [section.energy for section in sections(40, False, 0.5, course=("builds up",))]

    assert energies == sorted(energies) and energies[0] < 0.4 and energies[-1] > 0.95


@pytest.mark.parametrize("seconds", [4, 8, 30, 97, 180])
def test_a_piece_leaves_its_last_chord_time_to_ring(seconds):
    extent = line(seconds, 104)

    ring = seconds - extent.second(extent.steps)
    assert extent.ends and extent.tempo == 104 and min(1.5, 0.15 * seconds) <= ring < min(1.5, 0.15 * seconds) + 1.2


def test_a_ritard_slows_the_last_bar_only():
    plain, slowing = line(30, 80), line(30, 80, ending="ritard")

    last_bar = slowing.steps - FOUR.steps
    assert slowing.second(last_bar) == plain.second(last_bar)
    assert slowing.second(slowing.steps) - slowing.second(last_bar) > 1.15 * FOUR.steps * FOUR.step_seconds(80)


@pytest.mark.parametrize("seconds", [0.5, 1, 2.3, 8, 30, 179])
@pytest.mark.parametrize("metre", METRES, ids=lambda metre: metre.name)
def test_a_loop_of_free_tempo_is_exactly_as_long_as_asked(seconds, metre):
    extent = circle(seconds, 104, metre, tempo_is_fixed=False)

    assert extent.seconds == seconds
    assert extent.second(extent.steps) == pytest.approx(seconds)


def test_a_loop_of_fixed_tempo_takes_the_nearest_whole_bars():
    extent = circle(8, 104, FOUR, tempo_is_fixed=True)

    assert (extent.tempo, extent.bars) == (104, 3)
    assert extent.seconds == pytest.approx(3 * 4 * 60 / 104)


@pytest.mark.parametrize("metre", METRES, ids=lambda metre: metre.name)
def test_rows_and_rhythms_fill_a_bar_of_any_metre(metre):
    assert all(len(fitted(row, metre)) == metre.steps for rows in CHORD_ROWS.values() for row in rows)
    lengths = [rhythm(pace, metre, place) for pace in PACES for place in (0.0, 0.5, 1.0)]
    assert all(sum(map(abs, row)) == metre.steps for row in lengths)


def test_six_eight_has_two_beats_of_three():
    piece, _ = written("celtic 6/8, 60 bpm", 30)

    first, second = piece.frame(piece.bars[0], 0), piece.frame(piece.bars[1], 0)
    assert piece.extent.metre.groups == (6, 6)
    assert (second - first) / 44_100 == pytest.approx(2.0, abs=0.01)


def test_voices_move_little_from_chord_to_chord():
    path = voiced(chords("1 6 3 7 1 4 5M 1", Scale(9, "minor"), "seventh"), centre=62)

    leaps = [abs(new - old) for a, b in pairwise(path) for old, new in zip(a.voicing, b.voicing, strict=True)]
    assert np.mean(leaps) < 3 and max(leaps) <= 7


@pytest.mark.parametrize(
    ("symbol", "classes"),
    [
        ("5M", (4, 8, 11)),
        ("V4", (9, 1, 4)),
        ("b2", (10, 2, 5)),
        ("4m", (2, 5, 9)),
        ("2o", (11, 2, 5)),
        ("5s", (4, 9, 11)),
    ],
)
def test_a_chord_symbol_means_its_notes(symbol, classes):
    assert chords(symbol, Scale(9, "minor"), "triad")[0].classes == classes


def test_jazz_changes_chords_within_a_bar_and_borrows():
    _, sheets = written("jazz in C major", 120)

    sounding = [chord for sheet in sheets for _, chord in sheet.bar.chords]
    outside = [chord for chord in sounding if not set(chord.classes) <= {0, 2, 4, 5, 7, 9, 11}]
    assert any(len(sheet.bar.chords) > 1 for sheet in sheets)
    assert 0.05 < len(outside) / len(sounding) < 0.6


def test_the_last_chorus_of_a_long_pop_song_is_higher():
    piece, sheets = written("pop in C major", 120)

    tonics = [sheet.bar.scale.tonic for sheet in sheets]
    assert tonics[0] == 0 and tonics[-2] == piece.brief.style.lift and len(set(tonics)) == 2


@pytest.mark.parametrize("pace", PACES)
def test_a_melody_stays_in_reach_and_in_key_or_on_the_chord(pace):
    _, sheets = written("trance in C major, 120 bpm", 90)
    melody = Melody(pace, Scale(0, "major"), "", 73, Ideas(stream(8, "x", "motifs")), stream(8, "x", pace))

    sung = [(note, sheet.bar) for sheet in sheets[:-1] for note in melody.bar(sheet.bar)]
    fitting = [note.pitch % 12 in {0, 2, 4, 5, 7, 9, 11, *bar.chord_at(4 * note.beat).tones} for note, bar in sung]
    assert np.mean(fitting) > 0.97
    assert all(55 <= note.pitch <= 92 for note, _ in sung)


@pytest.mark.parametrize("style", ["pop", "folk", "classical", "synthwave", "jazz"])
def test_a_motif_comes_back(style):
    rhythms = Counter(tuple(round(note.beat, 1) for note in bar) for bar in tune(style) if len(bar) > 1)

    assert rhythms.most_common(1)[0][1] >= 4
    assert sum(count for count in rhythms.values() if count > 1) > 0.5 * rhythms.total()


@pytest.mark.parametrize("style", ["asian", "african", "meditation"])
def test_pentatonic_styles_sing_five_notes(style):
    classes = Counter(note.pitch % 12 for bar in tune(style) for note in bar)

    common = sum(count for _, count in classes.most_common(5))
    assert common > 0.75 * classes.total()


def test_a_counter_line_speaks_where_the_tune_rests():
    piece, sheets = written("hip hop", 120)
    roles = [player.part.role for player in piece.band.players]
    melody, counter = roles.index("melody"), roles.index("counter")

    both = [sheet for sheet in sheets[:-1] if sheet.notes[melody] and sheet.notes[counter]]
    attacks = [(round(note.beat, 2), sheet.bar.index) for sheet in both for note in sheet.notes[melody]]
    answers = [(round(note.beat, 2), sheet.bar.index) for sheet in both for note in sheet.notes[counter]]
    assert answers and len(set(answers) & set(attacks)) < 0.2 * len(answers)


def test_a_walking_bass_comes_to_each_root_from_nearby():
    piece, sheets = written("jazz", 60)
    place = [player.part.role for player in piece.band.players].index("bass")

    lines = [[note for note in sheet.notes[place] if note.velocity > 0.5] for sheet in sheets[:-1]]
    steps = [abs(after[0].pitch - before[-1].pitch) for before, after in pairwise(lines) if before and after]
    assert np.mean([step % 12 in (0, 1, 2, 5, 7, 10, 11) for step in steps]) > 0.9
    whole = [line for line, sheet in zip(lines, sheets, strict=False) if not sheet.bar.stops]
    assert all(len(line) >= 4 for line in whole if line)


def test_ghost_notes_lie_between_the_beats():
    _, sheets = written("funk", 60)

    ghosts = [
        stroke for sheet in sheets for stroke in sheet.strokes if stroke.piece == "snare" and stroke.velocity < 0.35
    ]
    assert len(ghosts) > 20
    assert np.mean([abs(stroke.beat - round(stroke.beat)) > 0.1 for stroke in ghosts]) > 0.9


@pytest.mark.parametrize("style", STYLES[::3], ids=lambda style: style.name)
def test_no_two_bars_of_a_long_piece_are_the_same_in_everything(style):
    _, sheets = written(style.name, 120)

    bars = [
        (
            tuple((place, round(4 * note.beat), note.pitch, round(16 * note.velocity))
                  for place, notes in enumerate(sheet.notes) for note in notes),
            tuple((stroke.piece, round(4 * stroke.beat), round(8 * stroke.velocity)) for stroke in sheet.strokes),
        )
        for sheet in sheets
    ]  # fmt: skip
    assert len(set(bars)) == len(bars)


def test_the_last_bar_closes_on_the_tonic():
    piece, _ = written("rock in E minor", 30)

    assert piece.bars[-1].closes_piece and piece.bars[-1].chord.root == 4


def test_equal_motif_chance_gives_equal_motifs_at_any_pace():
    one, other = (Ideas(stream(3, "x", "motifs"))["A", "a"].motif("flowing", FOUR, 0) for _ in range(2))

    assert one == other


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


def test_refusing_everything_gives_the_style_as_it_is():
    assert cast(read("piano without piano, strings, choir and cello", seed=1))


def test_a_drum_solo_is_drums_and_nothing_else():
    piece, sheets = written("drums only, 100 bpm", 12)

    assert piece.band.players == [] and sheets[1].strokes


@pytest.mark.parametrize("rows", [WALTZ_BASS, WALTZ_CHORDS, JIG_BASS, JIG_CHORDS])
def test_rows_in_three_fill_their_bar_and_stand_for_rows_in_four(rows):
    bass = rows in (WALTZ_BASS, JIG_BASS)

    assert set(rows) <= set(BASS_ROWS if bass else CHORD_ROWS)
    assert {len(row) for choices in rows.values() for row in choices} == {12}
    signs = set("".join(row for choices in rows.values() for row in choices))
    assert signs <= set("Rr357ag-." if bass else "Xxus01234567-.")


def test_a_waltz_is_one_low_stroke_and_two_high_ones():
    piece, sheets = written("cafe in 3/4, 150 bpm", 40)
    pompe = next(i for i, player in enumerate(piece.band.players) if player.part.row == "pompe")

    beats = Counter(int(note.beat + 0.1) for sheet in sheets[:-1] if not sheet.bar.stops for note in sheet.notes[pompe])
    assert set(beats) == {0, 1, 2} and 2 * beats[0] < beats[1] and 2 * beats[0] < beats[2]


def test_before_a_drop_everybody_holds_their_breath():
    piece, sheets = written("dubstep", 30)
    pitched = [place for place, player in enumerate(piece.band.players) if player.part.role not in ("bed", "riser")]

    stops = [sheet for sheet in sheets if sheet.bar.stops]
    assert stops
    for sheet in stops:
        assert all(stroke.beat < 2 for stroke in sheet.strokes)
        assert all(note.beat + note.beats <= 2.01 for place in pitched for note in sheet.notes[place])


def test_in_blues_call_and_response_take_turns():
    piece, sheets = written("blues", 90)
    roles = [player.part.role for player in piece.band.players]
    melody, counter = roles.index("melody"), roles.index("counter")

    assert not [sheet for sheet in sheets[:-1] if sheet.notes[melody] and sheet.notes[counter]]
    assert all(any(sheet.notes[place] for sheet in sheets[:-1]) for place in (melody, counter))


@pytest.mark.parametrize(("prompt", "away"), [("classical in C major", 7), ("celtic in D dorian", 5)])
def test_the_middle_of_a_long_piece_is_in_another_key_and_comes_home(prompt, away):
    _, sheets = written(prompt, 150)

    tonics = [sheet.bar.scale.tonic for sheet in sheets]
    assert {(tonic - tonics[0]) % 12 for tonic in tonics} == {0, away} and tonics[-1] == tonics[0]


def test_marks_are_moves_of_the_console_or_stops():
    forms = [sections(bars, False, 0.5, shape) for shape in SHAPES for bars in (8, 16, 48)]

    assert {mark for form in forms for section in form for mark in section.marks} <= MARKS | {"stop"}
