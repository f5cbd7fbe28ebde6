"""A station on air as it is asked for over HTTP: playlist, segments, what is on, and who listens."""

from __future__ import annotations

import re
import threading

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from soundbox.audio import packed
from soundbox.extensions import db
from soundbox.live import airing, timeline
from soundbox.live.listening import BITS, Counter, Heard, estimate
from soundbox.live.models import Published
from soundbox.stations.models import Station
from soundbox.tracks.models import Track
from tests.making import make_track

from .stations import Clock, make_sound, make_station


def station_of(slug: str = "all") -> Station:
    with db.read() as session:
        station = Station.with_slug(session, slug)
    assert station is not None
    return station


def lines(client: FlaskClient, slug: str = "all") -> list[str]:
    answer = client.get(f"/stations/{slug}/live.m3u8")
    assert answer.status_code == 200
    return answer.text.splitlines()


def segments(client: FlaskClient, slug: str = "all") -> list[str]:
    return [line for line in lines(client, slug) if not line.startswith("#")]


@pytest.fixture
def on_air(open_app: Flask, clock: Clock) -> list[str]:
    """Three sounds on a station; their ids."""
    make_station()
    return [make_sound(open_app, hertz) for hertz in (440.0, 550.0, 660.0)]


def test_segments_say_what_they_are_and_may_be_kept_for_ever(owner: FlaskClient, on_air: list[str]) -> None:
    playlist = owner.get("/stations/all/live.m3u8")
    assert playlist.mimetype == "application/vnd.apple.mpegurl"
    assert re.fullmatch(r"public, max-age=[1-4]", playlist.headers["Cache-Control"])
    segment = owner.get(segments(owner)[0])
    assert (segment.status_code, segment.mimetype) == (200, "audio/aac")
    assert segment.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert segment.headers["X-Accel-Expires"] == "10"
    assert len(packed.offsets(segment.data[len(packed.timestamp(0)) :])) > 94


def test_the_playlist_moves_on_with_the_clock_and_stays_the_same_until_then(
    owner: FlaskClient, on_air: list[str], clock: Clock
) -> None:
    first = segments(owner)
    assert segments(owner) == first
    clock.pass_seconds(12)
    later = segments(owner)
    assert later[0] in first and later[-1] not in first


def test_what_is_not_in_the_playlist_cannot_be_fetched(owner: FlaskClient, on_air: list[str], clock: Clock) -> None:
    name = segments(owner)[0]
    clock.pass_seconds(36)
    assert name not in segments(owner) and owner.get(name).status_code == 200
    clock.pass_seconds(36)
    assert owner.get(name).status_code == 404
    other = segments(owner)[0]
    assert owner.get(re.sub(r"-\w+\.", "-00000000.", other)).status_code == 404
    assert [owner.get(f"/stations/all/live/{name}").status_code for name in ("x", "1-filler.aac", "1.aac")] == [404] * 3


def test_a_sound_from_before_is_cut_when_it_is_asked_for_and_counted(open_app: Flask, clock: Clock) -> None:
    make_station()
    track_id = make_sound(open_app, is_cut=False)
    assert open_app.test_client().get(segments(open_app.test_client())[0]).status_code == 200
    cut = open_app.extensions["soundbox_media"].path(f"{track_id}.1.air.aac")
    with db.read() as session:
        assert session.scalar(select(Track.derived_bytes)) == cut.stat().st_size


def test_what_comes_next_is_cut_before_anybody_asks_for_it(open_app: Flask, clock: Clock) -> None:
    make_station()
    made = {make_sound(open_app, hertz, is_cut=False) for hertz in (440.0, 550.0)}
    segments(open_app.test_client())
    open_app.extensions["soundbox_ahead"].wait()
    media = open_app.extensions["soundbox_media"]
    assert {track_id for track_id in made if media.exists(f"{track_id}.1.air.aac")} == made


@pytest.mark.parametrize("spoil", ["remove", "break"])
def test_a_sound_whose_file_is_gone_answers_410(open_app: Flask, clock: Clock, spoil: str) -> None:
    make_station()
    media = open_app.extensions["soundbox_media"]
    track_id = make_sound(open_app, is_cut=False)
    media.delete(f"{track_id}.1.wav")
    if spoil == "break":
        media.write(f"{track_id}.1.air.aac", lambda path: path.write_bytes(b"no sound"))
    client = open_app.test_client()
    assert client.get(segments(client)[0]).status_code == 410


def test_an_empty_station_is_off_air_and_says_so(owner: FlaskClient, clock: Clock) -> None:
    make_station()
    refused = owner.get("/stations/all/live.m3u8", headers={"Accept": "application/json"})
    assert (refused.status_code, refused.json["error"]) == (503, "This station is off air: it has nothing to play yet")
    assert refused.headers["Retry-After"] == "60"
    now = owner.get("/api/stations/all/now-playing").json
    assert (now["is_online"], now["now_playing"], now["song_history"]) == (False, None, [])


def test_the_first_sound_puts_a_station_on_air_at_once(open_app: Flask, owner: FlaskClient, clock: Clock) -> None:
    make_station()
    assert owner.get("/stations/all/live.m3u8").status_code == 503
    only = make_sound(open_app)
    assert {name.partition("-")[2] for name in segments(owner)} == {f"{only[:8]}.aac"}


def test_a_station_that_is_not_there_is_not_found(owner: FlaskClient) -> None:
    asked = ("/stations/none/live.m3u8", "/api/stations/none/now-playing", "/stations/none/live/1-filler.aac")
    assert [owner.get(path).status_code for path in asked] == [404, 404, 404]


def test_a_hidden_station_is_heard_by_admins_only(cast: dict[str, FlaskClient], public_app: Flask) -> None:
    make_station()
    make_track(public_app, "ada")
    with db.write() as session:
        Station.with_slug(session, "all").is_hidden = True  # type: ignore[union-attr]
    answers = {name: cast[name].get("/stations/all/live.m3u8") for name in ("ada", "cleo")}
    assert {name: answer.status_code for name, answer in answers.items()} == {"ada": 404, "cleo": 200}
    assert answers["cleo"].headers["Cache-Control"] == "private, no-cache"


def test_what_is_on_now_in_azuracasts_words(owner: FlaskClient, on_air: list[str], clock: Clock) -> None:
    now = owner.get("/api/stations/all/now-playing").json
    playing = now["now_playing"]
    assert {"station", "listeners", "live", "now_playing", "playing_next", "song_history", "is_online"} <= set(now)
    assert {"id", "text", "artist", "title", "album", "genre", "art", "track"} == set(playing["song"])
    assert playing["elapsed"] + playing["remaining"] == pytest.approx(playing["duration"], abs=0.03)
    assert playing["song"]["id"] == playing["song"]["track"]["id"] in on_air
    assert now["station"]["shortcode"] == "all"
    assert now["station"]["hls_url"].endswith("/stations/all/live.m3u8")
    assert len(now["song_history"]) == 10
    clock.pass_seconds(playing["remaining"] + 0.1)
    later = owner.get("/api/stations/all/now-playing").json
    assert later["now_playing"]["song"] == now["playing_next"]["song"]
    assert later["song_history"][0]["song"] == playing["song"]
    assert later["song_history"][0]["played_at"] == playing["played_at"]


def test_a_hidden_track_is_not_told_of(owner: FlaskClient, on_air: list[str], clock: Clock) -> None:
    now = owner.get("/api/stations/all/now-playing").json
    gone = now["now_playing"]["song"]["id"]
    owner.delete(f"/api/library/{gone}")
    after = owner.get("/api/stations/all/now-playing")
    assert gone not in after.text
    assert after.json["now_playing"]["song"]["title"] == "Something else"
    assert (after.json["now_playing"]["played_at"], after.json["is_online"]) == (now["now_playing"]["played_at"], True)
    assert gone[:8] not in "".join(segments(owner))


def test_votes_move_the_next_period_but_not_a_published_one(
    owner: FlaskClient, on_air: list[str], clock: Clock
) -> None:
    station = station_of()
    published = airing.on_air(station).programmes
    with db.write() as session:
        for track in session.scalars(select(Track)):
            track.count(session, upvotes=50)
    assert airing.on_air(station).programmes == published


def test_the_next_period_is_known_a_minute_before_and_follows_without_a_gap(
    on_air: list[str], clock: Clock, owner: FlaskClient
) -> None:
    station = station_of()
    end = timeline.moment_of(timeline.start_of(timeline.period_at(timeline.frame_at(clock.ms)) + 1))
    clock.ms = end - 61_000
    assert len(airing.on_air(station).programmes) == 1
    clock.ms = end - 59_000
    first, following = airing.on_air(station).programmes
    assert (following.start_frame, following.first_sequence) == (first.end_frame, first.next_sequence)
    clock.ms = end + 5_000
    assert airing.on_air(station).programmes == (first, following) or airing.on_air(station).programmes[1] == following
    assert len(segments(owner)) >= 9


def test_a_track_made_since_the_last_draw_opens_the_next_period(
    open_app: Flask, on_air: list[str], clock: Clock
) -> None:
    station = station_of()
    airing.on_air(station)
    fresh = make_sound(open_app, 880.0)
    clock.pass_seconds(600)
    programme = airing.on_air(station).programmes[-1]
    assert programme.entries[0].track_id == fresh
    assert programme.entries[0].why == "new"


def test_of_many_who_draw_at_once_one_decides(open_app: Flask, on_air: list[str], clock: Clock) -> None:
    station, drawn, ready = station_of(), [], threading.Barrier(6)

    def draw() -> None:
        ready.wait()
        drawn.append(airing.on_air(station, timeline.frame_at(clock.ms)).programmes)

    threads = [threading.Thread(target=draw) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(drawn) == 6 and all(programmes == drawn[0] for programmes in drawn)
    with db.read() as session:
        assert len(session.scalars(select(Published)).all()) == 1


def test_a_station_on_its_own_after_a_pause_goes_on_with_higher_numbers(
    owner: FlaskClient, on_air: list[str], clock: Clock
) -> None:
    before = int(segments(owner)[-1].rpartition("/")[2].partition("-")[0])
    clock.pass_seconds(86_400)
    assert int(segments(owner)[0].rpartition("/")[2].partition("-")[0]) > before


def test_everybody_who_listens_is_counted_once(owner: FlaskClient, on_air: list[str]) -> None:
    counter: Counter = owner.application.extensions["soundbox_listeners"]  # type: ignore[attr-defined]
    for browser in ("one", "two", "three", "one"):
        owner.get("/stations/all/live.m3u8", headers={"User-Agent": browser})
    counter.write()
    told = owner.get("/api/stations/all/now-playing").json["listeners"]
    assert told == {"total": 3, "unique": 3, "current": 3}


def test_a_thousand_listeners_are_counted_to_two_percent_over_all_processes(
    owner: FlaskClient, on_air: list[str]
) -> None:
    station = station_of()
    counters = [Counter("key"), Counter("key")]
    for number in range(1000):
        counters[number % 2].hear(station.id, f"10.0.{number // 250}.{number % 250}", "player")
        counters[0].hear(station.id, f"10.0.{number // 250}.{number % 250}", "player")
    for counter in counters:
        counter.write()
    with db.read() as session:
        assert abs(Heard.listeners(session, station) - 1000) < 20
        kept = session.scalars(select(Heard.bits)).all()
    assert all(len(bits) == BITS // 8 for bits in kept)


def test_nobody_is_counted_as_nobody() -> None:
    assert estimate([]) == estimate([bytes(BITS // 8)]) == 0
