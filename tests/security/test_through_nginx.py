"""Behind a real nginx: a forged address buys nothing."""

from __future__ import annotations

import http.client
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import lacking
from tests.deploy.site import Site, free_port, until

CONFIG = """
daemon off; worker_processes 1; pid {folder}/pid; error_log {folder}/error.log;
events {{ worker_connections 64; }}
http {{
  access_log off;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  server {{
    listen 127.0.0.1:{port};
    location / {{
      proxy_pass http://127.0.0.1:{site};
      proxy_set_header Host $http_host;
      proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
      proxy_set_header X-Forwarded-Proto $scheme;
      proxy_set_header X-Forwarded-Host $http_host;
    }}
  }}
}}
"""
RAIN = b'{"prompt": "rain", "model": "audio", "duration": 1}'


@pytest.fixture
def proxied(tmp_path: Path) -> Iterator[int]:
    """The port of an nginx of its own before a public site that believes one hop."""
    nginx = shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/sbin")
    if nginx is None:
        lacking("no nginx here; Debian: apt-get install nginx-light")
    site = Site(tmp_path / "instance", mode="accounts", worker="none", trusted_proxies="1").ready()
    port = free_port()
    config = tmp_path / "nginx.conf"
    config.write_text(CONFIG.format(folder=tmp_path, port=port, site=site.port))
    proxy = subprocess.Popen([nginx, "-p", str(tmp_path), "-c", str(config)], stderr=subprocess.DEVNULL)
    try:
        until(lambda: answers(port), "nginx answers")
        yield port
    finally:
        proxy.terminate()
        proxy.wait(20)
        site.stop()


def answers(port: int) -> bool:
    try:
        return ask(port, "GET", "/health", {}) == 200
    except OSError:
        return False


def ask(port: int, method: str, path: str, headers: dict[str, str], body: bytes | None = None) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request(method, path, body, headers)
    status = connection.getresponse().status
    connection.close()
    return status


def test_a_forged_address_buys_nothing(proxied: int) -> None:
    """A guest without a cookie has two places to wait, however many addresses they claim to have."""
    forged = [
        {"X-Forwarded-For": "198.51.100.1"},
        {"X-Forwarded-For": "198.51.100.2, 203.0.113.7"},
        {"X-Forwarded-For": "198.51.100.3", "X-Real-IP": "198.51.100.3"},
        {"Forwarded": "for=198.51.100.4", "X-Forwarded-For": "2001:db8::1"},
        {"X-Forwarded-For": ", ,,", "True-Client-IP": "198.51.100.5"},
    ]
    kind = {"Content-Type": "application/json"}
    statuses = [ask(proxied, "POST", "/generate", {**kind, **headers}, RAIN) for headers in forged]
    assert statuses == [201, 201, 429, 429, 429]


def test_a_forged_host_or_scheme_is_not_believed(proxied: int) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", proxied, timeout=20)
    forged = {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https", "X-Forwarded-Prefix": "/evil"}
    connection.request("GET", "/oembed?url=/nowhere", headers=forged)
    answer = connection.getresponse()
    assert answer.getheader("Strict-Transport-Security") is None and b"evil" not in answer.read()
    own = {**forged, "Origin": "http://evil.example", "Content-Type": "application/json"}
    assert ask(proxied, "POST", "/generate", own, RAIN) == 403
