"""The GPU as NVIDIA's library tells of it: the library's own module, with a machine of two put behind its calls."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from types import SimpleNamespace

import pynvml
import pytest

from soundbox.status import gpu

NAMES = {0: "NVIDIA Small", 1: "NVIDIA Large", "GPU-large": "NVIDIA Large"}


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    gpu._library.cache_clear()
    yield
    gpu._library.cache_clear()


@pytest.fixture
def two_gpus(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CUDA_VISIBLE_DEVICES", raising=False)

    def put(name: str, call: Callable[..., object]) -> None:
        monkeypatch.setattr(pynvml, name, call)

    def handle(key: object) -> str:
        if key not in NAMES:
            raise pynvml.NVMLError(pynvml.NVML_ERROR_NOT_FOUND)
        return NAMES[key]

    put("nvmlInit", lambda: None)
    put("nvmlDeviceGetHandleByIndex", handle)
    put("nvmlDeviceGetHandleByUUID", handle)
    put("nvmlDeviceGetName", lambda name: name)
    put("nvmlDeviceGetMemoryInfo", lambda _: SimpleNamespace(used=30 * 10**9, total=120 * 10**9))
    put("nvmlDeviceGetUtilizationRates", lambda name: SimpleNamespace(gpu=97 if "Large" in name else 0))


def test_the_gpu_of_the_worker_is_told_in_real_figures(two_gpus: None) -> None:
    assert gpu.read_gpu("cuda:1") == gpu.Gpu(
        name="NVIDIA Large",
        available=True,
        busy=True,
        memory_used_gb=30.0,
        memory_total_gb=120.0,
        memory_percent=25.0,
    )
    assert not gpu.read_gpu("cuda").busy


@pytest.mark.parametrize(
    ("shown", "name"), [("1", "NVIDIA Large"), ("1,0", "NVIDIA Large"), ("GPU-large", "NVIDIA Large")]
)
def test_cuda_counts_what_it_is_shown(two_gpus: None, monkeypatch: pytest.MonkeyPatch, shown: str, name: str) -> None:
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", shown)

    assert gpu.read_gpu("cuda:0").name == name


def test_a_slice_of_a_gpu_tells_no_utilization(two_gpus: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: object) -> None:
        raise pynvml.NVMLError(pynvml.NVML_ERROR_NOT_SUPPORTED)

    monkeypatch.setattr(pynvml, "nvmlDeviceGetUtilizationRates", refuse)
    assert gpu.read_gpu("cuda").available and not gpu.read_gpu("cuda").busy


@pytest.mark.parametrize("device", ["cuda:7", "cpu"])
def test_one_that_is_not_there_is_none(two_gpus: None, device: str) -> None:
    assert gpu.read_gpu(device) == gpu.NO_GPU


def test_a_machine_without_a_driver_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise pynvml.NVMLError(pynvml.NVML_ERROR_LIBRARY_NOT_FOUND)

    monkeypatch.setattr(pynvml, "nvmlInit", refuse)
    assert gpu.read_gpu("cuda:0") == gpu.NO_GPU
