"""The key of a computer: made once for each chain, kept to its owner, missed when it is gone."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

import pyrage
import pytest

from inspector.base.errors import MingchaError
from inspector.base.paths import Workspace
from inspector.ledger import sshsig
from inspector.storage.keyring import device_key, key_is_gone
from inspector.storage.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.support.fixed import CountingEntropy, FixedClock


@pytest.fixture
def store(tmp_path: Path, clock: FixedClock, entropy: CountingEntropy) -> Iterator[Store]:
    made = Store.create(Workspace(tmp_path / "w"), clock, entropy)
    yield made
    made.close()


def key_file(store: Store) -> Path:
    (found,) = store.workspace.keys.iterdir()
    return found


def test_it_is_made_when_first_needed_and_stays(
    store: Store, clock: FixedClock, entropy: CountingEntropy
) -> None:
    assert not store.workspace.keys.exists()
    first = device_key(store)
    assert first.log == store.chain
    store.close()
    again = Store.open(store.workspace, clock, entropy)
    try:
        assert device_key(again).public == first.public
        assert device_key(again).recipient == first.recipient
    finally:
        again.close()


def test_what_it_signs_verifies(store: Store) -> None:
    key = device_key(store)
    text = sshsig.armored(key.public, sshsig.HEAD, b"x", key.sign)
    sshsig.verify(text, key.public, sshsig.HEAD, b"x")


def test_what_is_wrapped_for_it_is_opened_and_nothing_else(store: Store) -> None:
    key = device_key(store)
    mine = pyrage.encrypt(b"epoch", [pyrage.x25519.Recipient.from_str(key.recipient)])
    assert key.unwrap(mine) == b"epoch"
    other = pyrage.encrypt(b"epoch", [pyrage.x25519.Identity.generate().to_public()])
    for wrapped in (other, mine[:-1], b"", mine + bytes(20_000)):
        with pytest.raises(MingchaError) as refused:
            key.unwrap(wrapped)
        assert refused.value.code == "not_for_this_computer"


@pytest.mark.skipif(os.name != "posix", reason="modes of POSIX")
def test_only_its_owner_may_read_it(store: Store) -> None:
    device_key(store)
    assert stat.S_IMODE(store.workspace.keys.stat().st_mode) == 0o700
    assert stat.S_IMODE(key_file(store).stat().st_mode) == 0o600


def test_the_secret_shows_in_no_text_of_it(store: Store) -> None:
    key = device_key(store)
    shown = repr(key)
    assert key.log in shown
    assert "sign" not in shown
    assert "unwrap" not in shown


def test_another_chain_has_another_key(store: Store) -> None:
    first = device_key(store)
    store.set_local("log", "b" * 26)
    again = Store(store.workspace, store.db, store._lock, store.clock, store.entropy)
    assert device_key(again).public != first.public
    assert len(list(store.workspace.keys.iterdir())) == 2


@pytest.mark.parametrize("damage", ["gone", "empty", "cut", "other"])
def test_one_that_went_away_is_not_made_again_in_silence(store: Store, damage: str) -> None:
    device_key(store)
    assert not key_is_gone(store)
    path = key_file(store)
    whole = path.read_bytes()
    if damage == "gone":
        path.unlink()
    elif damage == "other":
        path.unlink()
        store.set_local(f"device_key:{store.chain}", "ab" * 32)
        path.write_bytes(whole)
    else:
        path.write_bytes(b"" if damage == "empty" else whole[:-9])
    with pytest.raises(MingchaError) as refused:
        device_key(store)
    assert refused.value.code == "device_key_gone"
    assert key_is_gone(store)
