"""A call that stands still between its steps until its next turn: a pipeline only knows how to run to its end."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

import torch
from greenlet import getcurrent, greenlet

Result = TypeVar("Result")


class Stepwise(Generic[Result]):
    """Runs on the thread that calls `advance`, and only inside it."""

    def __init__(self, work: Callable[[Callable[[], None]], Result]) -> None:
        """`work` calls what it is given wherever it may stand still."""
        self._work = greenlet(lambda: work(_stand_still))

    def advance(self) -> Result | None:
        """Up to the next standstill, or to the end, which alone gives a result. Raises whatever `work` raises."""
        with torch.set_grad_enabled(torch.is_grad_enabled()):  # what `work` sets is its own
            result: Result = self._work.switch()
        return result if self._work.dead else None

    def stop(self) -> None:
        """Ends `work` where it stands, as if it had been told to leave."""
        if self._work:
            self._work.throw()


def _stand_still() -> None:
    own_mode = torch.is_grad_enabled()
    getcurrent().parent.switch()
    torch.set_grad_enabled(own_mode)
