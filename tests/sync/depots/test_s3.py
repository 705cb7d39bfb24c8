"""Object storage: the contract on a very small server of our own that checks signatures.

Real servers are tried by `make test-servers` (`test_real_s3.py`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from inspector.sync import names
from inspector.sync.depots import marker
from inspector.sync.depots.access import Access
from inspector.sync.depots.opening import open_depot
from inspector.sync.depots.protocol import Depot, DepotError
from tests.support import servers, tiny_s3
from tests.support.tiny_s3 import BUCKET, KEY_ID, SECRET, TinyS3
from tests.sync.depots.contract import MOST, ONE, Contract, name_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from inspector.base.ids import Entropy

ACCESS = Access(KEY_ID, SECRET)


@pytest.fixture(scope="module")
def serving() -> Iterator[tuple[TinyS3, int]]:
    made = TinyS3()
    with servers.cheroot(made) as port:
        yield made, port


@pytest.fixture
def server(serving: tuple[TinyS3, int]) -> TinyS3:
    made, _ = serving
    made.objects, made.bucket = {}, BUCKET
    return made


@pytest.fixture
def address(server: TinyS3, serving: tuple[TinyS3, int]) -> str:
    _, port = serving
    return f"s3://{BUCKET}/team/one?endpoint=http://127.0.0.1:{port}&region=cn-north-1"


@pytest.fixture
def depot(address: str, entropy: Entropy) -> Depot:
    made = open_depot(address, ACCESS)
    marker.init(made, entropy)
    return made


class TestTinyS3(Contract):
    """The contract on our own small server."""


def failed(call: Callable[[], object]) -> str:
    with pytest.raises(DepotError) as caught:
        call()
    assert SECRET not in str(caught.value)
    return caught.value.trouble


def test_objects_lie_below_the_prefix(depot: Depot, server: TinyS3):
    depot.write(name_of(ONE), ONE)
    assert server.objects[f"team/one/{name_of(ONE)}"] == ONE


@pytest.mark.parametrize("access", [Access(KEY_ID, "wrong"), Access("other", SECRET), Access()])
def test_a_wrong_key_is_told(address: str, access: Access):
    assert failed(lambda: marker.init(open_depot(address, access), bytes)) == "denied"


def test_a_bucket_that_is_not_there_is_away(address: str, server: TinyS3):
    depot = open_depot(address, ACCESS)
    server.bucket = "another"
    assert failed(lambda: depot.write(names.MARKER, b"x")) == "away"
    assert failed(lambda: list(depot.entries("", below=True))) == "away"
    assert failed(lambda: depot.read(name_of(ONE), MOST)) == "away"


def test_a_bucket_that_lost_its_marker_is_away(depot: Depot, server: TinyS3):
    server.objects.clear()
    assert failed(lambda: depot.read(name_of(ONE), MOST)) == "away"
    assert failed(lambda: list(depot.entries("sp", below=True))) == "away"


def test_nobody_listening_is_away(loopback: str):
    depot = open_depot(f"s3://{BUCKET}?endpoint=http://127.0.0.1:{servers.free_port()}", ACCESS)
    assert failed(lambda: depot.read(names.MARKER, 99)) == "away"


def test_a_server_that_keeps_something_else_is_found_out(depot: Depot, server: TinyS3):
    class Forgetful(dict[str, bytes]):
        def __setitem__(self, key: str, value: bytes) -> None:
            super().__setitem__(key, value[:-1])

    server.objects = Forgetful(server.objects)
    assert failed(lambda: depot.write(name_of(ONE), ONE)) == "broken"
    large = bytes(2 << 20)
    assert failed(lambda: depot.write(name_of(large), large)) == "broken"


def test_the_small_server_refuses_what_is_not_signed(address: str, server: TinyS3, loopback: str):
    """Else the tests above would show nothing about signatures."""
    import httpx

    url = address.partition("endpoint=")[2].partition("&")[0]
    for headers in ({}, {"Authorization": f"AWS4-HMAC-SHA256 Credential={KEY_ID}"}):
        answer = httpx.put(f"{url}/{BUCKET}/x", content=b"x", headers=headers)
        assert answer.status_code == 403
    assert server.objects == {}
    assert tiny_s3.PAGE < 40


def test_a_folder_that_was_emptied_is_no_object(depot: Depot, server: TinyS3):
    """Some servers list it as an object without bytes."""
    depot.write(name_of(ONE), ONE)
    server.objects["team/one/sp/emptied/s/aaaa"] = b""
    assert [each.name for each in depot.entries("sp", below=True)] == [name_of(ONE)]
