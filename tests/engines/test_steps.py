"""Steps that are recorded once and then played do what steps that are run do: what a GPU is given.

No CUDA graph can be had without a GPU. `Recording` stands in for one: it keeps every operation with the very tensors
it read and wrote, and playing it carries out the same on the same memory, whatever the host has changed its mind about.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import torch
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils._pytree import tree_flatten

from soundbox.engines.transformer import batch as batches
from soundbox.engines.transformer.asked import Sampling
from soundbox.engines.transformer.batch import Batch, Member
from soundbox.engines.transformer.decoder import Decoder
from soundbox.engines.transformer.musicgen import MusicGen
from soundbox.engines.transformer.precision import Precision
from soundbox.engines.transformer.shape import read_shape
from soundbox.engines.transformer.slots import Slots
from soundbox.engines.transformer.steps import Played, steps_for
from soundbox.engines.transformer.weights import musicgen_weights, opened
from soundbox.engines.transformer.window import Columns

CPU = torch.device("cpu")
PROMPTS = ["upbeat rock, heavy bass", "sad"]
needs_gpu = pytest.mark.skipif(not torch.cuda.is_available(), reason="There is no GPU here.")


class Recording(TorchDispatchMode):
    """What ran inside it, to be played again."""

    def __init__(self) -> None:
        super().__init__()
        self._operations: list[tuple[Any, tuple, dict, Any]] = []

    def __torch_dispatch__(self, operation, types, given=(), named=None):
        found = operation(*given, **(named or {}))
        self._operations.append((operation, given, named or {}, found))
        return found

    def play(self) -> None:
        for operation, given, named, found in self._operations:
            again = operation(*given, **named)
            for old, new in zip(tree_flatten(found)[0], tree_flatten(again)[0], strict=True):
                if isinstance(old, torch.Tensor) and old.data_ptr() != new.data_ptr():
                    old.copy_(new)


class Recorder:
    def __init__(self) -> None:
        self.recordings = 0

    def __call__(self, run: Callable[[], None]) -> Callable[[], None]:
        self.recordings += 1
        with Recording() as recording:
            run()
        return torch.inference_mode()(recording.play)


@pytest.fixture(scope="module")
def musicgen(tiny_musicgen) -> MusicGen:
    return MusicGen.load(tiny_musicgen, CPU, torch.float32)


def members(model: MusicGen, count: int) -> list[Member]:
    """Each long, guided and chosen otherwise."""
    return [
        Member(
            str(seed),
            model.text.encode(PROMPTS[seed % 2]),
            Columns(model.shape, 8 + 5 * (seed % 4), torch.zeros((model.shape.codebooks, 0), dtype=torch.long)),
            Sampling(temperature=seed % 3, top_k=20 * (seed % 4), top_p=0.9 * (seed % 2), guidance=1 + seed % 3),
            torch.Generator(model.device).manual_seed(seed),
        )
        for seed in range(count)
    ]


def decoded(batch: Batch, wanted: list[Member]) -> list[torch.Tensor]:
    """All of them, one coming every other step where there is room."""
    coming = list(wanted)
    for step in range(1000):
        if coming and batch.room and step % 2 == 0:
            batch.join(coming.pop(0))
        batch.step()
        if not (coming or batch.members):
            break
    return [member.columns.codes for member in wanted]


def test_recorded_steps_choose_what_steps_choose_that_are_run(musicgen, monkeypatch):
    expected = decoded(Batch(musicgen.decoder(5)), members(musicgen, 9))
    recorder = Recorder()
    monkeypatch.setattr(batches, "steps_for", lambda decoder, slots: Played(decoder, slots, recorder))

    played = decoded(Batch(musicgen.decoder(5)), members(musicgen, 9))
    assert all(torch.equal(one, other) for one, other in zip(expected, played, strict=True))
    assert recorder.recordings <= 4  # one for each number of slots: 1, 2, 4, and all


def test_a_sound_longer_than_what_a_recording_sees_gets_another_one(musicgen, monkeypatch):
    recorder = Recorder()
    monkeypatch.setattr(batches, "steps_for", lambda decoder, slots: Played(decoder, slots, recorder))
    begun = torch.randint(0, 64, (4, 120), generator=torch.Generator().manual_seed(8))

    def asked() -> Member:
        chance = torch.Generator().manual_seed(1)
        return Member("a", musicgen.text.encode("sad"), Columns(musicgen.shape, 140, begun), Sampling(), chance)

    played = decoded(Batch(musicgen.decoder(1)), [asked()])
    monkeypatch.setattr(batches, "steps_for", steps_for)
    assert torch.equal(played[0], decoded(Batch(musicgen.decoder(1)), [asked()])[0])
    assert recorder.recordings == 2


def test_what_cannot_be_recorded_is_run(musicgen, monkeypatch, caplog):
    expected = decoded(Batch(musicgen.decoder(2)), members(musicgen, 2))

    def cannot(run: Callable[[], None]) -> Callable[[], None]:
        run()
        raise RuntimeError("operation not permitted when stream is capturing")

    monkeypatch.setattr(batches, "steps_for", lambda decoder, slots: Played(decoder, slots, cannot))
    found = decoded(Batch(musicgen.decoder(2)), members(musicgen, 2))
    assert all(torch.equal(one, other) for one, other in zip(expected, found, strict=True))
    assert "cannot be recorded" in caplog.text


def test_nothing_between_two_steps_waits_for_the_device(tiny_musicgen):
    """Tensors without content stand for those of a GPU: who asks one for a number, or mixes it with others, fails."""
    shape, device = read_shape(tiny_musicgen), torch.device("meta")
    with opened(tiny_musicgen) as tensors:
        decoder = Decoder(shape, musicgen_weights(tensors, shape, Precision(device, torch.bfloat16)), slots=4)
    slots = Slots(shape, 4, device)
    with pytest.raises((RuntimeError, NotImplementedError), match="meta"):
        slots.positions[0].item()

    for slot in range(3):
        decoder.hear(slot, torch.zeros((5, shape.text_width), device=device))
        decoder.fill(slot, torch.zeros((shape.codebooks, 7), dtype=torch.long, device=device))
        slots.admit(slot, 5, Sampling())
    Played(decoder, slots, lambda run: run).run([7, 7, 7])
    decoder.cache.move(2, 0, 8)
    slots.move(2, 0)


@needs_gpu
def test_steps_of_a_gpu_choose_what_steps_choose_that_are_run(tiny_musicgen, monkeypatch):
    model = MusicGen.load(tiny_musicgen, torch.device("cuda"), torch.float32)
    played = decoded(Batch(model.decoder(5)), members(model, 9))

    monkeypatch.setattr(batches, "steps_for", lambda decoder, slots: Played(decoder, slots, lambda run: run))
    run = decoded(Batch(model.decoder(5)), members(model, 9))
    assert all(torch.equal(one, other) for one, other in zip(played, run, strict=True))


def test_the_kind_of_steps_fits_the_device(musicgen):
    decoder = Decoder(musicgen.shape, musicgen.weights, 1)

    assert not isinstance(steps_for(decoder, Slots(musicgen.shape, 1, CPU)), Played)
