"""Days and weeks played through by the rules alone: nothing is made, and no instance is needed."""

from __future__ import annotations

import sys

import click


@click.command()
@click.option("--seed", type=int, default=1, show_default=True, help="Another seed is another day.")
def fairness(seed: int) -> None:
    """A made-up day of several hundred people, played through by the rules of the queue: nothing is made."""
    from soundbox.bench.fairness import fairness

    played = fairness(seed)
    click.echo(f"{played.asked} asked for, {played.refused} refused by limits, busy {played.busy:.0%} of the time")
    click.echo(f"{'waited, s':12} {'jobs':>6} {'p50':>7} {'p90':>7} {'most':>7}  error of the time shown, median")
    for wait in played.waits:
        figures = f"{wait.jobs:>6} {wait.p50:>7.0f} {wait.p90:>7.0f} {wait.longest:>7.0f}  {wait.error:.0%}"
        click.echo(f"{wait.name:12} {figures}")
    click.echo("\npart of the work that one person got")
    for kind, (people, part) in sorted(played.shares.items(), key=lambda item: -item[1][1]):
        click.echo(f"{kind:12} {people:>6} people {part:>8.2%} each")
    click.echo(
        f"\nerror of the time shown: median {played.error:.0%}, of waits over a minute {played.error_of_waits:.0%}"
    )
    click.echo(f"starts ahead: {played.bound_used:.0%} of the promised most (median); {played.violations} beyond it")
    sys.exit(1 if played.violations else 0)


@click.command()
def programme() -> None:
    """A simulated week of stations of several sizes: repeats, makers, coverage, and the weight of votes."""
    from soundbox.bench.programme import week

    click.echo("tracks  makers  airings  nearest repeat  makers too near  heard  best tenth : without votes")
    for tracks, makers in ((1, 1), (12, 4), (60, 12), (500, 40), (5000, 300)):
        told = week(tracks, makers)
        click.echo(
            f"{told.tracks:>6} {told.makers:>7} {told.airings:>8} {told.nearest_repeat_minutes:>11.1f} min "
            f"{told.makers_too_near:>16} {told.heard_share:>6.1%} {told.best_to_unrated:>10.2f}"
        )
