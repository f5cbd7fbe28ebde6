"""MAGNeT from audiocraft's own checkpoints says what audiocraft 1.3.0 says, token for token."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from tests.engines.audiocraft_reference import Pair, sounding
from tests.engines.tiny_musicgen import SAMPLE_RATE

PROMPT = "calm piano, slow rain"
ROUNDS = [5, 3, 2, 3]
LIKELIEST = {"top_k": 1}  # of one token to choose from, the one is chosen; how sure it is is told at any temperature
GREEDY = {"use_sampling": False}
FRAMES = 249  # of five seconds, what spans of three fill
each_model = pytest.mark.parametrize("model", ["magnet", "audio-magnet"])


@pytest.fixture(scope="module")
def pairs(tiny_checkpoints) -> dict[str, Pair]:
    return {name: Pair(tiny_checkpoints / name).with_window(FRAMES, 0) for name in ("magnet", "audio-magnet")}


@each_model
def test_magnet_tokens_with_its_own_defaults_equals_reference(pairs, model):
    expected = pairs[model].expected([PROMPT], **GREEDY)

    assert torch.equal(pairs[model].decoded(PROMPT, FRAMES, **LIKELIEST), expected[0])
    assert expected.shape == (1, 4, FRAMES) and len(expected.unique()) > 10


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ({"temperature": 1.5, "max_cfg_coef": 6.0, "min_cfg_coef": 2.0},
         {"temperature": 1.5, "guidance": 6, "final_guidance": 2}),
        ({"span_scoring": "prod"}, {"scoring": "product"}),
        ({"span_arrangement": "stride1"}, {"spans": "overlapping"}),
    ],
    ids=["guidance", "scoring", "spans"],
)  # fmt: skip
def test_magnet_in_every_manner_equals_reference(pairs, theirs, ours):
    pair = pairs["magnet"].with_window(60, 0)
    pair.reference.duration, scoring = 1.2, theirs.pop("span_scoring", "max")

    pair.reference.set_generation_params(decoding_steps=ROUNDS, **GREEDY, **theirs)
    pair.reference.generation_params["span_scoring"] = scoring
    _, expected = pair.reference.generate([PROMPT], return_tokens=True)
    assert torch.equal(pair.decoded(PROMPT, 60, rounds=ROUNDS, **ours, **LIKELIEST), expected[0])
    pair.reference.duration = 5


@pytest.mark.parametrize("spans", [("nonoverlap", "apart"), ("stride1", "overlapping")])
def test_magnet_going_on_from_a_sound_equals_reference(pairs, spans):
    pair = pairs["magnet"].with_window(60, 0)
    pair.reference.duration = 1.2
    start = np.random.default_rng(5).normal(0, 0.2, (1, SAMPLE_RATE // 2)).astype(np.float32)

    asked = {"decoding_steps": ROUNDS, "span_arrangement": spans[0], **GREEDY}
    expected = pair.expected([PROMPT], start, **asked)
    begun = pair.own.codec.encode(start)
    codes = pair.decoded(PROMPT, 60, begun, rounds=ROUNDS, spans=spans[1], **LIKELIEST)
    assert torch.equal(codes, expected[0]) and torch.equal(codes[:, :25], begun)
    pair.reference.duration = 5


@each_model
def test_magnet_sound_equals_reference(pairs, model):
    pair = pairs[model]
    codes = torch.randint(0, 64, (4, 60), generator=torch.Generator().manual_seed(4))
    with torch.inference_mode():
        expected = pair.reference.generate_audio(codes[None])[0].numpy()

    assert np.abs(sounding(pair.own, codes) - expected).max() < 1e-5


def test_magnet_logits_in_bfloat16_equals_reference_within_a_tenth_of_their_spread(pairs):
    from audiocraft.modules.conditioners import ConditioningAttributes

    from soundbox.engines.transformer.parallel import Parallel

    codes = torch.randint(0, 65, (4, 60), generator=torch.Generator().manual_seed(3))
    reference, own = pairs["magnet"].reference.lm, pairs["magnet"].in_bfloat16
    network = Parallel(own.shape, own.weights)
    told = network.hear(own.text.encode(PROMPT))
    for codebook in (0, 2):
        with torch.inference_mode():
            asked = reference.condition_provider.tokenize([ConditioningAttributes(text={"description": PROMPT})])
            heard = reference.condition_provider(asked)
            expected = reference(codes[None], [], heard, stage=codebook)[0, codebook]
            logits = _ended(network.logits(codes[None], codebook, [told]))[0, 0].float()
        assert (logits - expected).abs().max() < 0.1 * expected.std()


def _ended(turns):
    while True:
        try:
            next(turns)
        except StopIteration as end:
            return end.value
