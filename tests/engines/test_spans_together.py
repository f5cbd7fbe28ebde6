"""Several sounds of a MAGNeT side by side: each comes out as alone, whoever comes, goes or chooses with it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import torch
from torch import Tensor

from soundbox.engines.protocol import SoundRequest
from soundbox.engines.transformer.magnet import Magnet, SpanBatch
from soundbox.engines.transformer.parallel import Parallel

FRAMES = 60
ASKED: dict[str, dict[str, Any]] = {
    "a": {"prompt": "calm piano", "seed": 1},
    "b": {"prompt": "a very long prompt about slow rain and heavy bass", "seed": 2, "temperature": 1.5},
    "c": {"prompt": "rock", "seed": 3, "rounds": [5, 2, 2, 2], "spans": "overlapping"},
}


@pytest.fixture(scope="module", params=["magnet", "audio-magnet"])
def magnet(request: pytest.FixtureRequest, tiny_checkpoints: Path) -> Magnet:
    return Magnet.load(tiny_checkpoints / request.param, torch.device("cpu"), torch.float32)


@pytest.fixture
def passes(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many sounds were in each pass."""
    counted: list[int] = []
    logits = Parallel.logits

    def counting(network: Parallel, codes: Tensor, *others: Any) -> Any:
        counted.append(len(codes))
        return logits(network, codes, *others)

    monkeypatch.setattr(Parallel, "logits", counting)
    return counted


def join(batch: SpanBatch, magnet: Magnet, job_id: str) -> None:
    asked = {"rounds": [6, 3, 2, 3], **ASKED[job_id]}
    request = SoundRequest(job_id, "any", asked.pop("prompt"), 1.0, asked.pop("seed"), parameters=asked)
    batch.join(magnet.member(request, FRAMES, torch.zeros((magnet.shape.codebooks, 0), dtype=torch.long)))


def step(batch: SpanBatch, times: int = 10_000) -> dict[str, Tensor]:
    """The codes of those that come to their end."""
    return {member.job_id: member.columns.codes for _ in range(times) if batch.members for member in batch.step()}


@pytest.fixture(scope="module")
def alone(magnet: Magnet) -> dict[str, Tensor]:
    codes: dict[str, Tensor] = {}
    for job_id in ASKED:
        batch = magnet.batch(1)
        join(batch, magnet, job_id)
        codes |= step(batch)
    assert not torch.equal(codes["a"], codes["b"])
    return codes


def test_sounds_that_begin_together_share_passes_and_come_out_as_alone(
    magnet: Magnet, alone: dict[str, Tensor], passes: list[int]
) -> None:
    batch = magnet.batch(3)
    for job_id in ASKED:
        join(batch, magnet, job_id)

    together = step(batch)
    assert all(torch.equal(together[job_id], codes) for job_id, codes in alone.items())
    assert passes[:5] == [3] * 5 and len(passes) < 6 + 14 + 11


def test_whoever_comes_later_or_leaves_changes_nothing_for_the_others(magnet: Magnet, alone: dict[str, Tensor]) -> None:
    batch = magnet.batch(3)
    join(batch, magnet, "a")
    join(batch, magnet, "b")
    step(batch, 5)
    join(batch, magnet, "c")
    step(batch, 8)
    batch.leave("b")

    rest = step(batch)
    assert set(rest) == {"a", "c"} and all(torch.equal(codes, alone[job_id]) for job_id, codes in rest.items())


def test_when_the_oldest_leaves_in_the_middle_of_a_pass_the_others_go_on(
    magnet: Magnet, alone: dict[str, Tensor], passes: list[int]
) -> None:
    batch = magnet.batch(2)
    join(batch, magnet, "a")
    join(batch, magnet, "b")
    step(batch, 1)
    batch.leave("a")

    assert torch.equal(step(batch)["b"], alone["b"]) and passes[:2] == [2, 1]


def test_who_leaves_and_begins_again_does_not_choose_by_the_pass_it_left(
    magnet: Magnet, alone: dict[str, Tensor]
) -> None:
    batch = magnet.batch(2)
    join(batch, magnet, "a")
    join(batch, magnet, "b")
    step(batch, 1)
    batch.leave("b")
    join(batch, magnet, "b")

    together = step(batch)
    assert torch.equal(together["a"], alone["a"]) and torch.equal(together["b"], alone["b"])
