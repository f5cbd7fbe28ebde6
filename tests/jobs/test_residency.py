"""Which model is on its way into memory, and which could not be brought there."""

from __future__ import annotations

import pytest

from soundbox.engines.protocol import EngineError
from soundbox.jobs.residency import Residency
from tests.jobs.fake import FakeEngine, model


class Heavy(FakeEngine):
    """Its weights are broken until somebody mends them; `seen` tells what was said while it loaded."""

    residency: Residency
    is_mended = False
    seen: list[str]

    def load(self, model: str) -> None:  # noqa: ARG002 - there is one
        self.seen = [*getattr(self, "seen", []), self.residency.loading]
        if not self.is_mended:
            raise EngineError("The weights are broken.")

    def engine_for(self, name: str) -> Heavy:  # noqa: ARG002 - there is one
        return self


def test_what_is_loaded_and_what_cannot_be_is_known() -> None:
    heavy = Heavy([model("music", weightless=False)])
    heavy.residency = residency = Residency(heavy)

    with pytest.raises(EngineError):
        residency.make_ready("music")
    assert (residency.loading, residency.loaded, residency.broken) == ("", [], {"music": "The weights are broken."})

    heavy.is_mended = True
    residency.make_ready("music")
    assert (residency.loading, residency.loaded, residency.broken) == ("", ["music"], {})
    assert heavy.seen == ["music", "music"]
