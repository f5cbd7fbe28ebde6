"""Seconds, and what memory could do at best."""

from __future__ import annotations

import time
from collections.abc import Callable

import torch

_BYTES = {"cpu": 2**30, "cuda": 2**33}
_TRIES = 5


def seconds(device: torch.device, run: Callable[[], object]) -> float:
    """On a CPU those of this process's processor, so that what else the machine does counts little; on a GPU by the
    clock, from nothing to do to nothing left to do."""
    if device.type == "cpu":
        return _passed(time.process_time, run)
    torch.cuda.synchronize(device)

    def run_to_its_end() -> None:
        run()
        torch.cuda.synchronize(device)

    return _passed(time.perf_counter, run_to_its_end)


def _passed(clock: Callable[[], float], run: Callable[[], object]) -> float:
    began = clock()
    run()
    return clock() - began


def bytes_a_second(device: torch.device) -> float:
    """That can be read: the sum of far more than any cache holds, at best."""
    much = torch.ones(_BYTES[device.type] // 4, device=device)
    return much.nbytes / min(seconds(device, much.sum) for _ in range(_TRIES))
