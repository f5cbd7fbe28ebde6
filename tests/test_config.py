"""Settings are read from three places and refuse nonsense in one sentence."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from soundbox.config import Config, ConfigError


def test_defaults_need_nothing(tmp_path: Path) -> None:
    config = Config.load(tmp_path)
    assert (config.mode, config.host, config.port) == ("open", "127.0.0.1", 5309)


def test_a_variable_beats_the_file_and_the_file_beats_the_default(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "config.toml").write_text("port = 6001\nqueue_limit = 7\n")
    monkeypatch.setenv("SOUNDBOX_PORT", "6002")
    config = Config.load(tmp_path)
    assert (config.port, config.queue_limit) == (6002, 7)


def test_the_instance_folder_may_come_from_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "config.toml").write_text("threads = 5\n")
    monkeypatch.setenv("SOUNDBOX_INSTANCE", str(tmp_path))
    assert Config.load().threads == 5


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("PORT", "eighty", "SOUNDBOX_PORT='eighty' is not possible"),
        ("PORT", "70000", "SOUNDBOX_PORT='70000' is not possible"),
        ("MODE", "closed", "SOUNDBOX_MODE='closed' is not possible"),
        ("WORKER", "fork", "SOUNDBOX_WORKER='fork' is not possible"),
        ("HOST", "0.0.0.0", "only listens on 127.0.0.1, not on 0.0.0.0"),  # noqa: S104 - refused is the point
        ("ACCEL_REDIRECT", "media", "SOUNDBOX_ACCEL_REDIRECT='media' is not possible"),
        ("LOG_LEVEL", "loud", "SOUNDBOX_LOG_LEVEL='loud' is not possible"),
    ],
)
def test_nonsense_is_refused_with_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str, says: str
) -> None:
    monkeypatch.setenv(f"SOUNDBOX_{name}", value)
    with pytest.raises(ConfigError, match=r"^[^\n]+$") as refused:
        Config.load(tmp_path)
    assert says in str(refused.value)


def test_a_typo_in_the_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text("prot = 80\n")
    with pytest.raises(ConfigError, match="no setting named prot"):
        Config.load(tmp_path)


def test_a_broken_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text("port =\n")
    with pytest.raises(ConfigError, match=r"config.toml in the instance folder cannot be read"):
        Config.load(tmp_path)


def test_the_secret_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    first = Config.load(tmp_path).secret_key()
    assert Config.load(tmp_path).secret_key() == first
    assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("settings", "cores", "processes"),
    [
        ({}, 8, 2),
        ({}, 1, 1),
        ({"mode": "accounts"}, 8, 1),  # its limits are counted in memory
        ({"mode": "accounts", "rate_limit_storage": "redis://127.0.0.1"}, 8, 2),
        ({"worker": "thread"}, 8, 1),
        ({"mode": "accounts", "worker": "thread", "processes": 3}, 1, 3),
    ],
)
def test_the_web_is_as_many_processes_as_do_some_good(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: dict[str, Any], cores: int, processes: int
) -> None:
    monkeypatch.setattr("os.sched_getaffinity", lambda _: set(range(cores)))
    assert Config.load(tmp_path, **settings).web_processes == processes
