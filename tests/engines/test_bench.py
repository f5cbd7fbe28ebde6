"""The measurement beside transformers runs by itself."""

from __future__ import annotations

import pytest

from soundbox.engines.bench import by_chance, clock
from soundbox.engines.bench.__main__ import main


@pytest.fixture
def audiocraft() -> None:
    from tests.engines.audiocraft_shim import audiocraft_models

    audiocraft_models()


def test_every_way_of_decoding_gets_a_line_with_its_ratio(audiocraft, monkeypatch, capsys):
    monkeypatch.setitem(by_chance.SIZES, "small", (32, 1, 2))
    monkeypatch.setattr(by_chance._CODEC, "num_filters", 4)
    monkeypatch.setattr(by_chance._TEXT, "num_layers", 1)
    monkeypatch.setitem(clock._BYTES, "cpu", 2**20)

    main(["--frames", "4", "--batches", "1", "2", "--tries", "1"])
    machine, *lines = capsys.readouterr().out.splitlines()
    assert "GB a second" in machine
    for batch, first, base, reference, *own in (("1", *lines[:7]), ("2", *lines[7:])):
        assert f"{batch} at once, 4 frames" in first and "transformers float32" in base
        assert "audiocraft float32" in reference and "Sound Box float32" in own[0] and "Sound Box float16" in own[2]
        assert all("times transformers" in line and "ms a step" in line for line in (reference, own[0], own[2]))
        assert all("% of what memory allows" in line for line in (own[0], own[2]))
        assert all("is heard after" in line and "who joins waits" in line for line in (own[1], own[3]))
