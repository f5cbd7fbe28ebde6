"""Document 002, the radio: its endpoints, their parameters, defaults and maxima, in open and in accounts mode."""

from __future__ import annotations

from typing import Any

import pytest

from soundbox.clock import now_ms
from tests.documents.conftest import Site
from tests.documents.reading import missing, sections

SECTION = sections("002")["GET /api/radio/shuffle"]
PATHS = ("shuffle", "next", "favorites", "top-rated", "new")
HOUR_MS = 3_600_000


def tracks(site: Site, path: str) -> list[Any]:
    answer: list[Any] = site.get(f"/api/radio/{path}")["tracks"]
    return answer


def keep(site: Site, *track_ids: str) -> None:
    for track_id in track_ids:
        assert site.ask("POST", f"/api/favorites/{track_id}", json={"user_id": "user_abc123"}).status_code == 200


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_has_the_documented_fields(site: Site, path: str) -> None:
    keep(site, site.track(), site.track(prompt="rain", kind="audio"))
    answer = site.get(f"/api/radio/{path}?user_id=user_abc123")
    assert answer["tracks"] and missing(SECTION.answer(), answer) == []


@pytest.mark.parametrize("path", PATHS)
def test_an_empty_library_answers_an_empty_list(site: Site, path: str) -> None:
    assert tracks(site, path) == []


@pytest.mark.parametrize("path", ["shuffle", "next", "top-rated", "new"])
def test_a_model_is_a_family_or_one_model(site: Site, path: str) -> None:
    song, rain = site.track(), site.track(prompt="rain", kind="audio")
    assert [row["id"] for row in tracks(site, f"{path}?model=music")] == [song]
    assert [row["id"] for row in tracks(site, f"{path}?model=audio")] == [rain]
    assert site.ask("GET", f"/api/radio/{path}?model=violin").status_code == 400


def test_shuffle_finds_words_and_gives_ten_each_once(site: Site) -> None:
    made = {site.track(prompt=f"melody {number}") for number in range(12)}
    rain = site.track(prompt="rain", kind="audio")
    shuffled = [row["id"] for row in tracks(site, "shuffle")]
    assert len(set(shuffled)) == 10 and set(shuffled) <= {*made, rain}
    assert {row["id"] for row in tracks(site, "shuffle?count=50&search=melody")} == made
    assert len(tracks(site, "shuffle?count=3")) == 3


def test_next_gives_one_that_was_not_heard_while_there_is_one(site: Site) -> None:
    made = [site.track() for _ in range(3)]
    answer = site.get(f"/api/radio/next?exclude={made[0]},{made[1]}")
    assert [row["id"] for row in answer["tracks"]] == [made[2]] and answer["track"] == answer["tracks"][0]


def test_where_all_were_heard_the_last_does_not_come_twice_in_a_row(site: Site) -> None:
    made = [site.track() for _ in range(2)]
    for _ in range(5):
        assert [row["id"] for row in tracks(site, f"next?exclude={made[1]},{made[0]}")] == [made[1]]
    assert site.get("/api/radio/next?model=audio") == {"tracks": [], "track": None}


def test_the_only_one_comes_again(site: Site) -> None:
    only = site.track()
    assert [row["id"] for row in tracks(site, f"next?exclude={only}")] == [only]


def test_two_hundred_can_be_excluded(site: Site) -> None:
    left, out = site.track(), [site.track() for _ in range(3)]
    heard = ",".join([*out, *(f"{number:032x}" for number in range(197))])
    for _ in range(5):
        assert [row["id"] for row in tracks(site, f"next?exclude={heard}")] == [left]


def test_favorites_are_ones_own_by_chance(site: Site) -> None:
    made = [site.track() for _ in range(3)]
    keep(site, *made[:2])
    assert {row["id"] for row in tracks(site, "favorites?user_id=user_abc123")} == set(made[:2])
    assert len(tracks(site, "favorites?user_id=user_abc123&count=1")) == 1
    assert len(site.client.get("/api/radio/favorites").json["tracks"]) == 0


def test_top_rated_is_by_votes_up_minus_votes_down(site: Site) -> None:
    votes = {"few": (3, 0), "loved": (9, 1), "argued": (50, 49), "hated": (0, 30), "unheard": (0, 0)}
    made = {name: site.track(upvotes=up, downvotes=down) for name, (up, down) in votes.items()}
    ranked = [row["id"] for row in tracks(site, "top-rated")]
    assert ranked == [made[name] for name in ("loved", "few", "argued", "unheard", "hated")]
    assert [row["id"] for row in tracks(site, "top-rated?count=1")] == [made["loved"]]


def test_top_rated_gives_twenty(site: Site) -> None:
    for _ in range(21):
        site.track()
    assert len(tracks(site, "top-rated")) == 20


def test_new_is_the_last_week_the_newest_first(site: Site) -> None:
    old, older, newest = (site.track(created_ms=now_ms() - hours * HOUR_MS) for hours in (200, 3, 0))
    assert [row["id"] for row in tracks(site, "new")] == [newest, older]
    assert [row["id"] for row in tracks(site, "new?hours=2")] == [newest]
    assert [row["id"] for row in tracks(site, "new?hours=300&count=3")] == [newest, older, old]


def test_new_gives_ten_and_at_most_fifty(site: Site) -> None:
    for _ in range(51):
        site.track()
    assert len(tracks(site, "new")) == 10
    assert len(tracks(site, "new?count=1000")) == 50


@pytest.mark.parametrize(
    "query", ["shuffle?count=many", "shuffle?count=0", "top-rated?count=-1", "new?hours=soon", "new?hours=0"]
)
def test_what_means_nothing_is_refused_in_words(site: Site, query: str) -> None:
    answer = site.ask("GET", f"/api/radio/{query}")
    assert answer.status_code == 400 and answer.json["error"]


@pytest.mark.parametrize("path", PATHS)
def test_only_public_tracks_are_on_the_radio(site: Site, path: str) -> None:
    for facts in ({"visibility": "private"}, {"visibility": "unlisted"}, {"withheld": "reports"}):
        keep(site, site.track(**facts, upvotes=9))
    assert tracks(site, f"{path}?user_id=user_abc123") == []
