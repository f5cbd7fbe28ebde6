"""What a thousand listeners of a live station cost the site behind nginx, with the configuration of the README."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from soundbox.bench.served import Served, served

LOCATION = Path(__file__).resolve().parent.parent / "deploy" / "nginx_live.conf"
AROUND = """
{user} daemon off; worker_processes 1; pid {folder}/pid; error_log {folder}/error.log;
events {{ worker_connections 8192; }}
http {{
  access_log off;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  proxy_cache_path {folder}/cache keys_zone=soundbox_live:1m max_size=100m inactive=1m use_temp_path=off;
  log_format soundbox_listener escape=json
    '{{"uri":"$uri","status":"$status","for":"$proxy_add_x_forwarded_for","agent":"$http_user_agent"}}';
  upstream soundbox {{ server 127.0.0.1:{site}; keepalive 8; }}
  server {{ listen 127.0.0.1:{port} backlog=4096; {location} }}
}}
"""
REPORTED_TO = "127.0.0.1:5310"  # in that location
ASK_SECONDS = 4.0  # a player asks again after a target duration
START_SECONDS = 10.0


class NoNginx(Exception):
    """There is none on this machine."""


@dataclass
class Load:
    """What all listeners together got."""

    playlists: int = 0
    segments: int = 0
    megabytes: float = 0.0
    refused: int = 0


@dataclass(frozen=True)
class Cost:
    listeners: int
    seconds: float
    app_percent: float  # of a core
    counted: int  # listeners that the site said it has
    load: Load


@dataclass
class Listener:
    """Asks as a player does: the playlist every few seconds, each new segment once."""

    name: str
    port: int
    path: str
    load: Load
    heard: set[str] = field(default_factory=set)

    async def listen(self, begins: float, until: float) -> None:
        await asyncio.sleep(max(0.0, begins - time.monotonic()))
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        while time.monotonic() < until:
            started = time.monotonic()
            playlist = (await self._get(reader, writer, self.path)).decode()
            self.load.playlists += 1
            for name in [line for line in playlist.split() if line.endswith(".aac")][-3:]:
                if name not in self.heard:
                    self.heard.add(name)
                    content = await self._get(reader, writer, name)
                    self.load.megabytes += len(content) / 1e6
                    self.load.segments += 1
            await asyncio.sleep(max(0.0, ASK_SECONDS - (time.monotonic() - started)))
        writer.close()

    async def _get(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, path: str) -> bytes:
        writer.write(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nUser-Agent: {self.name}\r\n\r\n".encode())
        head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
        if " 200 " not in head.partition("\r\n")[0]:
            self.load.refused += 1
        if "transfer-encoding: chunked" not in head:
            return await reader.readexactly(int(head.partition("content-length:")[2].split()[0]))
        parts = []
        while size := int(await reader.readline(), 16):
            parts.append(await reader.readexactly(size))
            await reader.readline()
        await reader.readline()
        return b"".join(parts)


def live(instance: Path, slug: str, listeners: int, seconds: float) -> Cost:
    """Raises `NoNginx`. The station needs something to play."""
    load, reports = Load(), _free_port(socket.SOCK_DGRAM)
    believing = {"SOUNDBOX_LISTENER_PORT": str(reports), "SOUNDBOX_TRUSTED_PROXIES": "1"}
    with (
        TemporaryDirectory() as folder,
        served(instance, believing) as site,
        nginx(Path(folder), site.port, reports) as port,
    ):
        path = f"/stations/{slug}/live.m3u8"
        urllib.request.urlopen(f"http://127.0.0.1:{port}{path}").close()
        cpu_seconds, measured = asyncio.run(_listen(site, port, path, load, listeners, seconds))
        with urllib.request.urlopen(f"http://127.0.0.1:{site.port}/api/stations/{slug}/now-playing") as told:
            counted = json.load(told)["listeners"]["current"]
    return Cost(listeners, measured, 100.0 * cpu_seconds / measured, counted, load)


async def _listen(
    site: Served, port: int, path: str, load: Load, listeners: int, seconds: float
) -> tuple[float, float]:
    """CPU seconds of the site and the seconds in which it used them, once everybody has tuned in."""
    now = time.monotonic()
    begin, until = now + START_SECONDS, now + START_SECONDS + seconds
    tuned = [
        asyncio.create_task(
            Listener(f"listener {one}", port, path, load).listen(now + START_SECONDS * one / listeners, until)
        )
        for one in range(listeners)
    ]
    await asyncio.sleep(begin - time.monotonic())
    started, before = time.monotonic(), site.cpu_seconds
    await asyncio.sleep(until - time.monotonic())
    used, measured = site.cpu_seconds - before, time.monotonic() - started
    await asyncio.gather(*tuned)
    return used, measured


@contextmanager
def nginx(folder: Path, site: int, reports: int) -> Iterator[int]:
    """The port of one before a site on a port, which is told of listeners on another. Raises `NoNginx`."""
    program = shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/sbin")
    if program is None:
        raise NoNginx("No nginx here; Debian: apt-get install nginx-light")
    port = _free_port()
    config = folder / "nginx.conf"
    user = "user root;" if os.geteuid() == 0 else ""  # or its worker could not write into our folder
    location = LOCATION.read_text().replace(REPORTED_TO, f"127.0.0.1:{reports}")
    config.write_text(AROUND.format(user=user, folder=folder, port=port, site=site, location=location))
    proxy = subprocess.Popen([program, "-p", str(folder), "-c", str(config)], stderr=subprocess.DEVNULL)
    try:
        time.sleep(1.0)
        yield port
    finally:
        proxy.terminate()
        proxy.wait()


def _free_port(kind: int = socket.SOCK_STREAM) -> int:
    with socket.socket(socket.AF_INET, kind) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
