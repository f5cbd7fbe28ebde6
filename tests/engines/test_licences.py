"""What weights may be used for is what their folder says; what it does not say is what is known of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from soundbox.engines import licences


@pytest.mark.parametrize(
    ("card", "licence"),
    [
        (None, "CC-BY-NC-4.0"),
        ("# Just words\nlicense: mit\n", "CC-BY-NC-4.0"),
        ("---\ntags:\n- music\nlicense: mit\n---\nlicense: gpl\n", "MIT"),
        ('---\nlicense: "apache-2.0"\n---\n', "Apache-2.0"),
        ("---\nlicense: other\nlicense_name: stable-audio-community\n---\n", "LicenseRef-stable-audio-community"),
        ("---\nlicense: other\n---\n", "LicenseRef-other"),
        ("---\nlicense: openrail\n---\n", "LicenseRef-openrail"),
        ("---\nlicense: \n---\n", "CC-BY-NC-4.0"),
    ],
)
def test_the_card_in_the_folder_says_the_licence(tmp_path: Path, card: str | None, licence: str) -> None:
    if card is not None:
        (tmp_path / "README.md").write_text(card)

    assert licences.licence_of(tmp_path, otherwise="CC-BY-NC-4.0") == licence


@pytest.mark.parametrize(
    ("weights", "operators", "sounds"),
    [
        ("MIT", "CC0-1.0", ("CC0-1.0", True)),
        ("MIT", "CC-BY-NC-4.0", ("CC-BY-NC-4.0", False)),
        ("CC-BY-NC-4.0", "CC0-1.0", ("CC-BY-NC-4.0", False)),
        ("LicenseRef-never-read", "CC0-1.0", ("LicenseRef-never-read", False)),
    ],
)
def test_sounds_are_the_operators_where_the_weights_leave_them_open(
    weights: str, operators: str, sounds: tuple[str, bool]
) -> None:
    assert licences.of_sounds(weights, operators) == sounds


@pytest.mark.parametrize(
    ("text", "licence"),
    [
        ("CC BY 4.0", "CC-BY-4.0"),
        ("https://creativecommons.org/licenses/by-nc-sa/4.0/", "CC-BY-NC-SA-4.0"),
        ("CC0 (public domain)", "CC0-1.0"),
        ("Apache 2.0", "Apache-2.0"),
        ("See URL", "LicenseRef-See-URL"),
    ],
)
def test_a_licence_is_known_by_the_words_people_use(text: str, licence: str) -> None:
    assert licences.named(text) == licence
