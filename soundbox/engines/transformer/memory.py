"""How many sounds fit into memory at once, and how to tell that one did not."""

from __future__ import annotations

import os
import re
from pathlib import Path

import torch

_SHARE = 0.8  # of what is free may be used; the codec and the system need some too
_CPU_WORDS = ("can't allocate memory", "not enough memory")  # of torch's CPU allocator
_MEMINFO = Path("/proc/meminfo")


def slots_that_fit(bytes_a_slot: int, device: torch.device, most: int) -> int:
    """At least one, so that a small machine tries, and at most `most`."""
    return max(1, min(most, int(free_bytes(device) * _SHARE) // bytes_a_slot))


def free_bytes(device: torch.device) -> int:
    """What could be allocated now; where a system does not tell, half of what it has."""
    if device.type == "cuda":
        return torch.cuda.mem_get_info(device)[0]
    told = re.search(r"^MemAvailable:\s*(\d+) kB", _MEMINFO.read_text(), re.MULTILINE) if _MEMINFO.exists() else None
    return int(told[1]) * 1024 if told else os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 2


def is_out_of_memory(error: BaseException) -> bool:
    if isinstance(error, MemoryError | torch.OutOfMemoryError):
        return True
    return isinstance(error, RuntimeError) and any(words in str(error) for words in _CPU_WORDS)
