"""A track's family: what it was made from and what was made of it, as far as one may see."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from soundbox.tracks.lineage import FARTHEST, MOST_RELATIVES
from tests.making import make_track

HTML = {"Accept": "text/html"}


def test_a_track_without_relatives_is_a_family_of_one_and_its_page_says_nothing(
    open_app: Flask, owner: FlaskClient
) -> None:
    alone = make_track(open_app)
    assert family(owner, alone) == [(alone, None, 0)]
    assert "Family" not in owner.get(f"/tracks/{alone}", headers=HTML).text


def test_everybody_in_a_family_sees_the_same_tree(open_app: Flask, owner: FlaskClient) -> None:
    first = make_track(open_app, prompt="the first")
    varied = make_track(open_app, parent_id=first, relation="vary")
    extended = make_track(open_app, parent_id=varied, relation="extend")
    later = make_track(open_app, parent_id=first, relation="reference")
    tree = [(first, None, 0), (varied, "vary", 1), (extended, "extend", 2), (later, "reference", 1)]
    for member in (first, varied, extended, later):
        assert family(owner, member) == tree
    page = owner.get(f"/tracks/{extended}", headers=HTML).text
    assert page.count('class="kin-one"') == 4
    assert page.count('aria-current="page"') >= 1


@pytest.mark.parametrize("hidden", [{"visibility": "private"}, {"visibility": "unlisted"}, {"withheld": "reports"}])
def test_the_tree_ends_where_one_may_not_look(
    public_app: Flask, cast: dict[str, FlaskClient], hidden: dict[str, str]
) -> None:
    first = make_track(public_app, maker="ada")
    secret = make_track(public_app, maker="ben", parent_id=first, relation="vary", **hidden)
    child = make_track(public_app, maker="dov", parent_id=secret, relation="vary")
    assert [id for id, *_ in family(cast["dov"], first)] == [first]
    assert [id for id, *_ in family(cast["dov"], child)] == [child]
    assert [id for id, *_ in family(cast["ben"], child)] == [first, secret, child]


def test_a_long_line_and_a_wide_family_have_an_end(open_app: Flask, owner: FlaskClient) -> None:
    line = [make_track(open_app, seconds=0.1)]
    for _ in range(FARTHEST + 2):
        line.append(make_track(open_app, seconds=0.1, parent_id=line[-1], relation="vary"))
    assert family(owner, line[-1])[0][0] == line[-1 - FARTHEST]
    wide = make_track(open_app, seconds=0.1)
    for _ in range(MOST_RELATIVES + 5):
        make_track(open_app, seconds=0.1, parent_id=wide, relation="vary")
    assert len(family(owner, wide)) == MOST_RELATIVES


def test_a_track_whose_parent_was_deleted_is_the_first(open_app: Flask, owner: FlaskClient) -> None:
    first = make_track(open_app)
    child = make_track(open_app, parent_id=first, relation="vary")
    owner.delete(f"/api/library/{first}")
    assert family(owner, child) == [(child, "vary", 0)]
    assert owner.get(f"/tracks/{child}", headers=HTML).status_code == 200


def family(client: FlaskClient, track_id: str) -> list[tuple[str, str | None, int]]:
    answer = client.get(f"/api/library/{track_id}/lineage")
    assert answer.status_code == 200
    return [(one["id"], one["relation"], one["depth"]) for one in answer.json["tracks"]]
