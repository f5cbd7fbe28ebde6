"""The labelled spectrogram, for those who want to read pitch, time and level."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from soundbox.audio.palette import GROUND, dusk, rgb
from soundbox.audio.samples import Samples, mono

WIDTH, HEIGHT, DOTS_PER_INCH = 1200, 500, 100
BANDS = 256
COLUMNS = 1100
WINDOW = 2048
RANGE_DB = 80.0
COLOURS = 64
INKS = 16
INK = "#d9d4e8"
FAINT_INK = "#4a4a66"
TICKS_HZ = (200, 500, 1000, 2000, 5000, 10_000, 20_000)


def draw_labelled(samples: Samples, rate: int, path: Path) -> None:
    """Write a PNG of 1200x500 with axes in seconds, hertz and decibels. Slow to import: workers and children only."""
    import librosa
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.colors import ListedColormap
    from matplotlib.figure import Figure
    from PIL import Image

    highest = rate / 2
    hop = max(64, samples.shape[1] // COLUMNS)
    window = min(WINDOW, 1 << max(8, samples.shape[1].bit_length() - 3))
    power = librosa.feature.melspectrogram(
        y=mono(samples), sr=rate, n_fft=window, hop_length=hop, n_mels=min(BANDS, window // 8), fmax=highest
    )
    levels = librosa.power_to_db(power, ref=np.max, top_db=RANGE_DB)

    figure = Figure(figsize=(WIDTH / DOTS_PER_INCH, HEIGHT / DOTS_PER_INCH), dpi=DOTS_PER_INCH, facecolor=GROUND)
    canvas = FigureCanvasAgg(figure)
    axes = figure.add_axes((0.07, 0.12, 0.84, 0.83), facecolor=GROUND)
    image = axes.imshow(
        levels,
        origin="lower",
        aspect="auto",
        interpolation="antialiased",
        cmap=ListedColormap(dusk(256) / 255.0),
        vmin=-RANGE_DB,
        vmax=0.0,
        extent=(0.0, samples.shape[1] / rate, 0.0, float(librosa.hz_to_mel(highest))),
    )
    ticks = [hertz for hertz in TICKS_HZ if hertz <= highest]
    axes.set_yticks([float(librosa.hz_to_mel(hertz)) for hertz in ticks], [_hertz(hertz) for hertz in ticks])
    axes.set_xlabel("seconds", color=INK)
    axes.set_ylabel("Hz", color=INK)
    bar = figure.colorbar(image, cax=figure.add_axes((0.925, 0.12, 0.015, 0.83)), format="%d dB")
    for part in (axes, bar.ax):
        part.tick_params(colors=INK, labelsize=9)
        for spine in part.spines.values():
            spine.set_color(FAINT_INK)
    canvas.draw()
    palette = Image.new("P", (1, 1))
    palette.putpalette(np.concatenate([dusk(COLOURS), _inks()]).tobytes())
    picture = Image.fromarray(np.asarray(canvas.buffer_rgba())).convert("RGB")
    picture.quantize(palette=palette, dither=Image.Dither.NONE).save(path, format="PNG", optimize=True)


def _inks() -> NDArray[np.uint8]:
    """Shades of the letters' ink on the ground, shape (INKS, 3)."""
    return np.rint(np.linspace(rgb(GROUND), rgb(INK), INKS)).astype(np.uint8)


def _hertz(hertz: int) -> str:
    return f"{hertz // 1000}k" if hertz >= 1000 else str(hertz)
