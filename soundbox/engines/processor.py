"""How much of a CPU the networks may take."""

from __future__ import annotations

import os

import torch


def leave_a_core() -> None:
    """To the web, and to what turns samples into files.

    The threads of a step wait for the slowest of them: where one does not get its core all of them stand still, and a
    step takes many times as long as with one thread fewer.
    """
    torch.set_num_threads(max(1, len(os.sched_getaffinity(0)) - 1))
