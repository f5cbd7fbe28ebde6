"""RSS 2.0 as podcast programs read it (rssboard.org/rss-specification; Apple's requirements for podcasts)."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import format_datetime
from uuid import UUID
from xml.etree import ElementTree

from .feed import SOUND_TYPE, Feed, Item

TYPE = "application/rss+xml"
ITUNES, ATOM = "http://www.itunes.com/dtds/podcast-1.0.dtd", "http://www.w3.org/2005/Atom"
GENRE, LANGUAGE = "Music", "en"
EXPLICIT = "false"  # operators keep a list of words for that, and people report
TTL_MINUTES = "60"


def write(feed: Feed) -> bytes:
    ElementTree.register_namespace("itunes", ITUNES)
    ElementTree.register_namespace("atom", ATOM)
    root = ElementTree.Element("rss", version="2.0")
    channel = ElementTree.SubElement(root, "channel")
    _texts(channel, title=feed.title, link=feed.page_url, description=feed.about, language=LANGUAGE, ttl=TTL_MINUTES)
    _texts(channel, generator="Sound Box", lastBuildDate=_moment(feed.updated_ms))
    ElementTree.SubElement(channel, f"{{{ATOM}}}link", rel="self", type=TYPE, href=feed.own_url)
    _itunes(channel, author=feed.author, explicit=EXPLICIT, type="episodic")
    ElementTree.SubElement(channel, f"{{{ITUNES}}}category", text=GENRE)
    if feed.picture_url:
        _picture(channel, feed.picture_url)
        image = ElementTree.SubElement(channel, "image")
        _texts(image, url=feed.picture_url, title=feed.title, link=feed.page_url)
    for item in feed.items:
        _item(channel, item)
    return bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True))


def _item(channel: ElementTree.Element, item: Item) -> None:
    entry = ElementTree.SubElement(channel, "item")
    _texts(entry, title=item.name, link=item.page_url, description=_told(item), pubDate=_moment(item.published_ms))
    ElementTree.SubElement(entry, "guid", isPermaLink="false").text = UUID(item.id).urn
    ElementTree.SubElement(entry, "enclosure", url=item.audio_url, type=SOUND_TYPE, length=str(item.audio_bytes))
    for category in item.categories:
        _texts(entry, category=category)
    _itunes(entry, author=item.creator, explicit=EXPLICIT, duration=str(max(1, round(item.seconds))))
    _picture(entry, item.cover_url)


def _told(item: Item) -> str:
    return f"{item.prompt} · {item.creator} · {item.licence}"


def _picture(parent: ElementTree.Element, address: str) -> None:
    ElementTree.SubElement(parent, f"{{{ITUNES}}}image", href=address)


def _texts(parent: ElementTree.Element, **texts: str) -> None:
    for name, words in texts.items():
        ElementTree.SubElement(parent, name).text = words


def _itunes(parent: ElementTree.Element, **texts: str) -> None:
    _texts(parent, **{f"{{{ITUNES}}}{name}": words for name, words in texts.items()})


def _moment(moment_ms: int) -> str:
    return format_datetime(datetime.fromtimestamp(moment_ms / 1000, UTC))
