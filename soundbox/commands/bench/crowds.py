"""Many people at once: those who vote, those who listen."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from soundbox.commands.starting import instance_option, start
from soundbox.extensions import db


@click.command()
@instance_option
@click.option("--rate", type=click.IntRange(1, 100_000), default=500, show_default=True, help="Votes a second.")
@click.option("--seconds", type=click.IntRange(1, 3600), default=30, show_default=True)
def votes(instance: Path | None, rate: int, seconds: int) -> None:
    """Votes of made-up members on an instance, which keeps them; then the same again with kill -9 in the middle."""
    from soundbox.bench.votes import TooFewTracks, bench_votes

    config = start(instance)
    try:
        made = bench_votes(config, rate, seconds)
    except TooFewTracks as error:
        raise click.ClickException(str(error)) from None
    calm, killed, recount = made.calm, made.killed, made.recount
    lasted = calm.lasted_seconds
    click.echo(f"{db.engine.dialect.name}, {config.mode} mode, {config.threads} threads")
    click.echo(f"offered {rate} votes a second for {seconds} s: {len(calm.answered)} counted, {calm.rate:.0f} a second")
    click.echo(f"p50 {calm.percentile_ms(0.5):.1f} ms, p99 {calm.percentile_ms(0.99):.1f} ms, refused {calm.refused}")
    each = 1000 * made.server_cpu_seconds / max(1, len(calm.answered))
    click.echo(
        f"CPU of one core: server {made.server_cpu_seconds / lasted:.0%} ({each:.2f} ms a vote), "
        f"client {calm.client_cpu_seconds / lasted:.0%}"
    )
    click.echo(f"kill -9 in the middle: {len(killed.answered)} counted before it, {recount.lost} of all lost")
    click.echo(f"recount: {recount.votes} votes, tally {recount.tallied}, {recount.wrong_counters} counters wrong")
    sys.exit(0 if recount.is_exact else 1)


@click.command()
@click.option("--station", default="all-music", show_default=True, help="One with something to play.")
@click.option("--listeners", type=click.IntRange(1, 5000), default=1000, show_default=True)
@click.option("--seconds", type=click.FloatRange(5, 600), default=60.0, show_default=True)
@instance_option
def live(instance: Path | None, station: str, listeners: int, seconds: float) -> None:
    """Listeners of a live station behind nginx: what they cost the site."""
    from soundbox.bench.live import NoNginx, live

    config = start(instance)
    try:
        cost = live(config.instance, station, listeners, seconds)
    except NoNginx as error:
        raise click.ClickException(str(error)) from None
    load = cost.load
    click.echo(f"{cost.listeners} listeners for {cost.seconds:.0f} s: {cost.app_percent:.2f} % of a core in the site")
    click.echo(f"{cost.counted} listeners counted")
    click.echo(f"{load.playlists} playlists, {load.segments} segments, {load.megabytes:.0f} MB, {load.refused} refused")
