"""An instance kept in order: what is swept, what it begins with, what can be set."""

from __future__ import annotations

from pathlib import Path

import click

from .starting import instance_option, start


@click.command()
@instance_option
def prune(instance: Path | None) -> None:
    """Sweep files that belong to nothing, old private takes and guests who own nothing; listen to tracks anew."""
    from soundbox.deploy.listening import listen_to_all
    from soundbox.deploy.pruning import prune

    config = start(instance)
    swept = prune(config)
    click.echo(f"{swept.files} files, {swept.tracks} private tracks and {swept.guests} guests swept")
    click.echo(f"{listen_to_all(config)} tracks listened to, so that what sounds like them is found")


@click.command()
@instance_option
@click.option("--tracks", type=click.IntRange(1, 10_000_000), default=200, show_default=True)
def seed(instance: Path | None, tracks: int) -> None:
    """Fill the library with believable public tracks, to look at and to measure."""
    from soundbox.deploy.seeding import seed

    click.echo(f"{seed(start(instance), tracks)} tracks added")


@click.command()
def settings() -> None:
    """Every setting, its default and its meaning, as a Markdown table."""
    from soundbox.docs.settings import settings_table

    click.echo(settings_table())
