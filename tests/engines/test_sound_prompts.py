"""Sixty prompts, and what can be heard in what they become. Nothing but the samples is asked."""

from dataclasses import dataclass
from functools import cache

import pytest
from hearing import Heard, note

from soundbox.engines.procedural.render import render
from soundbox.engines.protocol import SoundRequest

SECONDS = 20.0
DRUMS_DB = -25.5  # sudden noise above it is drums; what is plucked or bowed stays below
BASS_DB = -8.6
BRIGHT_DB, DARK_DB = -16.0, -19.0  # treble
BUSY, CALM = 3.2, 2.2  # onsets a second


@dataclass(frozen=True)
class Asked:
    """A prompt and what it promises; None: nothing."""

    prompt: str
    tempo: float | None = None
    key: str | None = None
    beats: int | None = None  # in a bar
    drums: bool | None = None
    bass: bool | None = None
    bright: bool | None = None
    busy: bool | None = None

    def broken(self, heard: Heard) -> dict[str, object]:
        """The promises that are not kept, with what was heard instead."""
        found: dict[str, tuple[object, object]] = {}
        if self.tempo:
            tempo = heard.tempo_near(self.tempo)
            found["tempo"] = (abs(tempo - self.tempo) <= 0.5 or tempo, True)
        if self.key:
            tonic, mode = self.key.split()
            found["key"] = (heard.tonic(mode), note(tonic))
        if self.beats:
            found["beats"] = (heard.beats_in_a_bar(self.tempo or heard.tempo), self.beats)
        if self.drums is not None:
            found["drums"] = (heard.hits_db > DRUMS_DB, self.drums)
        if self.bass is not None:
            found["bass"] = (heard.bass_db > BASS_DB, self.bass)
        if self.bright is not None:
            found["bright"] = (
                heard.treble_db > BRIGHT_DB or (False if heard.treble_db < DARK_DB else None),
                self.bright,
            )
        if self.busy is not None:
            rate = heard.onsets_a_second
            found["busy"] = (rate > BUSY or (False if rate < CALM else None), self.busy)
        return {what: got for what, (got, wanted) in found.items() if got != wanted}


PROMPTS = (
    Asked("warm lo-fi hip hop, 78 bpm, D dorian", 78, "D dorian", 4, drums=True, bass=True, bright=False),
    Asked("80s synthwave drive at night, 104 bpm, A minor", 104, "A minor", 4, drums=True, bass=True, bright=True),
    Asked("deep house, 122 bpm, F minor", 122, "F minor", 4, drums=True, bass=True, busy=True),
    Asked("dark techno, 134 bpm", 134, None, 4, drums=True, bass=True, busy=True),
    Asked("uplifting trance, 138 bpm, E minor", 138, "E minor", 4, drums=True, bass=True, bright=True, busy=True),
    Asked("peaceful ambient, 64 bpm, C major", 64, "C major", drums=False, bass=False, busy=False),
    Asked("jungle drum and bass, 174 bpm", 174, None, 4, drums=True, bright=True, busy=True),
    Asked("heavy dubstep, 140 bpm, F# minor", 140, "F# minor", 4, drums=True, bass=True, bright=True),
    Asked("8-bit chiptune, 150 bpm, C major", 150, "C major", 4, bright=True, busy=True),
    Asked("dark trap 808, 142 bpm", 142, None, 4, drums=True, bass=True, busy=True),
    Asked("boom bap hip hop, 90 bpm", 90, None, 4, drums=True, bass=True, bright=True),
    Asked("funk with slap bass, 106 bpm", 106, None, 4, drums=True, bass=True, busy=True),
    Asked("smooth soul, 76 bpm, Eb major", 76, "Eb major", 4, drums=True, bass=True),
    Asked("roots reggae, 74 bpm, G major", 74, "G major", 4, drums=True, bass=True),
    Asked("bossa nova, 128 bpm", 128, None, 4, bass=True, busy=True),
    Asked("latin salsa, 104 bpm", 104, None, 4, drums=True, bass=True, busy=True),
    Asked("driving rock, 132 bpm, E minor", 132, "E minor", 4, drums=True, bass=True, bright=True, busy=True),
    Asked("brutal metal, 168 bpm, D minor", 168, "D minor", 4, drums=True, bass=True, bright=True, busy=True),
    Asked("jazz swing, 144 bpm, Bb major", 144, "Bb major", 4, drums=True, bass=True, bright=True),
    Asked("folk, acoustic guitar, 96 bpm, G major", 96, "G major", 4),
    Asked("country, 116 bpm, D major", 116, "D major", 4, drums=True, bass=True, busy=True),
    Asked("happy pop, 118 bpm, C major", 118, "C major", 4, drums=True, bass=True, bright=True, busy=True),
    Asked("solo piano, 72 bpm, C minor", 72, "C minor", 4, drums=False, bass=False, bright=False, busy=False),
    Asked("classical strings, 108 bpm, G major", 108, "G major", 4, bass=False),
    Asked("epic orchestral trailer, 92 bpm, D minor", 92, "D minor", 4, drums=True, bass=True),
    Asked("lullaby, music box, 70 bpm, F major", 70, "F major", drums=False, bass=False, bright=False, busy=False),
    Asked("waltz in 3/4, strings, no drums, 132 bpm", 132, None, 3, drums=False, bass=False, bright=False),
    Asked("a jazz waltz, 3/4, 140 bpm", 140, None, 3, drums=True, bass=True),
    Asked("piano, 3/4, 96 bpm, E minor", 96, "E minor", 3, drums=False, bass=False),
    Asked("5/4 jazz, 150 bpm", 150, None, 5, drums=True, bass=True, bright=True),
    Asked("7/8 rock, 140 bpm", 140, None, 7, drums=True, bass=True, bright=True, busy=True),
    Asked("pop in 3/4, 110 bpm", 110, None, 3, drums=True, bass=True, bright=True),
    Asked("techno without drums, 130 bpm", 130, drums=False, bright=False),
    Asked("house, no drums, 124 bpm", 124, drums=False, bright=False),
    Asked("pop without drums, 100 bpm, D major", 100, "D major", drums=False, bass=True, bright=False),
    Asked("rock, no bass, 120 bpm", 120, None, 4, drums=True),
    Asked("funk without bass, 104 bpm", 104, None, 4, drums=True, bass=False, busy=True),
    Asked("G mixolydian rock, 124 bpm", 124, "G mixolydian", 4, drums=True, bass=True),
    Asked("F lydian ambient, 70 bpm", 70, "F lydian", drums=False, busy=False),
    Asked("disco, 120 bpm, C minor", 120, "C minor", 4, drums=True, bass=True, busy=True),
    Asked("punk, 176 bpm, A major", 176, "A major", 4, drums=True, bass=True, bright=True, busy=True),
    Asked("grunge, 108 bpm, D minor", 108, "D minor", 4, drums=True, bass=True, bright=True),
    Asked("indie rock, 126 bpm, G major", 126, "G major", 4, drums=True, bass=True),
    Asked("corporate, 112 bpm, C major", 112, "C major", 4, drums=True, bass=True, busy=True),
    Asked("celtic, 112 bpm, D dorian", 112, "D dorian", busy=True),
    Asked("flamenco, 116 bpm, E phrygian", 116, "E phrygian", busy=True),
    Asked("kids song, 126 bpm, F major", 126, "F major", 4, bass=True, busy=True),
    Asked("african, 112 bpm, G major", 112, "G major", bass=True, busy=True),
    Asked("electronica, 102 bpm", 102, None, 4, drums=True, bass=True),
    Asked("edm festival, 128 bpm, F minor", 128, "F minor", 4, drums=True, bass=True, bright=True, busy=True),
    Asked("slow acoustic guitar, 80 bpm, E minor, no drums", 80, "E minor", 4, drums=False),
    Asked("string quartet, no drums, 90 bpm", 90, drums=False, bright=False),
    Asked("solo harp, 84 bpm, Eb major", 84, "Eb major", drums=False, bass=False, busy=False),
    Asked("space ambient, no drums, no bass", None, drums=False, bass=False, busy=False),
    Asked("muffled lo-fi, 80 bpm, F major", 80, "F major", 4, bass=True, bright=False),
    Asked("bright crisp pop, 116 bpm, A major", 116, "A major", 4, drums=True, bright=True, busy=True),
    Asked("hip hop in Bb minor, 88 bpm", 88, "Bb minor", 4, drums=True, bass=True),
    Asked("soul ballad with organ, 70 bpm, F major", 70, "F major", 4, drums=True, bass=True),
    Asked("synthwave, no drums, 96 bpm, G minor", 96, "G minor", drums=False),
    Asked("solo violin, 100 bpm, D major", 100, "D major", drums=False, bass=False),
)


@cache
def heard(prompt: str) -> Heard:
    """Each prompt has a seed of its own, so that no row hangs on a lucky one."""
    seed = [asked.prompt for asked in PROMPTS].index(prompt) + 1
    sound = render(SoundRequest("a", "music", prompt, SECONDS, seed))
    return Heard(sound.samples, sound.sample_rate)


@pytest.mark.parametrize("asked", PROMPTS, ids=lambda asked: asked.prompt)
def test_what_was_asked_for_is_heard(asked):
    assert asked.broken(heard(asked.prompt)) == {}


def test_there_are_sixty_and_they_promise_much():
    promises = [
        value for asked in PROMPTS for name, value in vars(asked).items() if name != "prompt" and value is not None
    ]
    assert len(PROMPTS) == 60 and len(promises) > 240


@pytest.mark.parametrize("style", ["rock", "funk", "reggae", "house"])
def test_a_refused_bass_is_missed(style):
    """Kicks and low guitars stay, so only the difference tells."""

    def lows(prompt: str) -> float:
        sound = render(SoundRequest("a", "music", prompt, 12.0, 1))
        return Heard(sound.samples, sound.sample_rate).bass_db

    assert lows(f"{style} 104 bpm, no bass") < lows(f"{style} 104 bpm") - 1.0


@pytest.mark.parametrize(
    ("prompt", "wrong"),
    [
        ("deep house, 122 bpm, F minor", {"tempo": 124.0}),
        ("deep house, 122 bpm, F minor", {"key": "F# minor"}),
        ("waltz in 3/4, strings, no drums, 132 bpm", {"beats": 4}),
        ("happy pop, 118 bpm, C major", {"drums": False}),
        ("solo piano, 72 bpm, C minor", {"drums": True}),
        ("deep house, 122 bpm, F minor", {"bass": False}),
        ("lullaby, music box, 70 bpm, F major", {"bass": True}),
        ("lullaby, music box, 70 bpm, F major", {"bright": True}),
        ("brutal metal, 168 bpm, D minor", {"busy": False}),
    ],
)
def test_a_promise_that_is_not_kept_is_noticed(prompt, wrong):
    known = {"tempo": 132.0} if "beats" in wrong else {}  # beats are counted at the tempo that was asked for
    assert list(Asked(prompt, **known, **wrong).broken(heard(prompt))) == list(wrong)
