"""What is in a file that `torch.save` wrote, without torch and without reading a single weight."""

from __future__ import annotations

import pickle
import zipfile
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from typing import Any

from soundbox.engines.protocol import EngineError


def outline(path: Path) -> dict[str, Any]:
    """The dictionary in the file, where each tensor is only its shape, a tuple.

    Objects of other classes are refused, as by `torch.load(weights_only=True)`, so that reading runs nobody's code.
    Raises `EngineError`.
    """
    try:
        with zipfile.ZipFile(path) as file:
            name = next(name for name in file.namelist() if name.endswith("/data.pkl"))
            with file.open(name) as data:
                content = _Outline(data).load()
    except Exception as error:  # pickles break in any way
        raise EngineError(f"{path.name} cannot be read: {error or 'it is no file of torch 1.6 or newer'}") from None
    if not isinstance(content, dict):
        raise EngineError(f"{path.name} holds no checkpoint.")
    return content


class _Outline(pickle.Unpickler):
    def persistent_load(self, _: Any) -> None:
        """What lies in a tensor."""

    def find_class(self, module: str, name: str) -> Any:
        if module == "torch" and name.endswith("Storage"):
            return name
        try:
            return _KNOWN[module, name]
        except KeyError:
            raise pickle.UnpicklingError(
                f"it holds a {module}.{name}, not only weights and words; export it again with audiocraft.utils.export"
            ) from None


def _shape(_storage: None, _offset: int, size: tuple[int, ...], *_: object) -> tuple[int, ...]:
    return tuple(size)


def _itself(shape: tuple[int, ...], *_: object) -> tuple[int, ...]:
    return shape


_KNOWN: dict[tuple[str, str], Callable[..., Any]] = {
    ("collections", "OrderedDict"): OrderedDict,
    ("torch._utils", "_rebuild_tensor_v2"): _shape,
    ("torch._utils", "_rebuild_parameter"): _itself,
}
