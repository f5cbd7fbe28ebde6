"""What the GPU does, as NVIDIA's management library tells. It is asked here, where the site runs."""

from __future__ import annotations

import os
from functools import lru_cache
from typing import Any

from pydantic import BaseModel

_GIGABYTE = 10**9


class Gpu(BaseModel):
    name: str
    available: bool
    busy: bool
    memory_used_gb: float
    memory_total_gb: float
    memory_percent: float


NO_GPU = Gpu(name="none", available=False, busy=False, memory_used_gb=0.0, memory_total_gb=0.0, memory_percent=0.0)


def read_gpu(device: str) -> Gpu:
    """The one that `device` (cuda, cuda:1) stands for; `NO_GPU` where there is none or nobody can tell."""
    kind, _, number = device.partition(":")
    nvml = _library() if kind == "cuda" else None
    if nvml is None:
        return NO_GPU
    try:
        gpu = _handle(nvml, int(number or 0))
        memory = nvml.nvmlDeviceGetMemoryInfo(gpu)
        return Gpu(
            name=nvml.nvmlDeviceGetName(gpu),
            available=True,
            busy=_is_busy(nvml, gpu),
            memory_used_gb=round(memory.used / _GIGABYTE, 2),
            memory_total_gb=round(memory.total / _GIGABYTE, 2),
            memory_percent=round(100 * memory.used / memory.total, 1),
        )
    except nvml.NVMLError:
        return NO_GPU


@lru_cache(maxsize=1)
def _library() -> Any:
    """Opened once in each process; None where it is not installed, or there is no driver."""
    try:
        import pynvml
    except ImportError:
        return None
    try:
        pynvml.nvmlInit()
    except pynvml.NVMLError:
        return None
    return pynvml


def _handle(nvml: Any, number: int) -> Any:
    """CUDA counts only those that it is shown, the management library counts all."""
    shown = os.environ.get("CUDA_VISIBLE_DEVICES")
    if not shown:
        return nvml.nvmlDeviceGetHandleByIndex(number)
    names = [name.strip() for name in shown.split(",")]
    name = names[number] if number < len(names) else ""
    return nvml.nvmlDeviceGetHandleByIndex(int(name)) if name.isdigit() else nvml.nvmlDeviceGetHandleByUUID(name)


def _is_busy(nvml: Any, gpu: Any) -> bool:
    try:
        return bool(nvml.nvmlDeviceGetUtilizationRates(gpu).gpu)
    except nvml.NVMLError_NotSupported:  # by slices of a GPU
        return False
