"""Finding and choosing tracks, on the database of an instance."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from soundbox.commands.starting import instance_option, start
from soundbox.extensions import db

if TYPE_CHECKING:
    from soundbox.bench.library import Cost


@click.command()
@instance_option
@click.option(
    "--rate",
    type=float,
    default=200.0,
    show_default=True,
    help="Requests a second over HTTP; a tenth of it for searches.",
)
@click.option("--rounds", type=click.IntRange(1), default=50, show_default=True, help="Times that each read is run.")
def library(instance: Path | None, rate: float, rounds: int) -> None:
    """Every list, search, count and pick on the database of an instance, then over HTTP."""
    from soundbox.bench.library import every_read
    from soundbox.bench.library_http import over_http

    config = start(instance)
    _show(every_read(rounds))
    if not rate:
        return
    click.echo(f"\nHTTP, ms{'':36} {'a second':>10} {'p50':>8} {'p99':>8} {'longest':>8}  refused  client's CPU")
    for answered in over_http(config, rate):
        made = answered.measured
        figures = " ".join(f"{made.percentile_ms(share):>8.1f}" for share in (0.5, 0.99, 1.0))
        busy = made.client_cpu_seconds / made.lasted_seconds
        click.echo(f"{answered.name:44} {answered.rate:>10g} {figures}  {made.refused or 'none':7}  {busy:.0%}")


@click.command()
@instance_option
@click.option("--rounds", type=click.IntRange(1), default=200, show_default=True, help="Times that each is asked for.")
def radio(instance: Path | None, rounds: int) -> None:
    """Every way in which the radio and its stations choose tracks, on the database of an instance."""
    from soundbox.bench.radio import every_choice

    start(instance)
    _show(every_choice(rounds))


@click.command()
@instance_option
@click.option("--queries", type=click.IntRange(1, 100_000), default=200, show_default=True)
def alike(instance: Path | None, queries: int) -> None:
    """Sound-alikes in the library that is there: time, candidates, and recall against a look at all of it."""
    from soundbox.bench.alike import alike

    start(instance)
    done = alike(queries)
    click.echo(f"{done.tracks} tracks on {done.database}, {len(done.asked)} asked for")
    for words, name in (("search", "search_ms"), ("twelve tracks", "whole_ms"), ("CPU of them", "cpu_ms")):
        figures = [done.percentile(name, share) for share in (50, 99, 100)]
        click.echo(f"{words:14} p50 {figures[0]:6.1f} ms   p99 {figures[1]:6.1f} ms   most {figures[2]:6.1f} ms")
    click.echo(f"candidates     {done.mean('candidates'):.0f} of {done.tracks}")
    click.echo(f"recall@10      {done.mean('recall'):.3f}   the worst tenth {done.percentile('recall', 10):.2f}")


def _show(costs: Iterable[Cost]) -> None:
    click.echo(f"{db.engine.dialect.name}, ms{'':42} {'cold':>8} {'p50':>8} {'p99':>8} {'CPU':>8}  found")
    for cost in costs:
        figures = f"{cost.cold:>8.2f} {cost.p50:>8.2f} {cost.p99:>8.2f} {cost.cpu:>8.2f}"
        click.echo(f"{cost.name:56} {figures}  {cost.found}")
