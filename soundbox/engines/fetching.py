"""Weights from the Hugging Face hub into the folder of models: taken up again where it broke off, and checked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from soundbox.engines.checkpoints import CHECKPOINTS, Checkpoint, checkpoint_named
from soundbox.engines.models import WEIGHTS_INSTALL
from soundbox.engines.protocol import EngineError

UNFINISHED = ".unfinished"  # folder of what is still being fetched, beside the models
_REPOSITORY = re.compile(r"[\w.-]{1,96}/[\w.-]{1,96}")
_PICKLES = (".bin", ".ckpt", ".pickle", ".pkl", ".pt", ".pth", ".th")
_OTHER_FORMATS = (".gguf", ".h5", ".mlmodel", ".msgpack", ".onnx", ".ot", ".tflite")
_SAFE = ".safetensors"


def fetch(name: str, models: Path, endpoint: str | None = None) -> Path:
    """The folder in `models` that holds the checkpoint `name` now, and beside it what that needs.

    Raises `EngineError` in one sentence.

    `name`: of a checkpoint, of a model, or OWNER/NAME of any repository on the hub. `endpoint`: where that is; None:
    as `HF_ENDPOINT` says. `HF_TOKEN` is heard, too.
    """
    checkpoint = _checkpoint(name)
    if checkpoint.needs and not (models / checkpoint.needs).exists():
        fetch(checkpoint.needs, models, endpoint)
    folder, unfinished = models / checkpoint.name, models / UNFINISHED / checkpoint.name
    if folder.exists():
        raise EngineError(f"{folder} is here already; remove it first to fetch it again.")
    with _in_words(checkpoint.repository):
        _download(checkpoint.repository, unfinished, endpoint)
    return unfinished.rename(folder)


def _checkpoint(name: str) -> Checkpoint:
    if _REPOSITORY.fullmatch(name):
        return Checkpoint(name.partition("/")[2], name, model="", licence="")
    checkpoint = checkpoint_named(name)
    if checkpoint is None:
        known = ", ".join(each.name for each in CHECKPOINTS)
        raise EngineError(f'There are no weights called "{name[:60]}"; there are: {known}, or OWNER/NAME on the hub.')
    return checkpoint


def _download(repository: str, folder: Path, endpoint: str | None) -> None:
    from huggingface_hub import HfApi, hf_hub_url
    from huggingface_hub.hf_api import RepoFile

    hub = HfApi(endpoint)
    revision = hub.repo_info(repository).sha
    tree = hub.list_repo_tree(repository, recursive=True, revision=revision)
    sizes = {entry.path: entry.size for entry in tree if isinstance(entry, RepoFile)}
    for path in _wanted(list(sizes)):
        url = hf_hub_url(repository, path, revision=revision, endpoint=endpoint)
        _download_file(url, _place(folder, path), sizes[path])
    wrong = hub.verify_repo_checksums(repository, revision=revision, local_dir=folder).mismatches
    for mismatch in wrong:
        (folder / mismatch["path"]).unlink()
    if wrong:
        raise EngineError(f"{wrong[0]['path']} of {repository} came out wrong and was removed; run it again.")


def _download_file(url: str, target: Path, size: int) -> None:
    """The hub's own client begins each file anew after it was stopped; its transfer can go on behind a part."""
    from huggingface_hub.file_download import http_get
    from huggingface_hub.utils import build_hf_headers

    if target.exists():
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f"{target.name}.part")
    with part.open("ab") as file:
        http_get(url, file, resume_size=file.tell(), expected_size=size, headers=build_hf_headers())
    part.rename(target)


def _place(folder: Path, path: str) -> Path:
    if ".." in PurePosixPath(path).parts or PurePosixPath(path).is_absolute():
        raise EngineError(f"The hub named a file outside of its folder: {path[:60]}")
    return folder / path


def _wanted(paths: list[str]) -> list[str]:
    """No other program's formats, and no pickle beside safetensors: those run code when they are opened."""
    has_safe = any(path.endswith(_SAFE) for path in paths)
    unwanted = (*_OTHER_FORMATS, *_PICKLES) if has_safe else _OTHER_FORMATS
    return [path for path in paths if PurePosixPath(path).suffix not in unwanted]


@contextmanager
def _in_words(repository: str) -> Iterator[None]:
    try:
        from huggingface_hub import errors
    except ImportError:
        raise EngineError(f"Fetching needs huggingface_hub. {WEIGHTS_INSTALL}") from None
    try:
        yield
    except errors.GatedRepoError:
        raise EngineError(
            f"The owners of {repository} ask for your consent: accept their terms on its page on the hub, then run it"
            " again with your token in HF_TOKEN."
        ) from None
    except errors.RepositoryNotFoundError:
        raise EngineError(f"The hub has no model {repository}, or shows it only to those it knows.") from None
    except (errors.HTTPError, errors.LocalEntryNotFoundError, ConnectionError) as error:
        raise EngineError(
            f"The hub could not be reached ({type(error).__name__}); what was fetched is kept, so run it again later."
        ) from error
    except OSError as error:
        raise EngineError(f"{repository} could not be fetched: {error}") from error
