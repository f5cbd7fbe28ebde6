"""How a command begins: the folder it is about, the settings in it, a database with the schema of this version."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from soundbox.config import Config, ConfigError
from soundbox.deploy.prepare import prepare
from soundbox.web import logs


def instance_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """--instance DIR, anywhere after the command's name."""
    return click.option("--instance", type=click.Path(path_type=Path), help="Folder of database, media and config.")(
        command
    )


def start(instance: Path | None, **overrides: Any) -> Config:
    """Settings read, log set up, schema current. Ends the program with one sentence if a setting is nonsense."""
    given = {name: value for name, value in overrides.items() if value is not None}
    try:
        config = Config.load(instance, **given)
    except ConfigError as error:
        raise click.ClickException(str(error)) from None
    logs.configure(config.log_level)
    prepare(config)
    return config
