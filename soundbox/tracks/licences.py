"""Where the text of a licence stands."""

from __future__ import annotations

CREATIVE_COMMONS = {
    "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
    "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/",
    "CC-BY-SA-4.0": "https://creativecommons.org/licenses/by-sa/4.0/",
    "CC-BY-NC-4.0": "https://creativecommons.org/licenses/by-nc/4.0/",
}


def licence_url(spdx: str) -> str:
    """The deed people can read, else the page of the SPDX list."""
    return CREATIVE_COMMONS.get(spdx, f"https://spdx.org/licenses/{spdx}.html")
