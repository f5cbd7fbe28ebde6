"""Connections are shared between the web's processes."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from gunicorn.config import Config

from soundbox.deploy import sharing
from soundbox.deploy.sharing import SharingWorker, take_place


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.setblocking(False)
        yield listening


@pytest.fixture
def workers(monkeypatch: pytest.MonkeyPatch) -> list[SharingWorker]:
    monkeypatch.setattr(sharing, "_held", [-1] * sharing.MOST_PROCESSES)
    made: list[SharingWorker] = []
    for _ in range(2):
        worker = SharingWorker(0, 0, [], None, 30, Config(), SimpleNamespace())
        monkeypatch.setattr(worker, "enqueue_req", lambda _connection: None)
        take_place(worker, made)
        made.append(worker)
    return made


def connect(listener: socket.socket) -> socket.socket:
    return socket.create_connection(listener.getsockname())


def counts(workers: list[SharingWorker]) -> list[int]:
    return [worker.nr_conns for worker in workers]


def test_who_always_wakes_first_still_gets_only_half(
    workers: list[SharingWorker], listener: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = workers
    monkeypatch.setattr(sharing.time, "sleep", lambda _seconds: second.accept(listener))
    clients = []
    for _ in range(20):
        clients.append(connect(listener))
        first.accept(listener)
    assert counts(workers) == [10, 10]
    for client in clients:
        client.close()


def test_what_nobody_else_takes_is_taken(
    workers: list[SharingWorker], listener: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sharing.time, "sleep", lambda _seconds: None)
    clients = []
    for _ in range(3):
        clients.append(connect(listener))
        workers[0].accept(listener)
    assert counts(workers) == [3, 0]
    for client in clients:
        client.close()


def test_the_only_process_waits_for_nobody(
    workers: list[SharingWorker], listener: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_seconds: float) -> None:
        pytest.fail("it stepped aside for nobody")

    monkeypatch.setattr(sharing, "_held", [0, *[-1] * (sharing.MOST_PROCESSES - 1)])
    monkeypatch.setattr(sharing.time, "sleep", refuse)
    with connect(listener), connect(listener):
        workers[0].accept(listener)
        workers[0].accept(listener)
    assert workers[0].nr_conns == 2


def test_the_place_of_a_process_that_died_goes_to_the_next_and_begins_with_nothing(
    workers: list[SharingWorker], listener: socket.socket
) -> None:
    with connect(listener):
        workers[0].accept(listener)
    born: Any = SimpleNamespace(place=-1)
    take_place(born, [workers[1]])
    assert (born.place, sharing._held[0]) == (workers[0].place, 0)
