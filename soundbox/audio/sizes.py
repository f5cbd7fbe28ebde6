"""Of pictures, in pixels, for whoever shows them without drawing any."""

from __future__ import annotations

FACE = (1200, 300)
SMALL_FACE = (800, 200)  # for lists: half the bytes
