"""What a waiting person is told."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from soundbox.jobs.outlook import NOBODY, Arrivals, at_most, explain
from soundbox.jobs.scheduler import ORDINARY, SKIP, Waiting, order, turn_for
from tests.jobs.test_scheduler import row

HEAD_STARTS_MS = (0, 600_000, 1_800_000)
ROOM = 12
START_MS = 30_000
CLOCK_MS = 10_000_000


def test_alone_it_is_simply_those_ahead():
    ada, ben = row("ada", 1), row("ben", 2)
    assert at_most(ben, [ada, ben], (), ()) == 1


def test_a_loaded_model_may_pass_three_times():
    ada, ben = row("ada", 1), row("ben", 2)
    assert at_most(ben, [ada, ben], (), ("music",)) == 4


def test_paid_skips_fit_between_those_ahead():
    ada, ben = row("ada", 1), row("ben", 2)
    arrivals = Arrivals(head_start_ms=0, may_skip=True, room=100, start_ms=1000)
    assert at_most(ben, [ada, ben], (SKIP,), (), now_ms=2, arrivals=arrivals) == 6


def test_strict_tiers_promise_nothing():
    ada = row("ada", 1)
    assert at_most(ada, [ada], (), (), arrivals=Arrivals(0, False, 100, 1000, strict=True)) is None


def test_a_paid_skip_waits_for_earlier_payments_and_every_fourth_start():
    paid = [row(f"paid{i}", i, SKIP) for i in range(4)]
    assert at_most(paid[3], [*paid, row("ada", 1)], (), ()) == 4


class Storm:
    """A queue under an adversary who knows the rules."""

    def __init__(self, loaded: tuple[str, ...]) -> None:
        self.now_ms, self.seq, self.loaded = CLOCK_MS, 0, loaded
        self.waiting: list[Waiting] = []
        self.bands: list[int] = []
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
        for start in order(self.waiting, self.bands[-3:], self.loaded, self.now_ms, limit=1):
            self.started.append(start.job.id)
            self.bands.append(start.job.band)
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
    arrivals = Arrivals(max(HEAD_STARTS_MS), may_skip=True, room=ROOM, start_ms=START_MS)
    bound = at_most(job, storm.waiting, storm.bands, loaded, storm.now_ms, arrivals)
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
def test_nobody_else_coming_the_bound_is_met_exactly(rows):
    waiting = [row(str(i), turn, seq=i) for i, (turn, _) in enumerate(rows)]
    for position, start in enumerate(order(waiting)):
        assert at_most(start.job, waiting, (), (), arrivals=NOBODY) == position


def test_every_reason_has_a_sentence():
    waiting = [
        row("paid", 9, SKIP, aura=3, person="cleo"),
        row("first", 1, person="ada"),
        row("ben", 2, person="ben", model="music"),
        row("second", 3, person="ada", tier="premium", head_start_ms=1_200_000),
    ]
    assert explain("second", order(waiting)) == [
        "3 are ahead of you.",
        "premium: a head start of 20 min.",
        "Turns: you have another job waiting, so others go in between.",
        "1 is ahead with a paid skip.",
    ]
    assert explain("paid", order(waiting)) == ["You are next.", "Skipped for 3 Aura."]
    assert "The model music is loaded, so one that wants it goes first." in explain(
        "first", order(waiting[1:], loaded=("music",))
    )
    assert explain("unknown", order(waiting)) == []


def test_somebody_alone_in_the_line_is_told_nothing_of_tiers_and_turns():
    waiting = [row("first", 1, person="ada"), row("second", 2, person="ada", tier="admin", head_start_ms=3_600_000)]
    assert explain("second", order(waiting)) == ["1 is ahead of you."]


def test_others_are_told_without_being_meant():
    waiting = [row("first", 1, person="ada"), row("ben", 2, person="ben"), row("second", 3, person="ada")]
    said = [sentence for job in waiting for sentence in explain(job.id, order(waiting), to_owner=False)]
    assert "Next to start." in said and "2 are ahead of it." in said
    assert not any("you" in sentence.lower().split() for sentence in said)
