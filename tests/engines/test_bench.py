"""The measurement beside transformers runs by itself."""

from __future__ import annotations

import pytest

from soundbox.engines import bench


@pytest.fixture
def audiocraft() -> None:
    from tests.engines.audiocraft_shim import audiocraft_models

    audiocraft_models()


def test_every_way_of_decoding_gets_a_line_with_its_ratio(audiocraft, monkeypatch, capsys):
    monkeypatch.setitem(bench.SIZES, "small", (32, 1, 2))

    bench.main(["--frames", "4", "--batch", "2", "--tries", "1"])
    first, base, *own = capsys.readouterr().out.splitlines()
    assert "2 at once, 4 frames" in first and base.startswith("transformers float32")
    assert own[0].startswith("audiocraft float32") and own[1].startswith("Sound Box float32")
    assert all("times transformers" in line and "ms a step" in line for line in own)
