"""`soundbox bench library`, over HTTP: the addresses of the library at a fixed rate, on a site of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from sqlalchemy.orm import Session

from soundbox.config import Config
from soundbox.extensions import db
from soundbox.tracks.sorts import SORTS

from .library import DEEP_PAGE, cursor_before, narrowed, searches
from .served import served
from .storm import Measured, request_bytes, storm

SECONDS, WARMING_SECONDS = 5.0, 1.0
WARMING_SHARE = 0.25
RARELY = 0.1  # of the rate: people type a search now and then, and nobody turns to page 10,000


@dataclass(frozen=True)
class Address:
    name: str
    path: str
    share: float = 1.0  # of the rate
    accept: str = "application/json"

    @property
    def request(self) -> bytes:
        return request_bytes("GET", self.path, accept=self.accept)


@dataclass(frozen=True)
class Answered:
    name: str
    rate: float
    measured: Measured


def over_http(config: Config, rate: float, seconds: float = SECONDS) -> Iterator[Answered]:
    """Every address by itself, at `rate` requests a second or its share of that."""
    with db.read() as session:
        addresses = [*_lists(session), *_searched(session), *_counts()]
    with served(config.instance) as site:
        for address in addresses:
            asked = rate * address.share
            storm(site.port, [address.request] * int(asked * WARMING_SHARE * WARMING_SECONDS), asked * WARMING_SHARE)
            yield Answered(address.name, asked, storm(site.port, [address.request] * int(asked * seconds), asked))


def _lists(session: Session) -> Iterator[Address]:
    some = dict(narrowed(session))
    maker = next(filters.maker for name, filters in some.items() if name.startswith("maker"))
    for sort in SORTS:
        if sort != "relevance":
            yield _list(f"list by {sort}", sort=sort)
    yield _list("category", category="ambient", sort="popular")
    yield _list("maker", user_id=str(maker))
    yield _list(f"page {DEEP_PAGE} by cursor", sort="popular", cursor=str(cursor_before(session, "popular", DEEP_PAGE)))
    yield _list(f"page {DEEP_PAGE} by number", RARELY, sort="popular", page=str(DEEP_PAGE))
    yield Address("page of the library, HTML", "/library", RARELY, accept="text/html")


def _searched(session: Session) -> Iterator[Address]:
    rare = dict(searches(session))["rare"]
    yield _list("music, loops", RARELY, model="music", loop="true", sort="rating")
    yield _list("search common", RARELY, search="piano", sort="rating")
    yield _list("search two terms", RARELY, search="rain piano", sort="popular")
    yield _list("search rare", RARELY, search=rare, sort="relevance")
    yield _list("search prefix", RARELY, search="p")


def _counts() -> Iterator[Address]:
    for path in ("/api/library/counts", "/api/library/category-counts", "/api/stats"):
        yield Address(path, path)


def _list(name: str, share: float = 1.0, **asked: str) -> Address:
    return Address(name, f"/api/library?{urlencode(asked)}", share)
