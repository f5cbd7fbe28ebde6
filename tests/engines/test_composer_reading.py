import pytest

from soundbox.engines.procedural.reading.prompt import read
from soundbox.engines.procedural.styles.catalogue import STYLES
from soundbox.engines.protocol import EngineError


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.name)
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
