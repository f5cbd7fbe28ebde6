"""The commands, by name. Results go to stdout, everything else to stderr."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any

import click

from soundbox import __version__

COMMANDS = {  # each with the file of `soundbox.commands` that holds it
    "serve": "serving",
    "worker": "serving",
    "user": "people",
    "models": "models",
    "aura": "money",
    "payments": "money",
    "prune": "upkeep",
    "seed": "upkeep",
    "settings": "upkeep",
    "mcp": "mcp",
}
MEASUREMENTS = {
    "journey": "bench.making",
    "composer": "bench.making",
    "library": "bench.finding",
    "radio": "bench.finding",
    "alike": "bench.finding",
    "votes": "bench.crowds",
    "live": "bench.crowds",
    "fairness": "bench.simulations",
    "programme": "bench.simulations",
}


class Group(click.Group):
    """Whose commands are imported when they are called: a worker must not carry, nor wait for, what others need."""

    def __init__(self, *given: Any, files: Mapping[str, str], **named: Any) -> None:
        super().__init__(*given, **named)
        self._files = files

    def list_commands(self, context: click.Context) -> list[str]:
        return sorted([*super().list_commands(context), *self._files])

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        if name not in self._files:
            return super().get_command(context, name)
        command: click.Command = getattr(import_module(f"soundbox.commands.{self._files[name]}"), name)
        return command


@click.group(cls=Group, files=COMMANDS, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="soundbox")
def main() -> None:
    """Sound Box: make sound with words and share it."""


@main.group(cls=Group, files=MEASUREMENTS)
def bench() -> None:
    """The measurements behind the figures in the README."""


if __name__ == "__main__":
    main()
