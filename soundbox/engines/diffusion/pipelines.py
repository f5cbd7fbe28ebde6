"""How each pipeline of diffusers is loaded and called. All of them make sounds of one length at a time."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol

import diffusers
import torch
from torch import Tensor

from soundbox.engines.diffusion.asked import song_of
from soundbox.engines.joint import start_of
from soundbox.engines.protocol import EngineError, Samples, SoundRequest

Step = Callable[[int], None]  # told how many steps are done

_SPARES_MEMORY = find_spec("accelerate") is not None  # diffusers warns where it cannot


class Pipeline(Protocol):
    """`steps`: of denoising, the same for every sound."""

    steps: int

    def likeness(self, request: SoundRequest) -> Hashable:
        """Requests of equal likeness may be made together without hearing each other. Raises `EngineError`."""
        ...

    def make(self, requests: Sequence[SoundRequest], frames: int, step: Step) -> Tensor:
        """Shape (requests, channels, at least `frames`). What comes from a sound comes alone; a start that is heard
        comes out only like it was."""
        ...


class AceStep:
    def __init__(self, pipeline: Any) -> None:
        self._pipeline = pipeline
        self._rate: int = pipeline.sample_rate
        self.steps = 8 if pipeline.is_turbo else 50
        pipeline.vae.enable_tiling()  # minutes of sound at once would not fit

    def likeness(self, request: SoundRequest) -> Hashable:
        """Its texts are padded to the longest without a mask, so that only equal ones stay as they are."""
        return request.prompt, song_of(request.parameters)

    def make(self, requests: Sequence[SoundRequest], frames: int, step: Step) -> Tensor:
        first = requests[0]
        song, start = song_of(first.parameters), start_of(first)
        if first.relation:
            torch.manual_seed(first.seed)  # what it hears, it hears with a little of torch's own chance
        made: Tensor = self._pipeline(
            prompt=[request.prompt for request in requests],
            lyrics=[song.lyrics] * len(requests),
            vocal_language=[song.language] * len(requests),
            bpm=song.tempo,
            keyscale=song.key,
            audio_duration=frames / self._rate,
            num_inference_steps=self.steps,
            guidance_scale=1.0 if self._pipeline.is_turbo else 7.0,
            generator=_generators(requests),
            callback_on_step_end=_told(step),
            reference_audio=None if first.reference_audio is None else torch.from_numpy(first.reference_audio),
            **({} if start is None else self._behind(start, frames)),
        ).audios
        return made if start is None else self._decoded(made)

    def _behind(self, start: Samples, frames: int) -> dict[str, Any]:
        """What it is told to paint all that comes after `start` anew. Decoded by the pipeline it would be brought to a
        level that is not that of `start`."""
        return {
            "task_type": "repaint",
            "src_audio": _with_room(start, frames, self._pipeline.vae.hop_length),
            "repainting_start": start.shape[1] / self._rate,
            "output_type": "latent",
        }

    @torch.no_grad()
    def _decoded(self, latents: Tensor) -> Tensor:
        decoded: Tensor = self._pipeline.vae.decode(latents.transpose(1, 2)).sample
        return decoded


class StableAudio:
    def __init__(self, pipeline: Any) -> None:
        self._pipeline = pipeline
        self._rate: int = pipeline.vae.config.sampling_rate
        self.steps = 8 if pipeline.scheduler.config.stochastic_sampling else 100
        self._guidance = 1.0 if pipeline.scheduler.config.stochastic_sampling else 7.0
        going_on: Any = diffusers.StableAudio3InpaintPipeline
        self._going_on = going_on(**pipeline.components)  # the same parts in memory
        self._going_on.set_progress_bar_config(disable=True)

    def likeness(self, request: SoundRequest) -> Hashable:  # noqa: ARG002 - its texts are masked
        return None

    def make(self, requests: Sequence[SoundRequest], frames: int, step: Step) -> Tensor:
        start = start_of(requests[0])
        own = {"guidance_scale": self._guidance} if start is None else self._behind(start, frames)
        pipeline = self._pipeline if start is None else self._going_on
        made: Tensor = pipeline(
            prompt=[request.prompt for request in requests],
            duration=(frames + 0.5) / self._rate,  # it rounds down
            num_inference_steps=self.steps,
            generator=_generators(requests),
            callback_on_step_end=_told(step),
            **own,
        ).audios
        return made

    def _behind(self, start: Samples, frames: int) -> dict[str, Any]:
        """What it is told to fill all that comes after `start`."""
        hop = self._pipeline.vae.downsampling_ratio
        return {
            "audio": _with_room(start, frames, hop)[None],
            "mask_start_seconds": start.shape[1] / self._rate,
            "mask_end_seconds": (frames + 2 * hop) / self._rate,
        }


_BY_CLASS: dict[str, Callable[[Any], Pipeline]] = {
    "AceStepPipeline": AceStep,
    "StableAudio3Pipeline": StableAudio,
}


def loaded(folder: Path, name: str, device: torch.device, dtype: torch.dtype) -> Pipeline:
    """`name`: of the class. Reads safetensors alone. Raises `EngineError` for a folder that cannot be read."""
    try:
        pipeline = getattr(diffusers, name).from_pretrained(
            folder, local_files_only=True, use_safetensors=True, dtype=dtype, low_cpu_mem_usage=_SPARES_MEMORY
        )
    except (OSError, ValueError) as error:
        raise EngineError(f"The weights in {folder.name} cannot be read: {error}") from error
    pipeline.set_progress_bar_config(disable=True)
    return _BY_CLASS[name](pipeline.to(device))


def _with_room(start: Samples, frames: int, hop: int) -> Tensor:
    """(channels, sample): `start`, and silence up to `frames` in whole steps of `hop`."""
    room = -(-frames // hop) * hop - start.shape[1]
    return torch.nn.functional.pad(torch.from_numpy(start), (0, room))


def _generators(requests: Sequence[SoundRequest]) -> list[torch.Generator]:
    """On the processor wherever the model runs, so that a seed means the same everywhere."""
    return [torch.Generator().manual_seed(request.seed) for request in requests]


def _told(step: Step) -> Callable[..., dict[str, Any]]:
    def callback(_pipeline: Any, index: int, _time: Any, tensors: dict[str, Any]) -> dict[str, Any]:
        step(index + 1)
        return tensors

    return callback
