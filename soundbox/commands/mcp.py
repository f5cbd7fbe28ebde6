"""`soundbox mcp`: for clients of the Model Context Protocol."""

from __future__ import annotations

from pathlib import Path

import click

from soundbox.config import LOOPBACK, Config, ConfigError

INSTALL = "Install it with: pip install 'soundbox[mcp]'"


@click.command()
@click.option("--instance", type=click.Path(path_type=Path), help="Folder whose config.toml tells where the site is.")
@click.option("--site", help="The Sound Box that makes and finds the sounds, in place of the instance's.")
@click.option("--token", envvar="SOUNDBOX_TOKEN", default="", help="Whose sounds they are; or SOUNDBOX_TOKEN.")
@click.option("--http", "port", type=click.IntRange(1, 65535), help="Serve HTTP at /mcp on this port, not stdio.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Where HTTP is served.")
def mcp(instance: Path | None, site: str | None, token: str, port: int | None, host: str) -> None:
    """Tools for language models: generate, check a job, search, radio, download.

    Over HTTP each caller sends a token of their own, where people have accounts.
    """
    try:
        from soundbox.mcp.server import build
    except ImportError:
        raise click.ClickException(f"The mcp package is not installed here. {INSTALL}") from None
    address = (site or _site_of(instance)).rstrip("/")
    if port is None:
        build(address, token).run("stdio")
        return
    is_open = _is_open(address)
    if is_open and host not in LOOPBACK:
        raise click.ClickException(
            f"The site at {address} is open: everybody who reaches it is its owner. Use --host 127.0.0.1, or run the "
            "site with SOUNDBOX_MODE=accounts."
        )
    build(address, each_brings_a_token=not is_open).run("streamable-http", host=host, port=port)


def _site_of(instance: Path | None) -> str:
    try:
        return Config.load(instance).own_address
    except ConfigError as error:
        raise click.ClickException(str(error)) from None


def _is_open(address: str) -> bool:
    from soundbox.mcp.site import SiteError, SoundBox

    try:
        return bool(SoundBox(address).get("/api/manifest")["auth"]["mode"] == "open")
    except SiteError as error:
        raise click.ClickException(str(error)) from None
