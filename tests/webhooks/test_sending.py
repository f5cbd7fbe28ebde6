"""What is sent, when it is tried again, and that nothing is lost or said too early."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import signal
import subprocess
import sys

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from soundbox.extensions import db
from soundbox.jobs.claims import Claim
from soundbox.webhooks.models import PAUSES_MS, Delivery, Webhook
from soundbox.webhooks.sender import WebhookSender
from soundbox.webhooks.signing import headers_of
from tests.conftest import member
from tests.webhooks.receiver import Receiver

RAIN = {"prompt": "slow rain", "model": "audio", "duration": 2}
SENDING = """
import sys
from soundbox.extensions import db
from soundbox.webhooks.sender import WebhookSender
db.bind(sys.argv[1])
WebhookSender(db, sys.argv[2], {sys.argv[3]}, lambda: int(sys.argv[4])).step()
"""


def ask(client: FlaskClient) -> str:
    answer = client.post("/generate", json=RAIN)
    assert answer.status_code == 201
    return answer.json["job_id"]


def started() -> Claim:
    with db.money() as session:
        claim = Claim.take(session, "w1", {"audio": 1}, ())
    assert claim is not None
    return claim


def deliveries() -> list[Delivery]:
    with db.read() as session:
        return list(session.scalars(select(Delivery).order_by(Delivery.created_ms, Delivery.id)))


def finish(claim: Claim) -> None:
    with db.money() as session:
        assert claim.finish(session, engine="composer", took_ms=900)


def test_a_signature_is_that_of_the_specification() -> None:
    """The example of the Standard Webhooks specification's own libraries."""
    secret, body = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", b'{"test": 2432232314}'
    headers = headers_of(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, body)
    assert headers["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_whoever_has_a_webhook_is_told_when_their_job_is_ready(
    ada, listen, sender: WebhookSender, receiver: Receiver
) -> None:
    secret = listen(ada)["secret"]
    job_id = ask(ada)
    finish(started())
    assert sender.step() and not sender.step()
    ((headers, body),) = receiver.got
    message = json.loads(body)
    assert (message["type"], message["data"]["job_id"]) == ("job.completed", job_id)
    assert message["data"]["audio_url"] == f"/audio/{job_id}.wav" and message["timestamp"].endswith("Z")
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    key = base64.b64decode(secret.removeprefix("whsec_"))
    expected = base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()
    assert headers["webhook-signature"] == f"v1,{expected}"
    assert ada.get("/api/webhooks").json["webhooks"][0]["deliveries"][0]["status"] == 200


def test_a_job_that_fails_or_is_cancelled_is_told_too(ada, listen, sender: WebhookSender, receiver: Receiver) -> None:
    listen(ada)
    ask(ada)
    with db.money() as session:
        started_claim = Claim.take(session, "w1", {"audio": 1}, ())
    with db.money() as session:
        started_claim.fail(session, "The disk is full.")
    ada.delete(f"/job/{ask(ada)}")
    while sender.step():
        pass
    told = {json.loads(body)["type"]: json.loads(body)["data"]["error"] for _, body in receiver.got}
    assert told == {"job.failed": "The disk is full.", "job.cancelled": "Cancelled"}


def test_a_job_that_runs_again_has_not_ended(ada, listen) -> None:
    listen(ada)
    ask(ada)
    claim = started()
    with db.money() as session:
        claim.fail(session, "It hiccuped.", retry=True)
    assert deliveries() == []


def test_what_was_not_committed_is_never_said(ada, listen) -> None:
    listen(ada)
    ask(ada)
    claim = started()
    with db.money() as session:
        assert claim.finish(session, engine="composer", took_ms=900)
        assert session.scalar(select(Delivery.type)) == "job.completed"
        session.rollback()
    assert deliveries() == []


def test_nobody_hears_of_other_peoples_jobs(site, ada, listen) -> None:
    listen(ada)
    ask(member(site, "ben", "creator"))
    finish(started())
    assert deliveries() == []


def test_it_is_tried_again_with_growing_pauses_and_the_same_id(ada, listen, sender, receiver, time) -> None:
    listen(ada)
    ask(ada)
    finish(started())
    receiver.answers = [500, 503, 200]
    for pause_ms in PAUSES_MS[:2]:
        assert sender.step() and not sender.step()
        time.wait(0.8 * pause_ms / 1000)
        assert not sender.step()
        time.wait(0.4 * pause_ms / 1000)
    assert sender.step()
    time.wait(10**6)
    assert not sender.step()
    assert len(set(receiver.ids)) == 1 and len(receiver.ids) == 3
    stamps = [int(headers["webhook-timestamp"]) for headers, _ in receiver.got]
    assert stamps == sorted(set(stamps))
    assert (deliveries()[0].fate, deliveries()[0].attempts) == ("delivered", 3)


def test_after_three_days_it_is_given_up_and_its_owner_told(ada, listen, sender, receiver, time) -> None:
    listen(ada)
    ask(ada)
    finish(started())
    receiver.answers, began = [500], time.ms
    while sender.step():
        time.wait(1.2 * 86_400)
    assert len(receiver.got) == len(PAUSES_MS) + 1 == 10
    assert 3 * 86_400_000 <= sum(PAUSES_MS) <= time.ms - began
    webhook = ada.get("/api/webhooks").json["webhooks"][0]
    assert not webhook["on"] and "10 times" in webhook["off_because"]
    assert "Switched off." in ada.get("/settings/webhooks", headers={"Accept": "text/html"}).text
    ask(ada)
    finish(started())
    assert not sender.step()


def test_gone_for_good_means_at_once(ada, listen, sender, receiver) -> None:
    listen(ada)
    ask(ada), ask(ada)
    finish(started()), finish(started())
    receiver.answers = [410]
    assert sender.step() and not sender.step()
    assert [delivery.fate for delivery in deliveries()] == ["given up"] * 2


def test_a_redirect_is_a_failure(ada, listen, sender, receiver) -> None:
    listen(ada)
    ask(ada)
    finish(started())
    receiver.answers = [302]
    sender.step()
    assert (deliveries()[0].last_status, deliveries()[0].last_fault) == (302, "Redirects are not followed.")
    assert len(receiver.got) == 1


def test_a_name_that_moved_inside_meanwhile_is_not_followed(ada, listen, site, receiver, time) -> None:
    """The operator's list may change, as names do: what counts is the moment of sending."""
    listen(ada)
    ask(ada)
    finish(started())
    WebhookSender(db, site.config["SOUNDBOX"].secret_key(), (), time).step()
    assert receiver.got == [] and "not an address on the public internet" in deliveries()[0].last_fault


def test_a_test_is_sent_once(ada, listen, sender, receiver, time) -> None:
    webhook = listen(ada)
    receiver.answers = [500]
    assert ada.post(f"/api/webhooks/{webhook['id']}/test").status_code == 200
    sender.step()
    time.wait(10**6)
    assert not sender.step() and json.loads(receiver.got[0][1])["type"] == "webhook.test"
    assert ada.get("/api/webhooks").json["webhooks"][0]["on"]


def test_kill_minus_nine_in_the_middle_sends_it_again_under_the_same_id(
    ada, listen, site, sender, receiver, time
) -> None:
    listen(ada)
    ask(ada)
    finish(started())
    receiver.hold.clear()
    config = site.config["SOUNDBOX"]
    arguments = [config.database_url, config.secret_key(), receiver.host, str(time.ms)]
    process = subprocess.Popen([sys.executable, "-c", SENDING, *arguments])
    assert receiver.arrived.wait(30)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    receiver.hold.set()
    assert not sender.step()  # its lease still runs
    time.wait(61)
    assert sender.step() and not sender.step()
    assert len(receiver.ids) == 2 and len(set(receiver.ids)) == 1
    assert deliveries()[0].fate == "delivered"


def test_a_sender_that_froze_notes_nothing_over_another(ada, listen, sender, receiver, time) -> None:
    listen(ada)
    ask(ada)
    finish(started())
    with db.write() as session:
        frozen = Delivery.claim(session, time.ms)
    time.wait(61)
    assert sender.step()
    with db.write() as session:
        frozen.note(session, 500, "It answered 500.", time.ms)
    assert deliveries()[0].fate == "delivered"


def test_one_receiver_gets_one_message_at_a_time(ada, listen, sender) -> None:
    listen(ada)
    ask(ada), ask(ada)
    finish(started()), finish(started())
    assert sender._claim() is not None
    assert sender._claim() is None


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_messages_are_forgotten_after_a_month_and_never_before_they_are_settled(ada, listen, sender, time) -> None:
    listen(ada)
    ask(ada), ask(ada)
    finish(started()), finish(started())
    sender.step()
    with db.write() as session:
        Delivery.forget_old(session, time.ms + 31 * 86_400_000)
        assert [row.fate for row in session.scalars(select(Delivery))] == ["waiting"]
        session.delete(session.scalars(select(Webhook)).one())
        assert session.scalar(select(Delivery)) is None
