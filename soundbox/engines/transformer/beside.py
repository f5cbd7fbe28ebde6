"""How a GPU and the host that tells it what to do wait for each other: as little as they can.

A CPU does all at once.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

import torch
from torch import Tensor

_AHEAD = 2  # steps


class Pending:
    """A tensor on its way to the host."""

    def __init__(self, tensor: Tensor, there: torch.cuda.Event | None = None) -> None:
        self._tensor, self._there = tensor, there

    def result(self, wait: bool = False) -> Tensor | None:
        """On the host; None: not yet."""
        if self._there is not None and not self._there.query():
            if not wait:
                return None
            self._there.synchronize()
        return self._tensor


class Beside:
    """Work that a GPU does beside the steps of a batch, on a stream of its own."""

    def __init__(self, device: torch.device) -> None:
        self._stream = torch.cuda.Stream(device) if device.type == "cuda" else None

    def begin(self, work: Callable[[], Tensor], *read: Tensor) -> Pending:
        """`read`: tensors of the steps that the work reads."""
        if self._stream is None:
            return Pending(work().cpu())
        self._stream.wait_stream(torch.cuda.current_stream(self._stream.device))
        for tensor in read:
            tensor.record_stream(self._stream)
        with torch.cuda.stream(self._stream):
            found = work()
            host = torch.empty(found.shape, dtype=found.dtype, pin_memory=True).copy_(found, non_blocking=True)
            there = torch.cuda.Event()
            there.record()
        return Pending(host, there)


class Pace:
    """Keeps the host at most two steps ahead of the device, so that what it tells of progress is true."""

    def __init__(self, device: torch.device) -> None:
        self._device = device
        self._ends: deque[torch.cuda.Event] = deque()

    def keep(self) -> None:
        """After every step."""
        if self._device.type != "cuda":
            return
        end = torch.cuda.Event()
        end.record(torch.cuda.current_stream(self._device))
        self._ends.append(end)
        if len(self._ends) > _AHEAD:
            self._ends.popleft().synchronize()
