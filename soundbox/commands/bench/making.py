"""Making sounds: how soon one is heard, how fast and how well they are composed."""

from __future__ import annotations

import os
from pathlib import Path

import click


@click.command()
def journey() -> None:
    """Seconds from asking to hearing, for ten prompts."""
    from soundbox.bench.journey import journey

    click.echo(f"{'model':6} {'length':>7} {'playable after':>15} {'x real time':>12}  prompt")
    for wait in journey():
        figures = f"{wait.duration:>5} s {wait.playable_seconds:>13.2f} s {wait.times_real:>12.1f}"
        click.echo(f"{wait.model:6} {figures}  {wait.prompt}")


@click.command()
@click.option("--sheet", type=click.Path(path_type=Path, dir_okay=False), help="Draw the face of each into this PNG.")
@click.option("--only", default="", help="Those whose name contains this.")
@click.option("--seconds", default=30.0, type=click.FloatRange(0.5, 180.0), show_default=True,
              help="Length of the music; short pieces show what every piece costs.")  # fmt: skip
def composer(sheet: Path | None, only: str, seconds: float) -> None:
    """Speed on one core, loudness, brightness and onsets of every style and every effect."""
    for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
        os.environ.setdefault(name, "1")  # read when numpy is imported
    from soundbox.bench.composer import every_sound
    from soundbox.bench.sheet import Face, draw_sheet

    click.echo(f"{'':5} {'name':20} {'x real time':>11} {'LUFS':>6} {'dBTP':>5} {'centroid':>9} {'onsets/s':>8}")
    faces = []
    for made in every_sound(only, seconds):
        figures = (
            f"{made.lufs:>6.1f} {made.true_peak_db:>5.1f} {made.centroid_hz:>6.0f} Hz {made.onsets_a_second:>8.2f}"
        )
        click.echo(f"{made.kind:5} {made.name:20} {made.times_real:>11.0f} {figures}")
        if sheet:
            faces.append(Face.of(made.name, made.sound.samples, made.sound.sample_rate))
    if sheet:
        draw_sheet(faces, sheet)
