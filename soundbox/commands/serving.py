"""The programs that stay: the site, and a worker alone."""

from __future__ import annotations

import os
import sys
from difflib import get_close_matches
from pathlib import Path

import click

from soundbox.accounts.setup import new_code
from soundbox.config import Config, ConfigError
from soundbox.extensions import db

from .starting import instance_option, start


@click.command()
@instance_option
@click.option("--host", help="Address to listen on.")
@click.option("--port", type=int, help="Port to listen on.")
def serve(instance: Path | None, host: str | None, port: int | None) -> None:
    """Run the site and its worker until stopped."""
    from soundbox.deploy.supervisor import require_free_port, serve
    from soundbox.presets.house import House

    config = start(instance, host=host, port=port)
    _tell_of_strangers()
    try:
        require_free_port(config)
        House(config.instance)
    except ConfigError as error:
        raise click.ClickException(str(error)) from None
    if not config.is_open:
        _print_setup_code(config)
    sys.exit(serve(config))


def _tell_of_strangers() -> None:
    """A variable that is no setting is most likely one that is misspelt."""
    known = [f"SOUNDBOX_{name.upper()}" for name in Config.model_fields]
    for name in sorted(os.environ):
        if name.startswith("SOUNDBOX_") and name not in (*known, "SOUNDBOX_TOKEN"):
            near = get_close_matches(name, known, 1)
            click.echo(f"{name} is no setting." + (f" Is it {near[0]}?" if near else ""), err=True)


def _print_setup_code(config: Config) -> None:
    with db.write() as session:
        code = new_code(session)
    if code:
        click.echo(f"Nobody runs this site yet. Enter the code {code} at {config.own_address}/auth/setup", err=True)


@click.command()
@instance_option
def worker(instance: Path | None) -> None:
    """Run a worker alone: it makes the sounds that wait."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # read when numpy is imported; several finish at once
    config = start(instance)
    os.environ.setdefault("MPLCONFIGDIR", str(config.instance.resolve() / "matplotlib"))  # keeps its list of fonts
    from soundbox.deploy.worker import run_worker

    sys.exit(run_worker(config))
