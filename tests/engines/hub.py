"""A hub on this machine that speaks as much of Hugging Face's protocol as fetching needs, over real HTTP."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

REVISION = "0123456789abcdef0123456789abcdef01234567"
LARGE = ".safetensors", ".bin"  # kept beside Git, by their SHA-256


class Hub(ThreadingHTTPServer):
    """`stall_at`: after so many bytes of a large file it falls silent, until `go_on` is set."""

    daemon_threads = True

    def __init__(self, repositories: dict[str, dict[str, bytes]]) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        self.repositories = repositories
        self.gated: set[str] = set()
        self.claimed_hashes: dict[str, str] = {}
        self.stall_at: int | None = None
        self.has_stalled, self.go_on = threading.Event(), threading.Event()
        self.asked: list[tuple[str, str]] = []  # path of each download, and its Range

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def hash_of(self, path: str, content: bytes) -> str:
        return self.claimed_hashes.get(path, hashlib.sha256(content).hexdigest())


@contextmanager
def running_hub(repositories: dict[str, dict[str, bytes]]) -> Iterator[Hub]:
    hub = Hub(repositories)
    thread = threading.Thread(target=hub.serve_forever, daemon=True)
    thread.start()
    try:
        yield hub
    finally:
        hub.go_on.set()
        hub.shutdown()
        hub.server_close()


class _Answer(BaseHTTPRequestHandler):
    server: Hub
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        """Quiet."""

    def do_HEAD(self) -> None:
        self._answer(with_body=False)

    def do_GET(self) -> None:
        self._answer(with_body=True)

    def _answer(self, *, with_body: bool) -> None:
        path = self.path.partition("?")[0].strip("/")
        is_api = path.startswith("api/models/")
        owner, name, *rest = path.removeprefix("api/models/").split("/")
        repository = f"{owner}/{name}"
        if repository not in self.server.repositories:
            self._refuse(404, "RepoNotFound")
        elif is_api:
            self._json(self._tree(repository) if "tree" in rest else self._facts(repository))
        elif repository in self.server.gated:
            self._refuse(403, "GatedRepo")
        else:
            self._file(repository, "/".join(rest[2:]), with_body=with_body)

    def _facts(self, repository: str) -> object:
        files = self.server.repositories[repository]
        return {"id": repository, "sha": REVISION, "siblings": [{"rfilename": path} for path in files]}

    def _tree(self, repository: str) -> object:
        return [self._entry(path, content) for path, content in self.server.repositories[repository].items()]

    def _entry(self, path: str, content: bytes) -> dict[str, object]:
        blob = hashlib.sha1(b"blob %d\0" % len(content) + content).hexdigest()  # noqa: S324 - as Git does
        entry: dict[str, object] = {"type": "file", "path": path, "size": len(content), "oid": blob}
        if path.endswith(LARGE):
            entry["lfs"] = {"oid": self.server.hash_of(path, content), "size": len(content), "pointerSize": 130}
        return entry

    def _file(self, repository: str, path: str, *, with_body: bool) -> None:
        content = self.server.repositories[repository][path]
        asked = self.headers.get("Range", "")
        start = int(asked.removeprefix("bytes=").partition("-")[0]) if asked and with_body else 0
        self.send_response(206 if start else 200)
        self.send_header("ETag", f'"{self.server.hash_of(path, content)}"')
        self.send_header("X-Repo-Commit", REVISION)
        self.send_header("Accept-Ranges", "bytes")
        self.send_header("Content-Length", str(len(content) - start))
        if start:
            self.send_header("Content-Range", f"bytes {start}-{len(content) - 1}/{len(content)}")
        self.end_headers()
        if with_body:
            self.server.asked.append((path, asked))
            self._send(path, content[start:])

    def _send(self, path: str, content: bytes) -> None:
        stall_at = self.server.stall_at if path.endswith(LARGE) else None
        if stall_at is not None and not self.server.has_stalled.is_set():
            self.wfile.write(content[:stall_at])
            self.wfile.flush()
            self.server.has_stalled.set()
            self.server.go_on.wait()
            content = content[stall_at:]
        try:
            self.wfile.write(content)
        except ConnectionError:
            self.close_connection = True

    def _json(self, answer: object) -> None:
        body = json.dumps(answer).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _refuse(self, status: int, code: str) -> None:
        self.send_response(status)
        self.send_header("X-Error-Code", code)
        self.send_header("X-Error-Message", code)
        self.send_header("Content-Length", "0")
        self.end_headers()
