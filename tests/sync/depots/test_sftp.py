"""SFTP: the contract on a real OpenSSH server, and whom it is allowed to be."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from inspector.base.errors import MingchaError
from inspector.sync import names
from inspector.sync.depots import marker
from inspector.sync.depots.access import Access
from inspector.sync.depots.opening import open_depot
from inspector.sync.depots.protocol import Depot, DepotError
from inspector.sync.invalid import InvalidObject
from tests.support import servers
from tests.sync.depots.contract import LOG, MOST, ONE, SPACE, Contract, name_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from inspector.base.ids import Entropy
    from tests.support.servers import Ssh

pytestmark = pytest.mark.skipif(
    not servers.can_serve_sftp(), reason="no OpenSSH server is installed here"
)


@pytest.fixture(scope="module")
def ssh(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ssh]:
    with servers.sftp(tmp_path_factory.mktemp("ssh")) as found:
        yield found


def address(ssh: Ssh, folder: str = "") -> str:
    return f"sftp://{ssh.user}@127.0.0.1:{ssh.port}{ssh.folder}{folder}"


def access(ssh: Ssh) -> Access:
    return Access(key_file=str(ssh.key_file), host_key=ssh.host_key)


@pytest.fixture
def place(ssh: Ssh, tmp_path: Path) -> str:
    (ssh.folder / tmp_path.name).mkdir()
    return f"/{tmp_path.name}"


@pytest.fixture
def depot(ssh: Ssh, place: str, entropy: Entropy, loopback: str) -> Iterator[Depot]:
    made = open_depot(address(ssh, place), access(ssh))
    marker.init(made, entropy)
    yield made
    made.close()


class TestSftp(Contract):
    """The contract on OpenSSH."""


def code(call: Callable[[], object]) -> str:
    with pytest.raises(MingchaError) as caught:
        call()
    return caught.value.code


def test_an_unknown_server_is_shown_and_nothing_is_sent(ssh: Ssh, loopback: str):
    with pytest.raises(MingchaError) as caught:
        open_depot(address(ssh), replace(access(ssh), host_key=""))
    assert caught.value.code == "depot_host_unknown"
    assert caught.value.fields["fingerprint"] == ssh.host_key


@pytest.mark.parametrize("kind", ["ed25519", "ecdsa", "rsa"])
def test_another_key_than_confirmed_is_refused(ssh: Ssh, loopback: str, tmp_path: Path, kind: str):
    other = servers.new_key(tmp_path / "other", kind)
    changed = replace(access(ssh), host_key=other)
    assert code(lambda: open_depot(address(ssh), changed)) == "depot_host_changed"


def test_a_server_with_an_rsa_key_is_known_again(tmp_path: Path, loopback: str, entropy: Entropy):
    with servers.sftp(tmp_path, kind="rsa") as ssh:
        depot = open_depot(address(ssh), access(ssh))
        made = marker.init(depot, entropy)
        depot.close()
        assert f'"{made.depot}"' in (ssh.folder / names.MARKER).read_text(encoding="utf-8")


def test_a_key_that_is_not_let_in_is_told(ssh: Ssh, loopback: str, tmp_path: Path):
    servers.new_key(tmp_path / "stranger")
    wrong = replace(access(ssh), key_file=str(tmp_path / "stranger"))
    assert code(lambda: open_depot(address(ssh), wrong)) == "depot_denied"
    assert code(lambda: open_depot(address(ssh), replace(wrong, key_file="", password="x"))) in (
        "depot_denied",
    )


def test_a_file_that_is_no_key_is_told(ssh: Ssh, loopback: str, tmp_path: Path):
    (tmp_path / "no-key").write_text("nothing", encoding="ascii")
    for path in (tmp_path / "no-key", tmp_path / "missing"):
        wrong = replace(access(ssh), key_file=str(path))
        assert code(lambda wrong=wrong: open_depot(address(ssh), wrong)).startswith("depot_")


def test_nobody_listening_is_away(ssh: Ssh, loopback: str):
    nobody = f"sftp://a@127.0.0.1:{servers.free_port()}/x"
    assert code(lambda: open_depot(nobody, access(ssh))) == "depot_away"


def test_a_server_that_goes_away_is_told(tmp_path: Path, loopback: str, entropy: Entropy):
    with servers.sftp(tmp_path) as ssh:
        depot = open_depot(address(ssh), access(ssh))
        marker.init(depot, entropy)
        depot._transport.sock.close()
        assert code(lambda: depot.write(name_of(ONE), ONE)) == "depot_away"
        depot.close()


def test_a_folder_that_lost_its_marker_is_away(depot: Depot, ssh: Ssh, place: str):
    (ssh.folder / place[1:] / names.MARKER).unlink()
    for call in (
        lambda: depot.read(name_of(ONE), MOST),
        lambda: depot.write(name_of(ONE), ONE),
        lambda: list(depot.entries("sp/x")),
        lambda: depot.remove(name_of(ONE)),
    ):
        with pytest.raises(DepotError) as caught:
            call()
        assert caught.value.trouble == "away"
    assert list((ssh.folder / place[1:]).iterdir()) == []


def test_what_is_no_file_is_refused_at_once(depot: Depot, ssh: Ssh, place: str):
    depot.write(name_of(ONE), ONE)
    path = ssh.folder / place[1:] / name_of(ONE)
    for make in (lambda: os.mkfifo(path), lambda: path.symlink_to("/etc/passwd")):
        path.unlink()
        make()
        with pytest.raises(InvalidObject):
            depot.read(name_of(ONE), MOST)
        assert list(depot.entries(names.segment_folder(SPACE, LOG))) == []


def test_a_folder_below_the_users_own_may_be_named(ssh: Ssh, loopback: str):
    depot = open_depot(f"sftp://{ssh.user}@127.0.0.1:{ssh.port}/~/", access(ssh))
    assert depot._root == "."
    depot.close()
