"""What a waiting person is told."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from soundbox.jobs.outlook import Others, at_most, explain
from soundbox.jobs.scheduler import ORDINARY, SKIP, Waiting, order, turn_for
from tests.jobs.test_scheduler import row

HEAD_STARTS_MS = (0, 600_000, 1_800_000)
ROOM = 12
START_MS = 30_000
CLOCK_MS = 10_000_000


def test_alone_it_is_simply_those_ahead():
    ada, ben = row("ada", 1), row("ben", 2)
    assert at_most(ben, [ada, ben], 0, (), Others.nobody) == 1


def test_a_loaded_model_may_pass_as_long_as_there_is_somebody_to_pass():
    ada, ben, more = row("ada", 1), row("ben", 2), [row(str(i), i) for i in range(3, 9)]
    assert at_most(ben, [ada, ben], 0, ("music",), Others.nobody) == 1
    assert at_most(ben, [ada, ben, *more], 0, ("music",), Others.nobody) == 4


@pytest.mark.parametrize(("since_longest", "bound"), [(0, 7), (2, 5), (3, 4)])
def test_whoever_comes_it_is_four_starts_for_each_who_came_before(since_longest, bound):
    ada, ben = row("ada", 1), row("ben", 2)
    later = [row(f"later{i}", -50 + i, seq=10 + i) for i in range(20)]
    paid = row("paid", 1, SKIP, seq=0)
    assert at_most(ben, [ada, ben, paid, *later], since_longest, (), Others.anybody) == bound


def test_strict_tiers_promise_nothing():
    ada = row("ada", 1)
    assert at_most(ada, [ada], 0, (), Others.higher_tiers_first) is None


def test_a_paid_skip_waits_for_earlier_payments_and_every_fourth_start():
    paid = [row(f"paid{i}", i, SKIP) for i in range(4)]
    assert at_most(paid[3], [*paid, row("ada", 1)], 0, (), Others.anybody) == 4


class Storm:
    """A queue under an adversary who knows the rules."""

    def __init__(self, loaded: tuple[str, ...]) -> None:
        self.now_ms, self.seq, self.loaded = CLOCK_MS, 0, loaded
        self.waiting: list[Waiting] = []
        self.since_longest = 0
        self.turns: dict[str, list[int]] = {}
        self.started: list[str] = []

    def arrive(self, person: str, head_start_ms: int, model: str) -> None:
        if len(self.waiting) == ROOM:
            return
        self.seq += 1
        own = max((job.turn for job in self.waiting if job.person == person), default=None)
        turn = turn_for(self.now_ms, head_start_ms, own, 8.0)
        self.waiting.append(Waiting(str(self.seq), ORDINARY, turn, self.seq, model, self.now_ms, person=person))

    def skip(self, index: int, spared: str | None = None) -> None:
        self.now_ms += 1  # no two payments share a moment
        for i, job in enumerate(self.waiting):
            if i == index and job.id != spared and not job.skipped:
                self.waiting[i] = replace(job, band=SKIP, turn=self.now_ms)

    def start(self) -> None:
        for start in order(self.waiting, self.since_longest, self.loaded, self.now_ms, limit=1):
            self.started.append(start.job.id)
            self.since_longest = start.since_longest
            self.waiting = [
                replace(job, overtaken=job.overtaken + (job.id in start.overtakes))
                for job in self.waiting
                if job.id != start.job.id
            ]
        self.now_ms += START_MS

    def act(self, action: tuple, spared: str | None = None) -> None:
        verb, *arguments = action
        {"arrive": self.arrive, "skip": lambda i: self.skip(i, spared), "start": self.start}[verb](*arguments)


arrivals_of_others = st.tuples(
    st.just("arrive"), st.sampled_from("abcdef"), st.sampled_from(HEAD_STARTS_MS), st.sampled_from("mx")
)
skips = st.tuples(st.just("skip"), st.integers(0, ROOM))
actions = st.one_of(arrivals_of_others, arrivals_of_others, skips, st.just(("start",)))


@settings(max_examples=150, deadline=None)
@given(
    before=st.lists(actions, min_size=1, max_size=25),
    after=st.lists(actions, max_size=60),
    chosen=st.integers(0, ROOM),
    loaded=st.sampled_from([(), ("m",)]),
)
def test_no_storm_of_arrivals_breaks_the_bound(before, after, chosen, loaded):
    storm = Storm(loaded)
    storm.arrive("z", 0, "x")
    for action in before:
        storm.act(action)
    if not storm.waiting:
        return
    job = storm.waiting[chosen % len(storm.waiting)]
    bound = at_most(job, storm.waiting, storm.since_longest, loaded, Others.anybody)
    started_before = len(storm.started)
    for action in after:
        storm.act(action, spared=job.id)
    while job.id not in storm.started:
        for i in range(3):
            storm.arrive(f"paid{i}", 0, "x")
            storm.skip(len(storm.waiting) - 1, spared=job.id)
        storm.start()
    assert storm.started.index(job.id) - started_before <= bound


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 9), st.booleans()), min_size=1, max_size=15))
def test_nobody_else_coming_the_bound_holds_and_is_less_than_all(rows):
    waiting = [row(str(i), turn, seq=i) for i, (turn, _) in enumerate(rows)]
    for position, start in enumerate(order(waiting)):
        assert position <= at_most(start.job, waiting, 0, (), Others.nobody) < len(waiting)


def test_every_reason_has_a_sentence():
    waiting = [
        row("paid", 9, SKIP, aura=3, person="cleo"),
        row("first", 1, person="ada"),
        row("ben", 2, person="ben", model="music"),
        row("second", 3, person="ada", tier="premium", head_start_ms=1_200_000),
    ]
    assert explain("second", order(waiting)) == [
        "3 are ahead of you.",
        "Premium: a head start of 20 min.",
        "Turns: you have another job waiting, so others go in between.",
        "1 is ahead with a paid skip.",
    ]
    assert explain("paid", order(waiting)) == ["You are next.", "Skipped for 3 Aura."]
    assert "The model music is loaded, so one that wants it goes first." in explain(
        "first", order(waiting[1:], loaded=("music",))
    )
    assert explain("unknown", order(waiting)) == []
    assert explain("second", order(waiting, since_longest=3)) == explain("second", order(waiting))
    assert explain("first", order(waiting, since_longest=3)) == [
        "You are next.",
        "One start in four goes to whoever has waited longest: that is yours.",
    ]


def test_whoever_is_passed_by_somebody_who_waited_longer_is_told_so():
    waiting = [row("early", -50, seq=2, person="ben"), row("ada", 1, seq=1, person="ada")]
    told = explain("early", order(waiting, since_longest=3))
    assert told == ["1 is ahead of you.", "One start in four goes to whoever has waited longest."]


def test_somebody_alone_in_the_line_is_told_nothing_of_tiers_and_turns():
    waiting = [row("first", 1, person="ada"), row("second", 2, person="ada", tier="admin", head_start_ms=3_600_000)]
    assert explain("second", order(waiting)) == ["1 is ahead of you."]


def test_others_are_told_without_being_meant():
    waiting = [row("first", 1, person="ada"), row("ben", 2, person="ben"), row("second", 3, person="ada")]
    said = [sentence for job in waiting for sentence in explain(job.id, order(waiting), to_owner=False)]
    assert "Next to start." in said and "2 are ahead of it." in said
    assert not any("you" in sentence.lower().split() for sentence in said)
