"""Atom (RFC 4287) with the sound as enclosure."""

from __future__ import annotations

from uuid import UUID
from xml.etree import ElementTree

from soundbox.clock import iso_z

from .feed import SOUND_TYPE, Feed, Item

TYPE = "application/atom+xml"
ATOM, MEDIA = "http://www.w3.org/2005/Atom", "http://search.yahoo.com/mrss/"


def write(feed: Feed) -> bytes:
    ElementTree.register_namespace("", ATOM)
    ElementTree.register_namespace("media", MEDIA)
    root = ElementTree.Element(_atom("feed"))
    _text(root, "id", feed.own_url)
    _text(root, "title", feed.title)
    _text(root, "updated", iso_z(feed.updated_ms))
    _link(root, rel="self", type=TYPE, href=feed.own_url)
    _link(root, rel="alternate", type="text/html", href=feed.page_url)
    for item in feed.items:
        _entry(root, item)
    return bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True))


def _entry(root: ElementTree.Element, item: Item) -> None:
    entry = ElementTree.SubElement(root, _atom("entry"))
    _text(entry, "id", UUID(item.id).urn)
    _text(entry, "title", item.name)
    _text(entry, "updated", iso_z(item.published_ms))
    _text(entry, "published", iso_z(item.published_ms))
    author = ElementTree.SubElement(entry, _atom("author"))
    _text(author, "name", item.creator)
    _text(author, "uri", item.maker_url)
    _text(entry, "summary", item.prompt)
    _text(entry, "rights", item.licence)
    _link(entry, rel="alternate", type="text/html", href=item.page_url)
    _link(entry, rel="enclosure", type=SOUND_TYPE, href=item.audio_url, length="0")
    _link(entry, rel="license", href=item.licence_url)
    for category in item.categories:
        ElementTree.SubElement(entry, _atom("category"), term=category)
    ElementTree.SubElement(entry, f"{{{MEDIA}}}thumbnail", url=item.picture_url)


def _text(parent: ElementTree.Element, name: str, words: str) -> None:
    ElementTree.SubElement(parent, _atom(name)).text = words


def _link(parent: ElementTree.Element, **attributes: str) -> None:
    ElementTree.SubElement(parent, _atom("link"), attributes)


def _atom(name: str) -> str:
    return f"{{{ATOM}}}{name}"
