"""A small Stripe on loopback: it keeps what the real one keeps, asks for money on a page of its own, and signs events.

Requests are forms with names like `line_items[0][price]`; answers have the fields of API version 2026-10-28 that we
read, and every other one that the package needs to make objects of them.
"""

from __future__ import annotations

import json
import threading
import time
import urllib.request
from collections.abc import Callable
from copy import deepcopy
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from soundbox.payments.signature import sign
from tests.payments.fake_api import do, line, listed
from tests.payments.stripe_forms import nested

MONTH_SECONDS = 30 * 86_400
Thing = dict[str, Any]


class FakeStripe:
    """Things by id, in the order in which they were made; `events` are told by `deliver`, when a test wants it."""

    def __init__(self) -> None:
        self.secret, self.livemode, self.now = "whsec_fake", False, int(time.time())
        self.things: dict[str, Thing] = {}
        self.events: list[Thing] = []
        self.requests: list[tuple[str, str]] = []
        self.answers: dict[str, Thing] = {}  # by Idempotency-Key
        self.webhook: str | None = None  # where events go by themselves
        self.before_answer: Callable[[str, str], None] = lambda *_: None
        self.is_away = False
        self.lock = threading.RLock()
        self._count = 0
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self.address = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    # What people and banks do

    def pay(self, session_id: str, **differently: Any) -> Thing:
        """Somebody pays on the Checkout page. `differently`: what the session says instead of the truth."""
        with self.lock:
            session = self.things[session_id]
            session |= {"status": "complete", "payment_status": "paid", "url": None}
            if session["mode"] == "subscription":
                self._subscribe(session)
            else:
                session["payment_intent"] = self._paid_intent(session["amount_total"], session["currency"])
            session |= differently
            self.tell("checkout.session.completed", session)
            return session

    def expire(self, session_id: str) -> None:
        self.things[session_id] |= {"status": "expired", "url": None}
        self.tell("checkout.session.expired", self.things[session_id])

    def refund(self, payment_intent: str, cents: int, status: str = "succeeded") -> Thing:
        currency = self.things[payment_intent]["currency"]
        refund = self.make(
            "refund", "re", payment_intent=payment_intent, amount=cents, currency=currency, status=status
        )
        self.tell("refund.created", refund)
        return refund

    def dispute(self, payment_intent: str, cents: int) -> Thing:
        currency = self.things[payment_intent]["currency"]
        facts = {"payment_intent": payment_intent, "amount": cents, "currency": currency}
        dispute = self.make("dispute", "dp", status="needs_response", **facts)
        self.tell("charge.dispute.created", dispute)
        return dispute

    def close(self, dispute_id: str, status: str) -> None:
        self.things[dispute_id]["status"] = status
        self.tell("charge.dispute.closed", self.things[dispute_id])

    def renew(self, subscription_id: str, *, paid: bool = True) -> Thing:
        """A new month begins; Stripe moves the period on, whether it is paid or not."""
        subscription = self.things[subscription_id]
        item = subscription["items"]["data"][0]
        item["current_period_start"] = item["current_period_end"]
        item["current_period_end"] += MONTH_SECONDS
        subscription["status"] = "active" if paid else "past_due"
        invoice = self._invoice(subscription, [(item["price"]["unit_amount"], item["price"]["id"])], paid=paid)
        self.tell("customer.subscription.updated", subscription)
        return invoice

    def pay_late(self, invoice_id: str, subscription_id: str) -> None:
        """A card that failed works after all."""
        invoice = self.things[invoice_id]
        intent = self._paid_intent(invoice["amount_due"], invoice["currency"])
        invoice |= {"status": "paid", "amount_paid": invoice["amount_due"]}
        invoice["payments"] = listed([self._payment(invoice, intent)])
        self.things[subscription_id]["status"] = "active"
        self.tell("invoice.paid", invoice)
        self.tell("customer.subscription.updated", self.things[subscription_id])

    def change(self, subscription_id: str, price_id: str, part: float) -> Thing:
        """Another tier at once, with this part of the month left: the rest is given back, the new one is paid."""
        subscription, new = self.things[subscription_id], self.things[price_id]
        old = subscription["items"]["data"][0]["price"]
        subscription["items"]["data"][0]["price"] = new
        lines = [(-round(old["unit_amount"] * part), old["id"]), (round(new["unit_amount"] * part), new["id"])]
        invoice = self._invoice(subscription, lines, paid=True)
        self.tell("customer.subscription.updated", subscription)
        return invoice

    def cancel(self, subscription_id: str, *, at_once: bool = False) -> None:
        subscription = self.things[subscription_id]
        if at_once:
            subscription |= {"status": "canceled", "ended_at": self.now}
            self.tell("customer.subscription.deleted", subscription)
        else:
            subscription["cancel_at_period_end"] = True
            subscription["cancel_at"] = subscription["items"]["data"][0]["current_period_end"]
            self.tell("customer.subscription.updated", subscription)

    # What Stripe does by itself

    def tell(self, kind: str, thing: Thing) -> Thing:
        event = self.make("event", "evt", type=kind, data={"object": deepcopy(thing)})
        self.events.append(event)
        if self.webhook:
            threading.Thread(target=self._send, args=(event,), daemon=True).start()
        return event

    def signed(self, event: Thing, at: int, secret: str = "") -> tuple[bytes, dict[str, str]]:
        """The body and the headers with which it is delivered."""
        body = json.dumps(event, indent=2).encode()
        kind = {"Content-Type": "application/json; charset=utf-8", "User-Agent": "Stripe/1.0 (+https://stripe.com)"}
        return body, {**kind, "Stripe-Signature": sign(body, secret or self.secret, at)}

    def make(self, kind: str, prefix: str, **fields: Any) -> Thing:
        with self.lock:
            self._count += 1
            facts = {"object": kind, "livemode": self.livemode, "created": self.now, "metadata": {}}
            thing: Thing = {"id": f"{prefix}_{self._count:04}", **facts, **fields}
            self.things[thing["id"]] = thing
            return thing

    def of(self, kind: str) -> list[Thing]:
        return [thing for thing in self.things.values() if thing["object"] == kind]

    def _send(self, event: Thing) -> None:
        body, headers = self.signed(event, int(time.time()))
        urllib.request.urlopen(urllib.request.Request(self.webhook or "", body, headers), timeout=30).close()

    def _paid_intent(self, cents: int, currency: str) -> str:
        name: str = self.make("payment_intent", "pi", amount=cents, currency=currency)["id"]
        return name

    def _subscribe(self, session: Thing) -> None:
        price = self.things[session["line_items"][0]["price"]]
        session["customer"] = session["customer"] or self.make("customer", "cus")["id"]
        item = {"id": "si_1", "price": price, "current_period_start": self.now}
        item["current_period_end"] = self.now + MONTH_SECONDS
        subscription = self.make(
            "subscription",
            "sub",
            customer=session["customer"],
            status="active",
            items={"object": "list", "data": [item], "has_more": False, "url": "/v1/subscription_items"},
            cancel_at_period_end=False,
            cancel_at=None,
            ended_at=None,
        )
        subscription["metadata"] = session["subscription_data"]["metadata"]
        session["subscription"] = subscription["id"]
        session["invoice"] = self._invoice(subscription, [(price["unit_amount"], price["id"])], paid=True)["id"]

    def _invoice(self, subscription: Thing, lines: list[tuple[int, str]], *, paid: bool) -> Thing:
        cents, currency = sum(amount for amount, _ in lines), self.things[lines[0][1]]["currency"]
        invoice = self.make(
            "invoice",
            "in",
            customer=subscription["customer"],
            currency=currency,
            status="paid" if paid else "open",
            amount_due=cents,
            amount_paid=cents if paid else 0,
            payments=listed([]),
            parent={"type": "subscription_details", "subscription_details": {"subscription": subscription["id"]}},
            lines=listed([line(amount, price) for amount, price in lines]),
        )
        if paid:
            invoice["payments"] = listed([self._payment(invoice, self._paid_intent(cents, currency))])
        self.tell("invoice.paid" if paid else "invoice.payment_failed", invoice)
        return invoice

    def _payment(self, invoice: Thing, intent: str) -> Thing:
        payment = {"type": "payment_intent", "payment_intent": intent}
        return self.make("invoice_payment", "inpay", invoice=invoice["id"], status="paid", payment=payment)

    # What it answers

    def answer(self, method: str, path: str, query: Thing, key: str | None) -> tuple[int, Thing]:
        self.requests.append((method, path))
        if self.is_away:
            return 500, {"error": {"type": "api_error", "message": "away"}}
        with self.lock:
            if key and key in self.answers:
                return 200, self.answers[key]
            status, found = do(self, method, path.removeprefix("/v1/"), query)
            found = deepcopy(found)
            if key and status == 200:
                self.answers[key] = found
        self.before_answer(method, path)
        return status, found

    def page(self, path: str) -> str | None:
        session = self.things.get(path.rpartition("/")[2])
        if session is None:
            return None
        if path.startswith("/portal/"):
            return f"<h1>Billing portal</h1><a href='{escape(session['return_url'])}'>Back</a>"
        amount = f"{session['amount_total'] / 100:.2f} {session['currency']}"
        return (
            f"<h1>Pay {amount}</h1><form method=post><button>Pay</button></form>"
            f"<a href='{escape(session['cancel_url'])}'>Back to the shop</a>"
        )


def _handler(stripe: FakeStripe) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            url = urlsplit(self.path)
            if url.path.startswith("/v1/"):
                return self._api("GET", url.path, nested(parse_qsl(url.query)))
            if url.path == "/favicon.ico":
                return self._send(204, b"", "image/x-icon")
            page = stripe.page(url.path)
            return self._send(200 if page else 404, (page or "Not found").encode(), "text/html")

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
            if self.path.startswith("/v1/"):
                return self._api("POST", self.path, nested(parse_qsl(body, keep_blank_values=True)))
            session = stripe.pay(self.path.rpartition("/")[2])
            return self._send(303, b"", "text/html", Location=session["success_url"])

        def _api(self, method: str, path: str, query: Thing) -> None:
            status, found = stripe.answer(method, path, query, self.headers.get("Idempotency-Key"))
            self._send(status, json.dumps(found).encode(), "application/json")

        def _send(self, status: int, body: bytes, kind: str, **headers: str) -> None:
            self.send_response(status)
            for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            pass

    return Handler
