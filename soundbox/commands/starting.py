"""How a command begins: the folder it is about, the settings in it, a database with the schema of this version."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from alembic.util import CommandError as AlembicError
from sqlalchemy.exc import SQLAlchemyError

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
    with _in_one_sentence(config):
        prepare(config)
    return config


@contextmanager
def _in_one_sentence(config: Config) -> Iterator[None]:
    """A folder or a database that cannot be used, without the lines of a program: an operator can mend it."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise click.ClickException(f"The instance folder {config.instance} cannot be used: {reason}.") from None
    except (SQLAlchemyError, AlembicError, ImportError) as error:
        first_line = str(getattr(error, "orig", None) or error).partition("\n")[0].rstrip(".")
        raise click.ClickException(f"The database cannot be used: {first_line}.") from None
