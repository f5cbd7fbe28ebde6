"""What is guessed first is no password, and what people put together themselves is one."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from soundbox.accounts.weak import is_weak

GUESSES = """
    password Password1 P@ssw0rd! passw0rd123 12345678 123456789 87654321 qwertyuiop qwerty123 1q2w3e4r 1qaz2wsx
    abcd1234 iloveyou iloveyou2 letmein123 football aaaaaaaa abcabcabc sunshine1! welcome2024 superman admin123!
    soundbox1 asdfghjk zaq12wsx passwordpassword trustno1! secret-secret 11111111 00000000 qwer1234 1234qwer
    soundbox! ada-lovelace1 lovelace1815 LOVELACE! adalovelace
"""
GUESSED_FIRST = GUESSES.split()
GOOD = (
    *("a long one that I remember", "café café", "correct horse battery", "vX9!kd02pL", "regenschirm-am-dienstag"),
    *("blue whale sings at noon", "seventeen", "hg5f-k2ls", "x" + "qwertz" * 20),
)


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    return sqlite_url


@pytest.mark.parametrize("password", [*GUESSED_FIRST, "monkey dragon"])
def test_it_is_guessed_first(password: str) -> None:
    assert is_weak(password, "ada-lovelace")


@pytest.mark.parametrize("password", GOOD)
def test_it_is_good(password: str) -> None:
    assert not is_weak(password, "ada-lovelace")


def test_it_is_told_at_its_field(nobody: FlaskClient) -> None:
    answer = nobody.post("/auth/register", json={"name": "ada", "password": "Password123!"})
    assert answer.status_code == 400 and "first that are guessed" in answer.json["error"]
    page = nobody.post("/auth/register", data={"name": "ada", "password": "ada12345"}, headers={"Accept": "text/html"})
    assert 'id="password-mistake"' in page.text
