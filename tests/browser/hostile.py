"""A public site in which every text that a person can write holds these words, and everything that shows them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.serving import make_server

from soundbox.accounts.models import ApiToken, User
from soundbox.accounts.sessions import BrowserSession
from soundbox.app import create_app
from soundbox.config import Config
from soundbox.extensions import Base, db, limiter
from soundbox.jobs.models import Job
from soundbox.payments.models import Order, StripeEvent
from soundbox.payments.shop import Item, Sort
from tests.making import make_track

Words = Callable[[int], str]  # for a text of at most so many characters
NO_PAGES = ("/api/", "/audio/", "/download/", "/spectrogram/", "/static/", "/feeds/", "/generate-spectrogram/")


class HostileSite:
    """ada, an admin, wrote all of it; `cookie` is her signed-in browser."""

    def __init__(self, folder: Path, words: Words) -> None:
        self.words = words
        instance = folder / "instance"
        instance.mkdir(parents=True)
        for noun in ("terms", "privacy"):
            text = f"# {words(80)}\n\n{words(2000)}\n\n- [{words(100)}]({words(100)})\n"
            (instance / f"{noun}.md").write_text(text.replace("*", "x"))  # which is Markdown, and may be
        self.app = create_app(
            Config.load(
                instance,
                mode="accounts",
                worker="none",
                operator_name=words(200),
                operator_contact=words(200),
                oidc_issuer="http://127.0.0.1:9",
                oidc_client_id="box",
                oidc_client_secret="secret",
                oidc_name=words(40),
            )
        )
        Base.metadata.create_all(db.engine)
        with db.write() as session:
            ada = User.add_member(session, "ada", "admin", is_admin=True)
            ben = User.add_member(session, "ben", "creator")
            self.cookie = BrowserSession.begin(session, ada, "127.0.0.1", words(300), coded=True)
            tokens = {person.name: ApiToken.issue(session, person) for person in (ada, ben)}
        self.clients = {name: self._client(token) for name, token in tokens.items() if name}
        self.known = self._written()

    def _client(self, token: str) -> FlaskClient:
        client = self.app.test_client()
        client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {token}"
        return client

    def _written(self) -> dict[str, str]:
        words, ada, ben = self.words, self.clients["ada"], self.clients["ben"]
        facts = {"title": words(120), "categories": ["ambient"], "recipe": {"style": words(60), words(40): words(60)}}
        track = make_track(self.app, "ada", words(500), **facts)
        other = make_track(self.app, "ben", words(500), title=words(120), parent_id=track, relation="vary")
        sent(ada, "PATCH", f"/api/library/{track}", title=words(120))
        sent(ben, "POST", f"/api/library/{track}/vote", vote=1, feedback_reasons=["catchy"], notes=words(1000))
        sent(ada, "POST", f"/api/library/{other}/vote", vote=-1, notes=words(1000))
        sent(ada, "POST", f"/api/favorites/{other}")
        ben.post(f"/api/library/{track}/suggest-tag", json={"category": words(64)})  # as good as it gets
        sent(ben, "POST", f"/api/tracks/{track}/report", reason="other", note=words(500))
        job = sent(ada, "POST", "/generate", prompt=words(500), title=words(120), model="audio", duration=2)["job_id"]
        failed = sent(ben, "POST", "/generate", prompt=words(500), title=words(120), model="audio", duration=2)[
            "job_id"
        ]
        with db.write() as session:
            self._fail(session, failed)
        playlist = sent(ada, "POST", "/api/playlists", name=words(100), description=words(1000), track=track)["id"]
        sent(ada, "PATCH", f"/api/playlists/{playlist}", visibility="public")
        texts = {"name": words(60), "description": words(200), "prompt_base": words(400), "tags": [words(24)]}
        preset = sent(ada, "POST", "/api/presets", **texts, shared=True)["slug"]
        sent(ada, "POST", "/api/searches", name=words(60), query=f"search={words(200).replace('&', '')}")
        sent(ada, "POST", "/api/tokens", label=words(64), scopes=["read"])
        sent(ada, "POST", "/api/webhooks", url=f"https://example.com/{''.join(words(200).split())}".replace("#", ""))
        sent(ben, "POST", "/api/log-error", message=words(500), stack=words(4000), url=words(500))
        sent(ada, "POST", "/admin/queue/halt", halt="paused", reason=words(150))
        person = self._person("ben")
        sent(ada, "POST", f"/admin/people/{person}/tier", tier="premium", reason=words(500))
        sent(ada, "POST", f"/admin/people/{person}/suspend", reason=words(500))
        return {
            "track_id": track,
            "file": f"{track}.wav",
            "job_id": job,
            "name": "ada",
            "model": "music",
            "kind": "music",
            "form": "atom",
            "order_id": self._order(),
            "slug": sent(ada, "POST", "/api/stations", name=words(60), description=words(500), prompt=words(500))[
                "slug"
            ],
            "segment": "unknown",
            "part": "unknown",
            "list_form": "m3u",
            "playlist_id": playlist,
            "preset": preset,
            "voice": "de",
            "person_id": person,
            "failed": failed,
        }

    def _fail(self, session: Any, job_id: str) -> None:
        job = session.get_one(Job, job_id)
        job.status, job.error, job.finished_ms = "failed", self.words(300), job.created_ms

    def _person(self, name: str) -> str:
        with db.read() as session:
            return session.scalars(select(User.public_id).where(User.name == name)).one()

    def _order(self) -> str:
        with db.write() as session:
            ada = session.scalars(select(User).where(User.name == "ada")).one()
            item = Item(Sort.pack, "small", "Small", 100, 500, "usd")
            order = Order.place(session, ada, item, livemode=False, key=None)
            order.refuse(self.words(300))
            StripeEvent.note_down(session, "evt_1", self.words(100), self.words(200), "mismatch", self.words(300))
            return order.id

    def paths(self) -> Iterator[str]:
        """Every route that answers a browser with a page; those below /api show the same ones."""
        adapter = self.app.url_map.bind("localhost")
        browser = self.app.test_client()
        browser.set_cookie("session_id", self.cookie)
        for rule in sorted(self.app.url_map.iter_rules(), key=str):
            if "GET" not in (rule.methods or ()) or rule.rule.startswith(NO_PAGES):
                continue
            lacking = set(rule.arguments) - set(self.known)
            assert not lacking, f"{rule.rule}: say in this file what stands for {lacking}"
            path = adapter.build(rule.endpoint, {name: self.known[name] for name in rule.arguments})
            if browser.get(path, headers={"Accept": "text/html"}).mimetype == "text/html":
                yield path
        yield f"/job/{self.known['failed']}"


def sent(client: FlaskClient, method: str, path: str, **body: Any) -> Any:
    answer = client.open(path, method=method, json=body, headers={"Accept": "application/json"})
    assert answer.status_code < 400, (path, answer.text)
    return answer.json


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """Its address, from this process."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    limiter.enabled = False
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:  # a fault found here is not to become one of the tests that follow
        limiter.enabled = True
        server.shutdown()
        thread.join()
