"""The own decoder says what transformers says, token for token, on a tiny MusicGen with chance for weights."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from safetensors.torch import load_file, save_file
from transformers import AutoProcessor, MusicgenForConditionalGeneration

from soundbox.engines.transformer.asked import Sampling
from soundbox.engines.transformer.batch import Batch, Member
from soundbox.engines.transformer.musicgen import MusicGen
from soundbox.engines.transformer.sampling import Manner, guided
from soundbox.engines.transformer.window import Columns
from tests.engines.tiny_musicgen import SAMPLE_RATE, stepped

CPU = torch.device("cpu")
PROMPTS = ["upbeat rock, heavy bass", "sad"]
GREEDY = Sampling(temperature=0)
FRAMES = 40


class Reference:
    """transformers, with the codes it makes on its way to the sound."""

    def __init__(self, folder: Path) -> None:
        self.model = MusicgenForConditionalGeneration.from_pretrained(folder).eval()
        self.processor = AutoProcessor.from_pretrained(folder)
        self._to_sound = self.model.audio_encoder.decode
        self.model.audio_encoder.decode = self._decode
        self._codes: list[torch.Tensor] = []

    def generate(self, prompts: list[str], frames: int, **begun: Any) -> tuple[torch.Tensor, torch.Tensor]:
        """Greedy codes (n, codebook, frame) and sound (n, channel, sample). `frames` counts new ones only."""
        self._codes = []
        asked = self.processor(text=prompts, padding=True, return_tensors="pt")
        delay = self.model.decoder.num_codebooks // self.model.decoder.config.audio_channels - 1
        sound = self.model.generate(**asked, **begun, max_new_tokens=frames + delay, do_sample=False)
        if len(self._codes) == 1:
            return self._codes[0], sound
        return torch.stack(self._codes, 2).flatten(1, 2), sound  # left and right of each codebook together

    def _decode(self, codes: torch.Tensor, **given: Any) -> Any:
        self._codes.append(codes[0])
        return self._to_sound(codes, **given)


@pytest.fixture(scope="module")
def reference(tiny_musicgen: Path) -> Reference:
    return Reference(tiny_musicgen)


@pytest.fixture(scope="module")
def stereo_reference(tiny_stereo_musicgen: Path) -> Reference:
    return Reference(tiny_stereo_musicgen)


@pytest.fixture(scope="module")
def musicgen(tiny_musicgen: Path) -> MusicGen:
    return MusicGen.load(tiny_musicgen, CPU, torch.float32)


@pytest.fixture(scope="module")
def stereo_musicgen(tiny_stereo_musicgen: Path) -> MusicGen:
    return MusicGen.load(tiny_stereo_musicgen, CPU, torch.float32)


def member(
    model: MusicGen,
    prompt: str,
    frames: int = FRAMES,
    sampling: Sampling = GREEDY,
    seed: int = 1,
    begun: torch.Tensor | None = None,
) -> Member:
    codes = torch.zeros((model.shape.codebooks, 0), dtype=torch.long) if begun is None else begun
    columns, chance = Columns(model.shape, frames, codes), torch.Generator().manual_seed(seed)
    return Member(f"{prompt}{seed}", model.text.encode(prompt), columns, sampling, chance)


def decoded(model: MusicGen, *members: Member) -> list[torch.Tensor]:
    batch = Batch(model.decoder(len(members)))
    for each in members:
        batch.join(each)
    while batch.members:
        batch.step()
    return [each.columns.codes for each in members]


def sounding(model: MusicGen, codes: torch.Tensor) -> np.ndarray:
    decoding, frames, pieces = model.codec.decoding(), codes.shape[1], []
    while wanted := decoding.wanted(frames, frames):
        pieces.append(decoding.piece(codes[:, slice(*wanted)], wanted[0], frames))
    return np.concatenate(pieces, axis=1)


def test_musicgen_tokens_of_unequal_prompts_equals_reference(musicgen, reference):
    expected, _ = reference.generate(PROMPTS, FRAMES)

    codes = decoded(musicgen, *(member(musicgen, prompt) for prompt in PROMPTS))
    assert torch.equal(torch.stack(codes), expected)
    assert len(expected.unique()) > 10  # it says something


def test_musicgen_stereo_tokens_equals_reference(stereo_musicgen, stereo_reference):
    expected, _ = stereo_reference.generate(PROMPTS[:1], FRAMES)

    assert expected.shape[1] == 8
    assert torch.equal(decoded(stereo_musicgen, member(stereo_musicgen, PROMPTS[0]))[0], expected[0])


@pytest.mark.parametrize("channels", ["musicgen", "stereo_musicgen"])
def test_musicgen_sound_equals_reference(channels, request):
    model = request.getfixturevalue(channels)
    expected = request.getfixturevalue(channels.replace("musicgen", "reference"))
    codes, sound = expected.generate(PROMPTS[:1], FRAMES)

    samples = sounding(model, codes[0])
    assert samples.shape == (model.shape.channels, FRAMES * model.shape.hop)
    assert np.abs(samples - sound[0].numpy()).max() < 1e-5


@pytest.mark.parametrize("channels", ["musicgen", "stereo_musicgen"])
def test_musicgen_going_on_from_a_sound_equals_reference(channels, request):
    model = request.getfixturevalue(channels)
    expected = request.getfixturevalue(channels.replace("musicgen", "reference"))
    start = np.random.default_rng(5).normal(0, 0.2, (model.shape.channels, SAMPLE_RATE // 2)).astype(np.float32)

    codes, _ = expected.generate(PROMPTS[:1], FRAMES - 25, input_values=torch.from_numpy(start)[None])
    ours = decoded(model, member(model, PROMPTS[0], begun=model.codec.encode(start)))[0]
    assert torch.equal(ours, codes[0])
    assert torch.equal(ours[:, :25], model.codec.encode(start)) and ours.shape[1] == FRAMES


def test_musicgen_beyond_its_window_equals_reference(tiny_musicgen, reference):
    whole = MusicGen.load(tiny_musicgen, CPU, torch.float32)
    model = replace(whole, shape=replace(whole.shape, window=30, stride=18))
    expected, _ = reference.generate(PROMPTS[:1], 30)
    for new in (18, 7):
        begun = expected[..., -12:].reshape(4, 12)
        following, _ = reference.generate(PROMPTS[:1], new, decoder_input_ids=begun)
        expected = torch.cat([expected, following[..., -new:]], 2)

    asked = member(model, PROMPTS[0], frames=55)
    assert torch.equal(decoded(model, asked)[0], expected[0])
    assert asked.columns.share == 1


@pytest.mark.parametrize(("dtype", "share"), [(torch.bfloat16, 0.1), (torch.float16, 0.005)])
def test_musicgen_logits_in_fewer_digits_equals_reference_within_a_share_of_their_spread(
    tiny_musicgen, reference, dtype, share
):
    model = MusicGen.load(tiny_musicgen, CPU, dtype)
    asked = reference.processor(text=PROMPTS[:1], return_tensors="pt")
    columns = torch.randint(0, 64, (4, 12), generator=torch.Generator().manual_seed(3))
    with torch.inference_mode():
        expected = reference.model(**asked, decoder_input_ids=columns).logits  # (codebook, column, entry)

    decoder = model.decoder(1)
    decoder.hear(0, model.text.encode(PROMPTS[0]))
    logits = torch.stack([stepped(decoder, columns[:, i][None], [i])[0, 0] for i in range(12)], 1).float()
    assert 0 < (logits - expected).abs().max() < share * expected.std()


def test_weights_under_the_names_of_older_versions_are_the_same(tiny_musicgen, musicgen, tmp_path):
    shutil.copytree(tiny_musicgen, tmp_path, dirs_exist_ok=True)
    older = {
        "parametrizations.weight.original0": "weight_g",
        "parametrizations.weight.original1": "weight_v",
        "text_encoder.shared": "text_encoder.encoder.embed_tokens",
    }
    renamed = {}
    for name, weights in load_file(tmp_path / "model.safetensors").items():
        known = next((new for new in older if new in name), "")
        renamed[name.replace(known, older[known]) if known else name] = weights
    save_file(renamed, tmp_path / "model.safetensors")

    old, codes = MusicGen.load(tmp_path, CPU, torch.float32), torch.arange(40).view(4, 10)
    assert torch.equal(old.text.encode("sad"), musicgen.text.encode("sad"))
    assert np.array_equal(sounding(old, codes), sounding(musicgen, codes))


def test_columns_known_beforehand_count_as_if_they_had_come_one_by_one(musicgen):
    decoder, columns = musicgen.decoder(2), torch.randint(0, 64, (4, 9), generator=torch.Generator().manual_seed(3))
    for slot in (0, 1):
        decoder.hear(slot, musicgen.text.encode(PROMPTS[0]))

    decoder.fill(1, columns[:, :8])
    for i in range(8):
        stepped(decoder, columns[:, i][None], [i])
    first, second = stepped(decoder, columns[:, 8].expand(2, -1), [8, 8])
    assert torch.allclose(first, second, atol=1e-4)


@pytest.mark.parametrize("dtype", [torch.float32, torch.float16])
def test_sounds_that_join_and_leave_are_what_they_are_alone(tiny_musicgen, dtype):
    musicgen, sampled = MusicGen.load(tiny_musicgen, CPU, dtype), Sampling()
    wishes = [(PROMPTS[seed % 2], frames, seed) for seed, frames in enumerate((30, 9, 21, 6, 17, 12))]
    alone = [decoded(musicgen, member(musicgen, *wish[:2], sampled, wish[2]))[0] for wish in wishes]
    members = [member(musicgen, *wish[:2], sampled, wish[2]) for wish in wishes]

    batch, coming = Batch(musicgen.decoder(3)), list(members)
    for step in range(10_000):
        if coming and batch.room and step % 4 == 0:
            batch.join(coming.pop(0))
        batch.step()
        if not (coming or batch.members):
            break
    together = [each.columns.codes for each in members]
    assert all(torch.equal(one, other) for one, other in zip(alone, together, strict=True))
    assert len({codes[:, :6].tolist().__repr__() for codes in alone}) == len(alone)  # each its own


def test_guidance_of_one_is_the_prompt_alone():
    logits = torch.randn(1, 2, 4, 8)

    assert torch.allclose(guided(logits, Manner.of([Sampling(guidance=1)], 8, CPU)), logits[:, 0], atol=1e-6)
