"""A list of tracks in the form that was asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import ModuleType

from flask import Response, make_response, request, url_for

from soundbox.tracks.models import Track
from soundbox.web.errors import Refusal

from . import atom, jsonfeed, m3u, pls, rss, xspf
from .enclosures import enclosed
from .feed import Feed, Item, one_line

FORMS: Mapping[str, ModuleType] = {"atom": atom, "json": jsonfeed, "rss": rss, "m3u": m3u, "pls": pls, "xspf": xspf}
TYPES = tuple(form.TYPE for form in FORMS.values())
FRESH_SECONDS = 300


@dataclass(frozen=True)
class Outline:
    """What a list is called and about; `page` is the path of the same for people."""

    title: str
    page: str
    about: str = ""
    author: str = "Sound Box"


def written(form: str, outline: Outline, tracks: Sequence[Track], *, is_public: bool = True) -> Response:
    """What is not for everybody is read anew each time. Raises `Refusal` 404 for a form nobody writes."""
    if form not in FORMS:
        raise Refusal(404, f"There is no such form; there are {', '.join(FORMS)}")
    items = enclosed(tracks) if form == "rss" else [Item.of(track) for track in tracks]
    return sent(form, _feed(outline, tracks, items), is_public=is_public)


def sent(form: str, feed: Feed, *, is_public: bool = True) -> Response:
    response = make_response(FORMS[form].write(feed))
    response.content_type = f"{FORMS[form].TYPE}; charset=utf-8"
    if is_public:
        response.cache_control.public = True
        response.cache_control.max_age = FRESH_SECONDS
    else:
        response.headers["Cache-Control"] = "private, no-cache"
    response.add_etag()
    response.make_conditional(request)
    return response


def _feed(outline: Outline, tracks: Sequence[Track], items: list[Item]) -> Feed:
    return Feed(
        title=one_line(outline.title),
        page_url=request.host_url.rstrip("/") + outline.page,
        own_url=request.url,
        items=items,
        about=one_line(outline.about) or one_line(outline.title),
        author=one_line(outline.author),
        picture_url=_cover(tracks[0]) if tracks else "",
    )


def _cover(track: Track) -> str:
    return url_for("tracks.spectrogram", file=f"{track.id}.cover.png", _external=True)
