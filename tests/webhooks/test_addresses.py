"""Where webhooks are sent, and where never: not by number, not by name, not by a name that changes its mind."""

from __future__ import annotations

import socket
import threading

import pytest

from soundbox.webhooks.addresses import Forbidden, Place
from soundbox.webhooks.posting import Unanswered, post
from tests.webhooks.receiver import receiving

INSIDE = [
    "127.0.0.1", "127.8.8.8", f"{0}.0.0.0", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1",
    "169.254.169.254",
    "169.254.170.2", "100.64.0.1", "100.100.100.200", "192.0.0.192", "168.63.129.16", "192.0.2.1", "198.18.0.1",
    "198.51.100.7", "203.0.113.9", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255", "192.88.99.1",
    "::", "::1", "::ffff:127.0.0.1", "::ffff:169.254.169.254", "::ffff:8.8.8.8", "::127.0.0.1", "64:ff9b::7f00:1",
    "64:ff9b:1::a00:1", "2002:7f00:1::", "2002:a9fe:a9fe::1", "2001:0:4136:e378:8000:63bf:3fff:fdd2", "fe80::1",
    "fec0::1", "fc00::1", "fd00:ec2::254", "ff02::1", "2001:db8::1", "100::1", "4000::1", "3fff::1",
]  # fmt: skip
OUTSIDE = ["93.184.215.14", "8.8.8.8", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"]
ODD_NAMES = ["localhost", "localhost.", "127.1", "0x7f.0.0.1", "0177.0.0.1", "2130706433", "ip6-localhost", "0"]
BAD_URLS = [
    "", "example.com", "//example.com/", "ftp://example.com/", "file:///etc/passwd", "gopher://example.com/",
    "javascript:alert(1)", "http://", "http:///path", "https://user@example.com/", "https://user:pass@example.com/",
    "https://@example.com/", "https://example.com/#part", "https://example.com:99999/", "https://example.com:x/",
    "https://example.com:25/", "https://example.com:22/", "http://example.com:6379/\r\nSLAVEOF",
    "https://exa mple.com/",
    "https://example.com\\@127.0.0.1/", "https://ex\u00e4mple.com/", "https://example.com/\x00", "https://[::1",
    "https://[::1]x/",
    f"https://example.com/{'x' * 500}",
]  # fmt: skip


def bracketed(address: str) -> str:
    return f"[{address}]" if ":" in address else address


def resolving_to(*addresses: str):
    """A resolver that gives these, one call after the other."""
    calls = iter(addresses)

    def resolve(host, port, **_):
        address = next(calls)
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        return [(family, socket.SOCK_STREAM, 6, "", (address, port))]

    return resolve


@pytest.mark.parametrize("url", BAD_URLS)
def test_what_is_no_address_of_a_web_server_is_refused(url: str) -> None:
    with pytest.raises(Forbidden):
        Place.of(url)


@pytest.mark.parametrize("address", INSIDE)
def test_no_number_leads_inside(address: str) -> None:
    with pytest.raises(Forbidden, match="not an address on the public internet"):
        Place.of(f"https://{bracketed(address)}/hook")


@pytest.mark.parametrize("address", INSIDE)
def test_no_name_leads_inside(address: str) -> None:
    with pytest.raises(Forbidden):
        Place.of("https://innocent.example/hook").reachable((), resolving_to(address))


@pytest.mark.parametrize("name", ODD_NAMES)
def test_no_other_way_to_write_this_machine_leads_to_it(name: str) -> None:
    with receiving() as receiver, pytest.raises((Forbidden, Unanswered)):
        port = receiver.host.partition(":")[2]
        post(Place.of(f"http://{name}:{port}/"), b"{}", {})
    assert receiver.got == []


@pytest.mark.parametrize("address", OUTSIDE)
def test_public_addresses_are_connected_to_as_they_were_checked(address: str) -> None:
    place = Place.of(f"https://{bracketed(address)}:8443/hook?a=b")
    assert (place.port, place.target) == (8443, "/hook?a=b")
    assert [found[1] for found in place.reachable((), resolving_to(address))] == [(address, 8443)]


def test_one_address_inside_among_several_is_enough_to_refuse() -> None:
    def both(host, port, **_):
        return [(socket.AF_INET, 1, 6, "", (address, port)) for address in ("8.8.8.8", "127.0.0.1")]

    with pytest.raises(Forbidden):
        Place.of("https://two.example/").reachable((), both)


def test_a_name_that_changes_its_mind_is_asked_once() -> None:
    """First a public address, then ours: whoever resolves a second time to connect is lured inside."""
    with receiving() as receiver:
        resolve, asked = resolving_to("192.0.2.1", "127.0.0.1"), []

        def counting(*arguments, **named):
            asked.append(arguments)
            return resolve(*arguments, **named)

        with pytest.raises(Forbidden):
            post(Place.of(f"http://rebinding.example:{receiver.host[10:]}/"), b"{}", {}, resolve=counting)
    assert len(asked) == 1 and receiver.got == []


def test_what_was_checked_is_what_is_connected_to(monkeypatch: pytest.MonkeyPatch) -> None:
    connected = []

    class Wire:
        def __init__(self, *_): ...
        def settimeout(self, _): ...
        def close(self): ...

        def connect(self, address):
            connected.append(address)
            raise ConnectionRefusedError(111, "Connection refused")

    monkeypatch.setattr("soundbox.webhooks.posting.socket.socket", Wire)
    with pytest.raises(Unanswered):
        post(Place.of("http://rebinding.example/"), b"{}", {}, resolve=resolving_to("8.8.8.8", "127.0.0.1"))
    assert connected == [("8.8.8.8", 80)]


def test_an_operator_may_name_hosts_inside() -> None:
    with receiving() as receiver:
        place = Place.of(receiver.url, {receiver.host})
        assert post(place, b"{}", {}, {receiver.host}) == 200
        with pytest.raises(Forbidden):
            Place.of(receiver.url, {"127.0.0.1:1"})
        headers, body = receiver.got[0]
    assert (headers["host"], body) == (receiver.host, b"{}")


def test_a_redirect_is_an_answer_and_no_way_in() -> None:
    with receiving() as receiver:
        receiver.answers = [302]
        assert post(Place.of(receiver.url, {receiver.host}), b"{}", {}, {receiver.host}) == 302
        assert len(receiver.got) == 1


@pytest.mark.parametrize("line", [b"SSH-2.0-OpenSSH\r\n", b"HTTP/1.1 abc\r\n", b"x" * 5000, b""])
def test_what_does_not_speak_http_is_not_read_to_its_end(line: bytes) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer() -> None:
            connection, _ = server.accept()
            with connection:
                connection.recv(4096)
                connection.sendall(line)

        thread = threading.Thread(target=answer)
        thread.start()
        host = f"127.0.0.1:{server.getsockname()[1]}"
        with pytest.raises(Unanswered):
            post(Place.of(f"http://{host}/", {host}), b"{}", {}, {host})
        thread.join()


def test_a_receiver_that_dawdles_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("soundbox.webhooks.posting.WHOLE_SECONDS", 0.2)
    with receiving() as receiver:
        receiver.hold.clear()
        with pytest.raises(Unanswered, match="in time"):
            post(Place.of(receiver.url, {receiver.host}), b"{}", {}, {receiver.host})
