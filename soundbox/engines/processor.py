"""What networks compute on."""

from __future__ import annotations

import os

import torch

from soundbox.engines.protocol import EngineError


def take(device: torch.device) -> None:
    """Before a model is loaded there. Raises `EngineError` where this machine has no such device.

    Of a CPU one core is left to the web, and to what turns samples into files. The threads of a step wait for the
    slowest of them: where one does not get its core all of them stand still, and a step takes many times as long as
    with one thread fewer.
    """
    if device.type == "cpu":
        torch.set_num_threads(max(1, len(os.sched_getaffinity(0)) - 1))
    elif device.type == "cuda" and (device.index or 0) >= torch.cuda.device_count():
        raise EngineError(f"There is no {device} here: torch sees {torch.cuda.device_count()} GPUs.")
