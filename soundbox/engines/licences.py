"""What weights may be used for, as the model card in their folder says, and what that means for their sounds."""

from __future__ import annotations

import re
from pathlib import Path

_CARD = "README.md"  # Hugging Face's model card: fields between two lines of dashes, text below them
_HEADER = re.compile(r"\A---\s*\n(.*?)\n---\s*$", re.DOTALL | re.MULTILINE)
_FIELD = re.compile(r"^(license|license_name):[ \t]*[\"']?([\w.+-]+)", re.MULTILINE)
_LONGEST_NAME = 40

_FOR_COMMERCE = ("Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC-BY-4.0", "CC-BY-SA-4.0", "CC0-1.0", "MIT")
_NOT_FOR_COMMERCE = ("CC-BY-NC-4.0", "CC-BY-NC-SA-4.0", "CC-BY-NC-ND-4.0")
_SPDX = {spdx.lower(): spdx for spdx in (*_FOR_COMMERCE, *_NOT_FOR_COMMERCE)}


_DEED = re.compile(r"creativecommons\.org/licenses/(by[a-z-]*)/(\d\.\d)")
_ZERO = re.compile(r"\bcc0\b|creativecommons\.org/publicdomain/zero", re.IGNORECASE)


def licence_of(folder: Path, otherwise: str) -> str:
    """SPDX id of the weights in `folder`; `otherwise` where the folder does not say."""
    fields = _fields(folder / _CARD)
    name = fields.get("license", "")
    if name == "other":
        name = fields.get("license_name", name)
    return named(name) if name else otherwise


def named(text: str) -> str:
    """SPDX id of a licence that people named in words, or by its address."""
    if deed := _DEED.search(text):
        text = f"cc-{deed[1]}-{deed[2]}"
    if _ZERO.search(text):
        return "CC0-1.0"
    name = re.sub(r"[^\w.+]+", "-", text).strip("-.")
    return _SPDX.get(name.lower(), f"LicenseRef-{name}")[:_LONGEST_NAME]


def allows_commerce(licence: str) -> bool:
    """Only what is known to; a licence that nobody here has read does not."""
    return licence in _FOR_COMMERCE


def of_sounds(weights: str, operators: str) -> tuple[str, bool]:
    """Licence of what weights under the licence `weights` make, and whether it may be used commercially.

    Where commerce is forbidden the weights decide, elsewhere `operators`, the licence that the operator chose.
    """
    if not allows_commerce(weights):
        return weights, False
    return operators, "-NC" not in operators


def _fields(card: Path) -> dict[str, str]:
    try:
        header = _HEADER.match(card.read_text(encoding="utf-8", errors="replace"))
    except OSError:
        return {}
    return dict(_FIELD.findall(header[1])) if header else {}
