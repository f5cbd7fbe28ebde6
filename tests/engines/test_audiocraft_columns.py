"""MusicGen and AudioGen from audiocraft's own checkpoints say what audiocraft 1.3.0 says, token for token."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from tests.engines.audiocraft_reference import FRAME_RATE, Pair, sounding
from tests.engines.tiny_musicgen import SAMPLE_RATE, stepped

PROMPTS = ["upbeat rock, heavy bass", "sad"]
FRAMES = 40
GREEDY = {"use_sampling": False}
each_model = pytest.mark.parametrize("model", ["musicgen", "musicgen-stereo", "audiogen"])


@pytest.fixture(scope="module")
def pairs(tiny_checkpoints) -> dict[str, Pair]:
    return {name: Pair(tiny_checkpoints / name) for name in ("musicgen", "musicgen-stereo", "audiogen")}


@each_model
def test_musicgen_and_audiogen_tokens_equals_reference(pairs, model):
    expected = pairs[model].expected(PROMPTS[:1], duration=FRAMES / FRAME_RATE, **GREEDY)

    assert torch.equal(pairs[model].decoded(PROMPTS[0], FRAMES, temperature=0), expected[0])
    assert len(expected.unique()) > 10  # it says something


@pytest.mark.parametrize("model", ["musicgen", "audiogen"])
def test_musicgen_and_audiogen_in_a_batch_with_shorter_prompts_equals_reference(pairs, model):
    expected = pairs[model].expected(PROMPTS, duration=FRAMES / FRAME_RATE, **GREEDY)

    assert torch.equal(pairs[model].decoded(PROMPTS[0], FRAMES, temperature=0), expected[0])


def test_musicgen_guided_otherwise_and_in_two_steps_equals_reference(pairs):
    asked = {"duration": FRAMES / FRAME_RATE, "cfg_coef": 3.0, **GREEDY}
    expected = pairs["musicgen"].expected(PROMPTS[:1], two_step_cfg=True, **asked)
    stronger = pairs["musicgen"].expected(PROMPTS[:1], **(asked | {"cfg_coef": 6.0}))

    assert torch.equal(pairs["musicgen"].decoded(PROMPTS[0], FRAMES, temperature=0), expected[0])
    assert torch.equal(pairs["musicgen"].decoded(PROMPTS[0], FRAMES, temperature=0, guidance=6), stronger[0])
    assert not torch.equal(expected, stronger)


@each_model
def test_musicgen_and_audiogen_going_on_from_a_sound_equals_reference(pairs, model):
    pair = pairs[model]
    start = np.random.default_rng(5).normal(0, 0.2, (pair.own.shape.channels, SAMPLE_RATE // 2)).astype(np.float32)

    expected = pair.expected(PROMPTS[:1], start, duration=FRAMES / FRAME_RATE, **GREEDY)
    begun = pair.own.codec.encode(start)
    assert torch.equal(pair.decoded(PROMPTS[0], FRAMES, begun, temperature=0), expected[0])
    assert torch.equal(expected[0, :, : begun.shape[1]], begun) and begun.shape[1] == 25


@each_model
@pytest.mark.parametrize("begun", [0, 25])
def test_musicgen_and_audiogen_beyond_their_window_equals_reference(pairs, model, begun):
    pair = pairs[model].with_window(frames=30, stride=18)
    start = np.random.default_rng(6).normal(0, 0.2, (pair.own.shape.channels, begun * 160)).astype(np.float32)
    pair.reference.max_duration = 0.6

    expected = pair.expected(PROMPTS[:1], start if begun else None, duration=1.1, extend_stride=0.36, **GREEDY)
    codes = pair.own.codec.encode(start) if begun else None
    assert torch.equal(pair.decoded(PROMPTS[0], 55, codes, temperature=0), expected[0])
    pair.reference.max_duration = pairs[model].own.shape.window / FRAME_RATE


def test_windows_and_strides_are_those_of_audiocraft(pairs):
    for pair in pairs.values():
        pair.reference.set_generation_params()
        assert pair.own.shape.window == pair.reference.max_duration * FRAME_RATE
        assert pair.own.shape.stride == pair.reference.extend_stride * FRAME_RATE


@each_model
def test_musicgen_and_audiogen_sound_equals_reference(pairs, model):
    pair = pairs[model]
    codes = torch.randint(0, 64, (pair.own.shape.codebooks, FRAMES), generator=torch.Generator().manual_seed(4))
    with torch.inference_mode():
        expected = pair.reference.generate_audio(codes[None])[0].numpy()

    samples = sounding(pair.own, codes)
    assert samples.shape == expected.shape == (pair.own.shape.channels, FRAMES * pair.own.shape.hop)
    assert np.abs(samples - expected).max() < 1e-5 and np.abs(samples).max() > 0.1


@pytest.mark.parametrize("model", ["musicgen", "audiogen"])
def test_musicgen_and_audiogen_logits_in_bfloat16_equals_reference_within_a_tenth_of_their_spread(pairs, model):
    from audiocraft.modules.conditioners import ConditioningAttributes

    columns = torch.randint(0, 64, (4, 12), generator=torch.Generator().manual_seed(3))
    asked = ConditioningAttributes(text={"description": PROMPTS[0]})
    with torch.inference_mode():
        expected = pairs[model].reference.lm(columns[None], [asked])[0]  # (codebook, column, entry)

    own = pairs[model].in_bfloat16
    decoder = own.decoder(1)
    decoder.hear(0, own.text.encode(PROMPTS[0]))
    logits = torch.stack([stepped(decoder, columns[:, i][None], [i])[0, 0] for i in range(12)], 1).float()
    assert (logits - expected).abs().max() < 0.1 * expected.std()
