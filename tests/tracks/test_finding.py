"""Whatever is typed is found as a plain look at the words would find it, in any order, however many there are."""

from __future__ import annotations

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from soundbox.extensions import db
from soundbox.tracks import totals, walking, words
from soundbox.tracks.browse import Page, browse, effective_sort
from soundbox.tracks.filters import Filters
from soundbox.tracks.models import Track
from soundbox.tracks.paging import BadCursor, Cursor
from soundbox.tracks.search import joined
from soundbox.tracks.sorts import SORTS
from tests.making import make_track

PROMPTS = (
    *("lo-fi piano", "Lo Fi rain", "lofi", "hip-hop drums", "sci-fi door", "80's synth_wave", "rain rain rain"),
    *("Ünïcödé café", "STRASSE straße", "İstanbul ılık", "雨の音", "𝐀mbient ﬁre", "ﷺ salam", "²½ Ⅻ 𞤀𞤣", "กำแพง"),
    *("'; DROP TABLE tracks; --", '"quoted" AND NOT', "NEAR(a b) OR *", "§kind·music", "a", "b a", "x" * 100, "%_\\"),
)
PIECES = st.sampled_from([prompt[a:b] for prompt in PROMPTS for a in (0, 2, 5) for b in (a + 1, a + 3, None)])
TYPED = st.one_of(st.text(max_size=30), st.lists(PIECES, max_size=3).map(" ".join))
PATIENT = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@pytest.fixture(params=["few", "many"])
def tracks(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, open_app: Flask) -> Flask:
    """A small library: once all is few enough to be gathered and sorted, once all is walked to, in small windows."""
    monkeypatch.setattr(walking.Deadline, "is_over", False)
    if request.param == "many":
        monkeypatch.setattr(totals, "FEW", -1)
        monkeypatch.setattr(totals, "FEW_CARRIED", -1)
        monkeypatch.setattr(words, "MOST_GATHERED", -1)
        monkeypatch.setattr(walking, "FIRST_WINDOW", 2)
        monkeypatch.setattr(walking, "LARGEST_WINDOW", 7)
    for number, prompt in enumerate(PROMPTS):
        facts = {"upvotes": number % 3, "loop": number % 2 == 0, "tempo": 60.0 + number, "key": "A minor"}
        kind = "audio" if number % 4 == 0 else "music"
        make_track(open_app, prompt=prompt, kind=kind, seconds=1.0 + number % 5, created_ms=number + 1, **facts)
    make_track(open_app, prompt="hidden rain", visibility="unlisted")
    return open_app


def page(filters: Filters, sort: str = "recent", number: int = 1, size: int = 100, cursor: str = "") -> Page:
    sort = effective_sort(filters, sort)
    with db.read() as session:
        return browse(session, filters, sort, number, size, Cursor.read(cursor, sort) if cursor else None)


def prompts(found: Page) -> list[str]:
    return [track.prompt for track in found.tracks]


@PATIENT
@given(typed=TYPED, sort=st.sampled_from(sorted(SORTS)))
def test_any_text_finds_what_a_look_at_the_words_finds(tracks: Flask, typed: str, sort: str) -> None:
    found = page(Filters(search=typed), sort)
    assert sorted(prompts(found)) == sorted(prompt for prompt in PROMPTS if not typed or is_found(prompt, typed))
    assert (found.total, found.capped, found.partial) == (len(found.tracks), False, False)


def is_found(prompt: str, typed: str) -> bool:
    words, (*whole, beginning) = joined(prompt).split(), joined(typed[:500]).split()[:8] or [""]
    return bool(beginning) and set(whole) <= set(words) and any(word.startswith(beginning) for word in words)


FILTERS = st.fixed_dictionaries(
    {},
    optional={
        "search": st.sampled_from(["rai", "a", "lofi pi", "drop"]),
        "model": st.sampled_from(["music", "audio", "tts"]),
        "loop": st.booleans(),
        "min_duration": st.sampled_from([0, 2.0, 3.5]),
        "max_duration": st.sampled_from([1.0, 3.0]),
        "min_tempo": st.sampled_from([60, 70]),
        "max_tempo": st.sampled_from([65, 90]),
        "key": st.sampled_from(["a MINOR", "C major"]),
        "licence": st.sampled_from(["CC0-1.0", "MIT"]),
        "commercial_use": st.booleans(),
        "voted": st.booleans(),
        "is_remix": st.booleans(),
        "has_remixes": st.booleans(),
    },
)


@PATIENT
@given(asked=FILTERS, sort=st.sampled_from(sorted(SORTS)))
def test_filters_combine_and_pages_cover_everything_once_in_order(tracks: Flask, asked: dict, sort: str) -> None:
    filters = Filters(**asked)
    whole = page(filters, sort)
    with db.read() as session:
        listed = session.scalars(select(Track).where(Track.listed.is_(True))).all()
        wanted = {track.prompt for track in listed if fits(track, asked)}
    assert set(prompts(whole)) == wanted and len(whole.tracks) == len(wanted) == whole.total
    by_number = [prompts(page(filters, sort, number, 4)) for number in range(1, whole.pages + 6)]
    assert [prompt for some in by_number for prompt in some] == prompts(whole)
    onwards = page(filters, sort, 1, 4)
    followed = prompts(onwards)
    for number in range(2, 9):
        if onwards.after is None:
            break
        onwards = page(filters, sort, number, 4, str(onwards.after))
        followed += prompts(onwards)
        assert onwards.before is not None
        before = page(filters, sort, number - 1, 4, str(onwards.before))
        assert prompts(before) == by_number[number - 2]
    assert sort == "relevance" or followed == prompts(whole)


def fits(track: Track, asked: dict) -> bool:
    questions = {
        "search": lambda typed: is_found(track.prompt, typed),
        "model": lambda model: track.kind == model,
        "loop": lambda loop: track.loop == loop,
        "min_duration": lambda least: track.seconds >= least,
        "max_duration": lambda most: track.seconds <= most,
        "min_tempo": lambda least: track.tempo >= least,
        "max_tempo": lambda most: track.tempo <= most,
        "key": lambda key: track.key.lower() == key.lower(),
        "licence": lambda licence: track.licence == licence,
        "commercial_use": lambda allowed: track.commercial_use == allowed,
        "voted": lambda voted: (track.votes > 0) == voted,
        "is_remix": lambda fact: (track.relation is not None) == fact,
        "has_remixes": lambda fact: (track.remixes > 0) == fact,
    }
    return all(questions[name](value) for name, value in asked.items())


def test_relevance_puts_titles_first_then_ratings(tracks: Flask) -> None:
    make_track(tracks, prompt="named", title="Velvet rain", downvotes=3)
    make_track(tracks, prompt="velvet rain with many friends", upvotes=9)
    make_track(tracks, prompt="velvet rain with one friend", upvotes=1)
    found = prompts(page(Filters(search="velvet rai"), "relevance"))
    by_title = ["named", "velvet rain with many friends", "velvet rain with one friend"]
    by_rating = ["velvet rain with many friends", "velvet rain with one friend", "named"]
    assert found == (by_title if totals.FEW > 0 else by_rating)


def test_a_remix_and_its_parent_are_found_as_such(tracks: Flask) -> None:
    parent = make_track(tracks, prompt="the first")
    make_track(tracks, prompt="the second", parent_id=parent, relation="vary")
    hidden = make_track(tracks, prompt="a secret one", parent_id=parent, relation="vary", visibility="private")
    assert prompts(page(Filters(is_remix=True))) == prompts(page(Filters(parent=parent))) == ["the second"]
    assert prompts(page(Filters(has_remixes=True))) == ["the first"]
    with db.write() as session:
        session.scalars(select(Track).where(Track.prompt == "the second")).one().remove(session)
    assert page(Filters(has_remixes=True)).total == page(Filters(parent=hidden)).total == 0


def test_what_time_was_too_short_for_is_left_out_and_said(tracks: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(totals, "FEW", -1)
    monkeypatch.setattr(walking.Deadline, "is_over", True)
    monkeypatch.setattr(walking, "LARGEST_WINDOW", 2)
    found = page(Filters(search="lofi"))
    assert found.partial and len(found.tracks) < found.total == 3


@given(word=st.one_of(st.text(max_size=40), st.binary(max_size=40).map(lambda data: data.hex())))
def test_a_cursor_of_nobodys_is_refused(word: str) -> None:
    with pytest.raises(BadCursor):
        Cursor.read(word, "recent")
