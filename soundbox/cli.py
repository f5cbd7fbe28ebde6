"""The commands, by name. Results go to stdout, everything else to stderr."""

from __future__ import annotations

import click

from soundbox import __version__
from soundbox.commands.bench.crowds import live, votes
from soundbox.commands.bench.finding import alike, library, radio
from soundbox.commands.bench.making import composer, journey
from soundbox.commands.bench.simulations import fairness, programme
from soundbox.commands.mcp import mcp
from soundbox.commands.models import models
from soundbox.commands.money import aura, payments
from soundbox.commands.people import user
from soundbox.commands.serving import serve, worker
from soundbox.commands.upkeep import prune, seed, settings


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="soundbox")
def main() -> None:
    """Sound Box: make sound with words and share it."""


@main.group()
def bench() -> None:
    """The measurements behind the figures in the README."""


for command in (serve, worker, user, models, aura, payments, prune, seed, settings, mcp):
    main.add_command(command)
for measurement in (journey, composer, library, radio, alike, votes, live, fairness, programme):
    bench.add_command(measurement)

if __name__ == "__main__":
    main()
