"""Every random choice, so that equal requests give equal sound."""

from __future__ import annotations

import hashlib

import numpy as np


def stream(seed: int, prompt: str, purpose: str) -> np.random.Generator:
    """A generator of its own for each purpose: a new choice in one place changes none elsewhere."""
    words = " ".join(prompt.lower().split())
    digest = hashlib.sha256(f"{seed}:{words}:{purpose}".encode()).digest()
    return np.random.default_rng(int.from_bytes(digest[:16], "big"))
