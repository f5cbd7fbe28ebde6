"""XSPF, version 1 (xspf.org)."""

from __future__ import annotations

from uuid import UUID
from xml.etree import ElementTree

from .feed import Feed, Item

TYPE = "application/xspf+xml"
XSPF = "http://xspf.org/ns/0/"


def write(feed: Feed) -> bytes:
    ElementTree.register_namespace("", XSPF)
    root = ElementTree.Element(_xspf("playlist"), version="1")
    _texts(root, title=feed.title, info=feed.page_url, location=feed.own_url)
    tracks = ElementTree.SubElement(root, _xspf("trackList"))
    for item in feed.items:
        _track(tracks, item)
    return bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True))


def _track(tracks: ElementTree.Element, item: Item) -> None:
    track = ElementTree.SubElement(tracks, _xspf("track"))
    _texts(
        track,
        location=item.audio_url,
        identifier=UUID(item.id).urn if item.id else "",
        title=item.name,
        creator=item.creator,
        annotation=item.prompt,
        info=item.page_url,
        image=item.picture_url,
        duration="" if item.is_endless else str(round(item.seconds * 1000)),
    )
    if item.licence_url:
        ElementTree.SubElement(track, _xspf("meta"), rel="http://purl.org/dc/terms/license").text = item.licence_url


def _texts(parent: ElementTree.Element, **texts: str) -> None:
    """What is empty is left out."""
    for name, words in texts.items():
        if words:
            ElementTree.SubElement(parent, _xspf(name)).text = words


def _xspf(name: str) -> str:
    return f"{{{XSPF}}}{name}"
