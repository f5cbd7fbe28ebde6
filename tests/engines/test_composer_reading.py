import subprocess
import sys

import pytest

from soundbox.engines.procedural.composer import colour_of
from soundbox.engines.procedural.piece import planned
from soundbox.engines.procedural.reading.prompt import read
from soundbox.engines.procedural.reading.understanding import understood
from soundbox.engines.procedural.styles.catalogue import ALL_KINDS, STYLES
from soundbox.engines.protocol import EngineError, Recipe
from soundbox.tracks.categories import VOCABULARY


@pytest.mark.parametrize("style", ALL_KINDS, ids=lambda style: style.name)
def test_every_style_is_found_by_each_of_its_own_words(style):
    found = {word: read(f"some {word} please", seed=1).style.name for word in style.words}

    assert found == dict.fromkeys(style.words, style.name)


@pytest.mark.parametrize(
    ("prompt", "style"),
    [
        ("lo-fi study beats", "lo-fi"),
        ("LoFi hip-hop for a rainy cafe", "lo-fi"),
        ("80s drive", "synthwave"),
        ("drum & bass", "drum and bass"),
        ("R&B slow jam", "soul"),
        ("8-bit boss battle", "chiptune"),
        ("epic film score", "orchestral"),
        ("acoustic guitar over a rock beat", "rock"),
        ("techno, but not jazz", "techno"),
        ("rock waltz", "rock"),
        ("waltz", "waltz"),
        ("jazz with strings", "jazz"),
    ],
)
def test_a_prompt_finds_its_style(prompt, style):
    assert read(prompt, seed=1).style.name == style


@pytest.mark.parametrize("prompt", ["carrot", "traps", "rapport", "scoreboard", "clubs"])
def test_a_word_inside_a_word_is_not_heard(prompt):
    styles = {read(prompt + " xyzzy", seed).style.name for seed in range(12)}

    assert len(styles) > 1 or prompt in ("traps", "clubs")


def test_an_unread_prompt_falls_on_a_style_by_its_seed():
    styles = {read("zxqv", seed).style.name for seed in range(40)}

    assert len(styles) > 10


@pytest.mark.parametrize(
    ("prompt", "tempo"),
    [
        ("house 124 bpm", 124),
        ("house at 124bpm", 124),
        ("techno, tempo: 133", 133),
        ("jazz 92.5 BPM", 92.5),
        ("rock 120-130 bpm", 125),
        ("trap at 140 beats per minute", 140),
        ("jazz, 999 bpm", 220),
        ("808 trap 90s", None),
    ],
)
def test_a_named_tempo_is_obeyed(prompt, tempo):
    brief = read(prompt, seed=3)

    assert brief.tempo_is_fixed == (tempo is not None)
    assert tempo is None or brief.tempo == tempo


@pytest.mark.parametrize(
    ("prompt", "key"),
    [
        ("synthwave in A minor", "A minor"),
        ("D dorian groove", "D dorian"),
        ("jazz in C# major", "C# major"),
        ("waltz in b-flat minor", "Bb minor"),
        ("piano, Gb maj", "F# major"),
        ("rock in F#m", "F# minor"),
        ("folk, key of G mixolydian", "G mixolydian"),
        ("E♭ minor pads", "Eb minor"),
    ],
)
def test_a_named_key_is_obeyed(prompt, key):
    assert read(prompt, seed=2).scale.name == key


def test_a_minor_mood_names_no_tonic():
    tonics = {read("piano in a minor mood", seed).scale.tonic for seed in range(12)}

    assert len(tonics) > 1
    assert read("piano in a minor mood", seed=1).scale.mode == "minor"


def test_slow_and_fast_leave_the_middle_on_their_sides():
    slow, fast = (read(f"{word} jazz", seed=5).tempo for word in ("slow", "fast"))

    assert slow < 104 and fast > 148


def test_moods_colour_mode_and_energy():
    sad, happy = read("sad piano", seed=4), read("happy energetic piano", seed=4)

    assert sad.scale.mode == "minor" and happy.scale.mode == "major"
    assert sad.energy < 0.5 < happy.energy


@pytest.mark.parametrize(
    ("prompt", "refused", "asked"),
    [
        ("rock without drums", "drums", None),
        ("jazz, no piano, with flute", "piano", "flute"),
        ("soul without bass and strings", "string ensemble", None),
        ("no choir but celesta", "choir", "celesta"),
    ],
)
def test_what_is_refused_is_not_asked_for(prompt, refused, asked):
    brief = read(prompt, seed=1)

    assert refused in brief.refused or (refused == "drums" and brief.drums is False)
    assert asked is None or (asked,) in brief.asked


CATEGORIES = {  # every music category of the library -> the styles that would do
    "electronic": "electronica", "edm": "edm", "house": "house", "techno": "techno", "trance": "trance",
    "dubstep": "dubstep", "drum_and_bass": "drum and bass", "synthwave": "synthwave", "ambient": "ambient",
    "drone": "dark ambient", "meditation": "meditation", "nature_music": "nature", "space": "space",
    "dark_ambient": "dark ambient", "cinematic": "orchestral", "epic": "epic", "orchestral": "orchestral",
    "trailer": "epic", "dramatic": "orchestral", "suspense": "suspense", "heroic": "heroic", "romantic": "romantic",
    "classical": "classical", "piano": "piano", "guitar": "acoustic", "strings": "strings",
    "orchestra_section": "strings", "acoustic": "acoustic", "lofi": "lo-fi", "chillhop": "lo-fi", "chill": "lo-fi",
    "study": "lo-fi", "cafe": "cafe", "hiphop": "hip hop", "trap": "trap", "boom_bap": "hip hop",
    "instrumental_hiphop": "hip hop", "rock": "rock", "indie": "indie", "metal": "metal", "punk": "punk",
    "grunge": "grunge", "jazz": "jazz", "blues": "blues", "soul": "soul", "funk": "funk", "world": "world",
    "asian": "asian", "latin": "latin", "african": "african", "celtic": "celtic", "middle_eastern": "middle eastern",
    "happy": "pop", "sad": "piano", "angry": "metal", "peaceful": "ambient", "mysterious": "suspense",
    "scary": "suspense", "inspirational": "corporate", "upbeat": "pop", "relaxing": "ambient", "intense": "epic",
    "gentle": "acoustic", "retro": "synthwave", "chiptune": "chiptune", "arcade": "chiptune", "80s": "synthwave",
    "70s": "disco", "60s": "sixties", "corporate": "corporate", "advertising": "corporate", "youtube": "corporate",
    "podcast": "corporate", "game_music": "chiptune", "holiday": "holiday", "workout": "edm", "kids": "kids",
}  # fmt: skip


@pytest.mark.parametrize("category", CATEGORIES)
def test_every_category_of_the_library_is_understood(category):
    brief = read(category.replace("_", " "), seed=1)

    assert brief.style.name == CATEGORIES[category] and "style" in brief.read


def test_the_categories_are_those_of_the_library():
    assert set(CATEGORIES) == set(VOCABULARY["music"])


@pytest.mark.parametrize(
    ("category", "dark", "energy"),
    [("happy", False, 1), ("sad", True, -1), ("angry", True, 1), ("peaceful", False, -1), ("scary", True, 1),
     ("upbeat", False, 1), ("relaxing", None, -1), ("intense", None, 1), ("gentle", None, -1), ("heroic", False, 1)],
)  # fmt: skip
def test_a_mood_alone_decides_mode_and_energy(category, dark, energy):
    brief = read(category, seed=1)

    assert dark is None or brief.scale.is_dark == dark
    assert (brief.energy - 0.5) * energy > 0


@pytest.mark.parametrize(
    ("prompt", "kind", "family"),
    [("deep house", "deep house", "house"), ("acid techno", "acid techno", "techno"),
     ("dark trap", "dark trap", "trap"),
     ("smooth jazz", "smooth jazz", "jazz"), ("motown soul", "motown", "soul"), ("vaporwave", "vaporwave", "synthwave"),
     ("irish jig", "jig", "celtic")],
)  # fmt: skip
def test_a_finer_kind_is_found_and_knows_its_family(prompt, kind, family):
    style = read(prompt, seed=1).style

    assert (style.name, style.family) == (kind, family)


@pytest.mark.parametrize(
    ("prompt", "metre"),
    [("piano in 3/4", "3/4"), ("folk 6/8", "6/8"), ("blues 12/8", "12/8"), ("jazz in 5/4", "5/4"), ("rock, 7/8", "7/8"),
     ("waltz", "3/4"), ("irish jig", "6/8"), ("house", "4/4"), ("jazz waltz", "3/4")],
)  # fmt: skip
def test_a_metre_is_read(prompt, metre):
    brief = read(prompt, seed=1)

    assert brief.metre.name == metre
    assert metre == "4/4" or metre in brief.understood()


@pytest.mark.parametrize(
    ("prompt", "style", "kit"),
    [("80s rock", "rock", "gated"), ("60s pop", "pop", "acoustic"), ("seventies soul", "soul", "acoustic"),
     ("90s hip hop", "hip hop", "breaks")],
)  # fmt: skip
def test_an_era_colours_a_style_that_is_named(prompt, style, kit):
    brief = read(prompt, seed=1)

    assert (brief.style.name, brief.kit) == (style, kit)
    assert brief.textures or style == "hip hop"


@pytest.mark.parametrize(
    ("prompt", "course"),
    [("techno that builds up", "builds up"), ("edm with a big drop", "drop"), ("trance with a breakdown", "breakdown"),
     ("piano, fades out", "fades out"), ("rock that starts quiet", "starts quiet"), ("funk, sudden end", "sudden end"),
     ("epic, grand finale", "big finish"), ("pop, no intro", "starts at once")],
)  # fmt: skip
def test_the_course_of_a_piece_is_read(prompt, course):
    brief = read(prompt, seed=1)

    assert brief.course == {course} and course in brief.understood()


@pytest.mark.parametrize(
    ("word", "trait"),
    [("muffled", lambda colour: colour.ceiling_hz < 3_000), ("wide", lambda colour: colour.width > 1.3),
     ("dusty", lambda colour: colour.wow > 0), ("distorted", lambda colour: colour.drive > 2),
     ("mono", lambda colour: colour.width == 0), ("bright", lambda colour: colour.brightness > 1.5)],
)  # fmt: skip
def test_a_texture_reaches_the_master(word, trait):
    assert trait(colour_of(planned(Recipe(f"{word} strings", 8, 1))))


def test_without_a_seed_only_the_words_themselves_are_told():
    assert understood("calm piano, no drums, 78 bpm") == ("piano", "78 bpm", "no drums", "calm")
    assert understood("something phrygian with darbuka") == ("middle eastern", "phrygian", "darbuka")
    assert understood("zxqv") == ()
    assert len(understood("zxqv", 3)) >= 3


def test_reading_needs_no_synthesis():
    code = "import sys, soundbox.engines.procedural.reading.understanding; sys.exit('scipy' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code]).returncode == 0


def test_a_melody_may_be_refused():
    piece = planned(Recipe("house, no melody", 8, 1))

    assert not {"melody", "counter"} & {player.part.role for player in piece.band.players}
    assert "no melody" in piece.brief.details


def test_what_was_understood_is_told_in_words():
    understood = read("80s synthwave drive, 104 bpm, A minor, analog bass, gated drums", seed=1).understood(104)

    assert understood[:5] == ("synthwave", "104 bpm", "A minor", "analog bass", "gated drums")


def test_parameters_outrank_the_prompt():
    brief = read("house 124 bpm in C major", 1, {"tempo": 98, "key": "F# dorian"})

    assert (brief.tempo, brief.tempo_is_fixed, brief.scale.name) == (98, True, "F# dorian")


@pytest.mark.parametrize(
    "parameters", [{"tempo": "fast"}, {"tempo": 4_000}, {"tempo": float("nan")}, {"key": "H moll"}]
)
def test_parameters_nobody_can_play_are_refused_in_words(parameters):
    with pytest.raises(EngineError, match=r"tempo must be|no key called"):
        read("house", 1, parameters)


@pytest.mark.parametrize(
    "prompt", ["", "   ", "🎵🎶", "\x00\x01", "no " * 200, "a" * 500, "-- ;;; ##", "in in in", "12/0"]
)
def test_odd_prompts_are_read_without_complaint(prompt):
    assert read(prompt, seed=9).style in STYLES


def test_drums_can_be_asked_for_refused_or_left_to_the_style():
    said = [read(prompt, seed=1).drums for prompt in ("piano with drums", "house, no beat", "house", "drum and bass")]

    assert said == [True, False, None, None]
