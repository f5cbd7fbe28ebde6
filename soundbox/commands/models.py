"""Models: what they run on, and their weights."""

from __future__ import annotations

from pathlib import Path

import click

from .starting import instance_option, start


@click.group(invoke_without_command=True)
@instance_option
@click.pass_context
def models(context: click.Context, instance: Path | None) -> None:
    """What each model runs on here, and what the rest would need."""
    from soundbox.engines.catalogue import Catalogue
    from soundbox.engines.inventory import inventory

    if context.invoked_subcommand is not None:
        context.obj = instance
        return
    config = start(instance)
    known = Catalogue.build(
        config.licence,
        config.weights_folder,
        config.device,
        by_audiocraft=config.kinds_by_audiocraft,
        recorded_voices=config.voices_folder,
    )
    for line in inventory(known, config.device):
        click.echo(line)


@models.command()
@instance_option
@click.argument("name")
@click.pass_obj
def pull(given: Path | None, instance: Path | None, name: str) -> None:
    """Fetch the weights NAME (of a model, of published weights, or OWNER/NAME) from the Hugging Face hub."""
    from soundbox.engines.fetching import fetch
    from soundbox.engines.protocol import EngineError

    config = start(instance or given)
    if config.weights_folder is None:
        raise click.ClickException("Say where weights are kept: let SOUNDBOX_MODELS name a folder.")
    try:
        folder = fetch(name, config.weights_folder)
    except EngineError as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"{name} is in {folder} now; a worker and a web that run must be started again to use it.")
