"""Passwords are hashed two at a time: each takes 19 MiB and a core."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from argon2.exceptions import VerifyMismatchError
from flask import Flask

from soundbox.accounts import passwords

from .people import sign_in


class Held:
    """A hasher that ends when it is told to, and knows how many are at it."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.full, self.go_on = threading.Semaphore(0), threading.Event()
        self.now = self.most = 0

    def verify(self, _kept: str, _password: str) -> bool:
        with self.lock:
            self.now += 1
            self.most = max(self.most, self.now)
        self.full.release()
        assert self.go_on.wait(60)
        with self.lock:
            self.now -= 1
        raise VerifyMismatchError


@pytest.fixture
def hasher(monkeypatch: pytest.MonkeyPatch) -> Held:
    held = Held()
    monkeypatch.setattr(passwords, "_hasher", held)
    return held


def test_two_are_hashed_at_once_and_everybody_gets_their_turn(hasher: Held) -> None:
    with ThreadPoolExecutor(8) as threads:
        tries = [threads.submit(passwords.is_right, None, "a password") for _ in range(8)]
        for _ in range(passwords.AT_ONCE):
            assert hasher.full.acquire(timeout=60)
        assert not hasher.full.acquire(timeout=0.3), "a third is at it"
        hasher.go_on.set()
        assert [one.result(60) for one in tries] == [False] * 8
    assert hasher.most == passwords.AT_ONCE == 2


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_who_waits_too_long_is_told_when_to_come_again(
    public_app: Flask, hasher: Held, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passwords, "PATIENCE_SECONDS", 1.0)
    with ThreadPoolExecutor(2) as threads:
        tries = [threads.submit(passwords.is_right, None, "a password") for _ in range(2)]
        for _ in tries:
            assert hasher.full.acquire(timeout=60)
        answer = sign_in(public_app.test_client(), "ada")
        hasher.go_on.set()
        assert [one.result(60) for one in tries] == [False, False]
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "1")
    assert answer.json == {"error": "Too many people sign in at this moment"}
