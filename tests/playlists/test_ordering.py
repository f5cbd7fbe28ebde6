"""The rule of order, over plain lists."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from soundbox.playlists.ordering import inserted, moved, rearranged

tracks = some.lists(some.integers(0, 30), unique=True, max_size=20)


@given(items=tracks, wanted=tracks)
def test_nothing_is_lost_or_doubled_whatever_is_wanted(items: list[int], wanted: list[int]) -> None:
    assert sorted(rearranged(items, wanted)) == sorted(items)


@given(items=tracks, wanted=tracks)
def test_what_was_named_stands_in_the_order_named(items: list[int], wanted: list[int]) -> None:
    assert [item for item in rearranged(items, wanted) if item in wanted] == [item for item in wanted if item in items]


@given(items=tracks, wanted=tracks)
def test_what_was_not_named_keeps_its_place(items: list[int], wanted: list[int]) -> None:
    now = rearranged(items, wanted)
    assert all(now[place] == item for place, item in enumerate(items) if item not in wanted)


@given(items=tracks, wanted=tracks)
def test_wanting_the_same_twice_changes_nothing_more(items: list[int], wanted: list[int]) -> None:
    once = rearranged(items, wanted)
    assert rearranged(once, wanted) == once


@given(items=tracks, seen=tracks, item=some.integers(0, 30), by=some.sampled_from([-1, 1]))
def test_a_move_changes_places_with_the_next_that_is_seen(
    items: list[int], seen: list[int], item: int, by: int
) -> None:
    before = [one for one in items if one in seen]
    now = moved(items, item, by, seen)
    after = [one for one in now if one in seen]
    assert sorted(now) == sorted(items)
    assert all(now[place] == one for place, one in enumerate(items) if one not in seen)
    if item not in before:
        assert now == items
    else:
        assert after.index(item) == min(max(before.index(item) + by, 0), len(before) - 1)


@pytest.mark.parametrize(
    ("position", "expected"), [(None, [1, 2, 9]), (1, [9, 1, 2]), (2, [1, 9, 2]), (3, [1, 2, 9]), (99, [1, 2, 9])]
)
def test_a_new_one_comes_where_it_is_wanted_or_last(position: int | None, expected: list[int]) -> None:
    assert inserted([1, 2], 9, position) == expected
