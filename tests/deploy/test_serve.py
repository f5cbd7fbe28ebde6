"""`soundbox serve` keeps its promises while its parts are killed."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.deploy.site import Site, is_alive, soundbox, until

WEB, WORKER = "gunicorn", "soundbox.cli worker"

pytestmark = pytest.mark.xdist_group("serve")


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Site]]:
    sites: list[Site] = []

    def started(**settings: str) -> Site:
        sites.append(Site(tmp_path / "instance", **settings))
        return sites[-1]

    yield started
    for site in sites:
        site.stop()


def test_a_prompt_becomes_a_sound(start: Callable[..., Site]) -> None:
    site = start().ready()
    site.wait_for(site.ask("slow rain on a tin roof"))
    assert site.get("/api/library")["total"] == 1


def test_a_killed_worker_comes_back_and_nothing_is_lost_or_made_twice(start: Callable[..., Site]) -> None:
    site = start().ready()
    jobs = [site.ask(f"rain number {number}", duration=8) for number in range(6)]
    site.wait_for(jobs[0])
    site.kill(WORKER)
    for job in jobs:
        site.wait_for(job)
    assert sorted(item["id"] for item in site.get("/api/library")["items"]) == sorted(jobs)


def test_a_killed_web_comes_back_with_everything_it_acknowledged(start: Callable[..., Site]) -> None:
    site = start().ready()
    job = site.ask("ocean waves", duration=60)
    killed = site.kill(WEB)
    until(lambda: not is_alive(killed), "the old web is gone")
    site.ready().wait_for(job)


@pytest.mark.skipif(len(os.sched_getaffinity(0)) < 2, reason="takes two cores")
def test_each_web_process_keeps_to_a_core_of_its_own(start: Callable[..., Site]) -> None:
    site = start(processes="2").ready()

    def cores() -> list[set[int]]:
        master = site.children(WEB)[0]
        return [os.sched_getaffinity(pid) for pid in site.children(WEB) if pid != master]

    until(lambda: len(cores()) == 2 and len(set.union(*cores())) == 2, "two processes on two cores")
    os.kill(site.children(WEB)[-1], signal.SIGKILL)
    until(lambda: len(cores()) == 2 and len(set.union(*cores())) == 2, "the new one took the free core")
    worker = site.children(WORKER)[0]
    assert os.sched_getaffinity(worker) == os.sched_getaffinity(0)


def test_nothing_outlives_a_killed_supervisor(start: Callable[..., Site]) -> None:
    site = start().ready()
    until(lambda: bool(site.children(WORKER)), "the worker runs")
    family = site.children(WEB) + site.children(WORKER)
    job = site.ask("thunder", duration=60)
    os.kill(site.process.pid, signal.SIGKILL)
    until(lambda: not any(is_alive(pid) for pid in family), "its children are gone")
    site.start()
    site.ready().wait_for(job)


def test_a_stop_gives_unfinished_work_back(start: Callable[..., Site]) -> None:
    site = start(worker="none").ready()
    waiting = site.ask("rain")
    assert site.stop() == 0
    again = start().ready()
    again.wait_for(waiting)
    assert again.get(f"/job/{waiting}")["retry_count"] == 0
    assert again.stop() == 0


def test_a_second_owner_is_refused_with_a_clear_sentence(start: Callable[..., Site]) -> None:
    start().ready()
    second = start()
    assert second.process.wait(60) == 1
    assert "already makes sound on cpu for this instance" in second.said()


def test_a_second_site_may_only_answer(start: Callable[..., Site]) -> None:
    first = start().ready()
    second = start(worker="none").ready()
    first.wait_for(second.ask("rain"))


@pytest.mark.parametrize(
    ("place", "settings", "sentence"),
    [
        ("a file/in it", {}, "The instance folder {} cannot be used: Not a directory."),
        ("folder", {"database": "postgresql+psycopg://nobody@127.0.0.1:1/none"}, "The database cannot be used: conn"),
        ("folder", {"database": "mysql://nowhere"}, "The database cannot be used: No module named 'MySQLdb'."),
        ("folder", {"database": "no address"}, "The database cannot be used: Could not parse SQLAlchemy URL"),
    ],
    ids=["a file", "nobody listens", "another database", "no address"],
)
def test_a_folder_or_database_that_cannot_be_used_is_named_in_one_sentence(
    tmp_path: Path, place: str, settings: dict[str, str], sentence: str
) -> None:
    (tmp_path / "a file").write_text("")
    instance = tmp_path / place
    refused = soundbox("prune", "--instance", str(instance), **settings)
    assert refused.returncode == 1
    assert refused.stderr.startswith(f"Error: {sentence.format(instance)}")
    assert len(refused.stderr.splitlines()) == 1


def test_a_used_port_is_refused_with_a_clear_sentence(start: Callable[..., Site], tmp_path: Path) -> None:
    site = start(worker="none").ready()
    refused = soundbox("serve", "--instance", str(tmp_path / "other"), "--port", str(site.port))
    assert refused.returncode == 1
    assert refused.stderr.strip().splitlines()[-1].endswith("choose another with --port.")


def test_a_misspelt_setting_is_told_with_the_one_that_was_meant(start: Callable[..., Site], tmp_path: Path) -> None:
    site = start(worker="none").ready()
    told = soundbox("serve", "--instance", str(tmp_path / "other"), "--port", str(site.port), log_levle="info").stderr
    assert "SOUNDBOX_LOG_LEVLE is no setting. Is it SOUNDBOX_LOG_LEVEL?" in told.splitlines()
    assert "SOUNDBOX_LOG_LEVEL is" not in told


def test_an_open_site_refuses_to_leave_the_machine(tmp_path: Path) -> None:
    refused = soundbox("serve", "--instance", str(tmp_path), "--host", "0.0.0.0")  # noqa: S104 - refused is the point
    assert refused.returncode == 1
    assert refused.stderr.startswith("Error: mode=open makes every caller the owner")


def test_the_worker_may_be_a_thread_of_the_web(start: Callable[..., Site]) -> None:
    site = start(worker="thread").ready()
    site.wait_for(site.ask("rain"))
    assert site.children(WORKER) == []


@pytest.mark.parametrize(
    "command",
    [
        [sys.executable, "-m", "gunicorn", "--bind", "127.0.0.1:PORT", "--threads", "4", "wsgi:app"],
        [sys.executable, "-m", "flask", "--app", "wsgi", "run", "--port", "PORT"],
    ],
)
def test_any_wsgi_server_runs_the_site(tmp_path: Path, command: list[str]) -> None:
    site = Site(tmp_path / "instance", command, worker="thread")
    try:
        site.ready()
        site.wait_for(site.ask("rain"))
    finally:
        site.stop()


def test_commands_work_while_the_site_runs(start: Callable[..., Site]) -> None:
    site = start(mode="accounts").ready()
    added = soundbox("user", "add", "ada", "--tier", "creator", "--instance", str(site.instance))
    token = added.stdout.splitlines()[-1]
    assert token.startswith("sbx_") and len(added.stdout.splitlines()) == 1
    assert "music" in soundbox("models", "--instance", str(site.instance)).stdout
    assert "swept" in soundbox("prune", "--instance", str(site.instance)).stdout
    assert soundbox("user", "add", "ada", "--instance", str(site.instance)).stderr == "Error: The name ada is taken.\n"
