"""WebDAV: the contract on a real server, and servers that fail."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import pytest

from inspector.base.errors import MingchaError
from inspector.sync import names
from inspector.sync.depots import marker
from inspector.sync.depots.access import Access
from inspector.sync.depots.opening import open_depot
from inspector.sync.depots.protocol import Depot, DepotError
from tests.support import servers
from tests.sync.depots.contract import LOG, MOST, ONE, SPACE, Contract, name_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from inspector.base.ids import Entropy
    from tests.support.servers import Serving

ACCESS = Access(servers.USER, servers.PASSWORD)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    with servers.webdav(tmp_path_factory.mktemp("served")) as found:
        yield found


@pytest.fixture
def serving(server: Serving, loopback: str) -> Serving:
    folder = server.folder / "交换 1"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    return server


def address(port: int) -> str:
    return f"webdav+http://127.0.0.1:{port}/交换 1/"


@pytest.fixture
def depot(serving: Serving, entropy: Entropy) -> Iterator[Depot]:
    made = open_depot(address(serving.port), ACCESS)
    marker.init(made, entropy)
    yield made
    made.close()


class TestWebdav(Contract):
    """The contract on WsgiDAV."""


def failed(call: Callable[[], object]) -> str:
    with pytest.raises(DepotError) as caught:
        call()
    assert servers.PASSWORD not in str(caught.value)
    return caught.value.trouble


def test_objects_lie_in_the_folder_as_they_are_named(depot: Depot, serving: Serving):
    depot.write(name_of(ONE), ONE)
    assert (serving.folder / "交换 1" / name_of(ONE)).read_bytes() == ONE
    assert list(serving.folder.rglob("*.part")) == []


def test_a_wrong_password_is_told(serving: Serving):
    depot = open_depot(address(serving.port), Access(servers.USER, "wrong"))
    assert failed(lambda: depot.read(names.MARKER, 99)) == "denied"
    depot.close()


def test_a_folder_that_lost_its_marker_is_away(depot: Depot, serving: Serving):
    depot.write(name_of(ONE), ONE)
    (serving.folder / "交换 1" / names.MARKER).unlink()
    assert failed(lambda: depot.read(name_of(b"x"), MOST)) == "away"
    assert failed(lambda: list(depot.entries("sp/x"))) == "away"
    assert failed(lambda: depot.write(names.index(SPACE, names.hash_of(b"x")), b"x")) == "away"


def test_a_folder_that_is_not_there_is_no_depot(serving: Serving, entropy: Entropy):
    depot = open_depot(f"webdav+http://127.0.0.1:{serving.port}/nowhere", ACCESS)
    with pytest.raises(MingchaError):
        marker.init(depot, entropy)
    assert not (serving.folder / "nowhere").exists()
    depot.close()


def test_nobody_listening_is_away(loopback: str):
    depot = open_depot(address(servers.free_port()), ACCESS)
    assert failed(lambda: depot.read(names.MARKER, 99)) == "away"
    depot.close()


@pytest.mark.parametrize(
    ("status", "trouble"),
    [
        ("507 Insufficient Storage", "full"),
        ("413 Too Large", "full"),
        ("403 Forbidden", "denied"),
        ("423 Locked", "denied"),
        ("503 Busy", "away"),
        ("418 Teapot", "broken"),
        ("301 Moved", "broken"),
    ],
)
def test_what_a_server_says_is_told_as_what_it_means(loopback: str, status: str, trouble: str):
    def app(environ: dict[str, Any], start: Any) -> list[bytes]:
        environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        start(status, [("Content-Length", "0"), ("Location", "http://elsewhere/")])
        return []

    with servers.cheroot(app) as port:
        depot = open_depot(address(port), ACCESS)
        assert failed(lambda: depot.write(name_of(ONE), ONE)) == trouble
        depot.close()


class Answering:
    """A server that acknowledges everything and answers every question with `body`."""

    def __init__(self, body: bytes) -> None:
        self.body = body

    def __call__(self, environ: dict[str, Any], start: Any) -> list[bytes]:
        environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        asked = environ["REQUEST_METHOD"] in ("GET", "PROPFIND")
        start("200 OK" if asked else "204 No Content", [])
        return [self.body] if asked else []


def test_a_server_that_acknowledges_what_it_did_not_keep_is_found_out(loopback: str):
    for kept in (b"", ONE[:-1], ONE + b"x", b"y" * len(ONE)):
        with servers.cheroot(Answering(kept)) as port:
            depot = open_depot(address(port), ACCESS)
            assert failed(lambda depot=depot: depot.write(name_of(ONE), ONE)) == "broken"
            depot.close()


def test_a_listing_that_is_none_is_refused(loopback: str):
    bomb = (
        b'<!DOCTYPE a [<!ENTITY x "' + b"x" * 1000 + b'">'
        + b"".join(b'<!ENTITY x%d "%s">' % (n + 1, b"&x%d;" % n * 50 if n else b"&x;" * 50)
                   for n in range(8))
        + b"]><a>&x8;</a>"
    )  # fmt: skip
    for body in (b"", b"<html>Log in first", b"\0" * 100, bomb):
        with servers.cheroot(Answering(body)) as port:
            depot = open_depot(address(port), ACCESS)
            assert failed(lambda depot=depot: list(depot.entries("sp"))) == "broken"
            depot.close()


def test_names_in_a_listing_cannot_lead_elsewhere(loopback: str):
    listed = "".join(
        f"<d:response><d:href>{href}</d:href><d:propstat><d:prop><d:resourcetype/>"
        "<d:getcontentlength>3</d:getcontentlength></d:prop></d:propstat></d:response>"
        for href in ("/x/sp/a/../../../etc", "/x/sp/%2e%2e%2fup", "/x/sp/Ü", "http://[/x/sp/b")[:3]
    )
    own = "<d:response><d:href>/x/sp/</d:href></d:response>"
    body = f'<d:multistatus xmlns:d="DAV:">{own}{listed}</d:multistatus>'.encode()
    with servers.cheroot(Answering(body)) as port:
        depot = open_depot(address(port), ACCESS)
        found = [entry.name for entry in depot.entries("sp")]
        depot.close()
    assert all(name.startswith("sp/") and ".." not in name for name in found)
    assert LOG not in found
