"""Copied folders, disks and databases: two copies never go on with one chain and one key."""

from __future__ import annotations

import contextlib
import json
import shutil
from typing import TYPE_CHECKING

import pytest

from inspector.base.paths import profile
from inspector.domain.entities import Unit
from inspector.operations.places import add_unit
from inspector.operations.upkeep import back_up, check, restore
from inspector.operations.workspaces import create_workspace, open_workspace
from inspector.storage.keyring import device_key
from tests.support.fixed import CountingEntropy, FixedClock

if TYPE_CHECKING:
    from pathlib import Path

    from inspector.operations.session import Session


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A workspace with a key, closed after something was entered."""
    with create_workspace(tmp_path / "a", FixedClock(), CountingEntropy("a")) as session:
        device_key(session.store)
        add_unit(session, Unit(id="", name="局"))
    return tmp_path / "a"


def opened(root: Path, seed: str = "b") -> Session:
    return open_workspace(root, FixedClock(), CountingEntropy(seed))


def chain_after_writing(root: Path, seed: str = "b") -> tuple[str, bytes, list[str]]:
    """Open, enter something; return the chain, its key and what was told."""
    with opened(root, seed) as session:
        add_unit(session, Unit(id="", name=seed))
        told = [each.code for each in session.notices]
        found = session.store.chain, device_key(session.store).public, told
        assert check(session).ok
    return found


def units(root: Path) -> list[str]:
    with opened(root) as session:
        return [each.name for each in session.store.select(Unit)]


def test_the_only_copy_goes_on_for_ever(root: Path) -> None:
    found = {chain_after_writing(root, str(turn))[0] for turn in range(4)}
    assert len(found) == 1
    assert units(root) == ["局", "0", "1", "2", "3"]


def test_without_a_key_nothing_is_kept_or_told(tmp_path: Path) -> None:
    with create_workspace(tmp_path / "a", FixedClock(), CountingEntropy("a")) as session:
        add_unit(session, Unit(id="", name="局"))
        chain = session.store.chain
    shutil.copytree(tmp_path / "a", tmp_path / "b")
    for name in ("a", "b"):
        with opened(tmp_path / name) as session:
            add_unit(session, Unit(id="", name="办"))
            assert session.store.chain == chain
            assert session.notices == []
    assert not profile().exists()


@pytest.mark.parametrize("first", ["a", "copy"])
def test_of_two_copies_one_goes_on_and_the_other_begins_anew(
    root: Path, tmp_path: Path, first: str
) -> None:
    shutil.copytree(root, tmp_path / "copy")
    second = "copy" if first == "a" else "a"
    one = chain_after_writing(tmp_path / first, "one")
    other = chain_after_writing(tmp_path / second, "other")
    assert one[2] == []
    assert other[2] == ["chain_begun_anew"]
    assert one[0] != other[0]
    assert one[1] != other[1]
    assert units(tmp_path / second) == ["局", "other"]
    # It is told once, and both go on with what they have.
    assert chain_after_writing(tmp_path / second, "x") == (*other[:2], [])
    assert chain_after_writing(tmp_path / first, "y") == one
    with opened(tmp_path / second) as session:
        assert json.loads(session.store.local("former_chains") or "") == [one[0]]


def test_two_copies_that_were_opened_before_either_wrote(root: Path, tmp_path: Path) -> None:
    shutil.copytree(root, tmp_path / "copy")
    with opened(root, "one") as one, opened(tmp_path / "copy", "two") as two:
        for session in (one, two):
            assert session.notices == []
            add_unit(session, Unit(id="", name="办"))
        assert one.store.chain != two.store.chain
        assert check(two).ok
    assert chain_after_writing(tmp_path / "copy", "z")[2] == ["chain_begun_anew"]


def test_a_copy_made_in_the_very_first_session_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with create_workspace(tmp_path / "a", FixedClock(), CountingEntropy("a")) as session:
        device_key(session.store)
        add_unit(session, Unit(id="", name="局"))
        chain = session.store.chain
        shutil.copytree(tmp_path / "a", tmp_path / "copy")
    with monkeypatch.context() as patch:
        # On a machine that was cloned, where another user has nothing in the profile.
        patch.setenv("MINGCHA_PROFILE", str(tmp_path / "other"))
        found = chain_after_writing(tmp_path / "copy", "c")
    assert found[0] != chain
    assert found[2] == ["chain_begun_anew"]
    assert chain_after_writing(tmp_path / "a", "d")[::2] == (chain, [])


def test_a_key_that_could_not_be_noted_gives_no_false_alarm(tmp_path: Path) -> None:
    with create_workspace(tmp_path / "a", FixedClock(), CountingEntropy("a")) as session:
        chain = session.store.chain
        with contextlib.suppress(RuntimeError), session.store.transaction():
            device_key(session.store)
            raise RuntimeError
    assert any(profile().rglob("*"))
    assert chain_after_writing(tmp_path / "a")[::2] == (chain, [])


def test_a_copy_from_long_ago_is_noticed(root: Path, tmp_path: Path) -> None:
    shutil.copytree(root, tmp_path / "copy")
    chain = {chain_after_writing(root, str(turn))[0] for turn in range(3)}
    assert chain_after_writing(tmp_path / "copy")[0] not in chain


def test_a_database_from_before_the_key_is_noticed(tmp_path: Path) -> None:
    with create_workspace(tmp_path / "a", FixedClock(), CountingEntropy("a")) as session:
        chain = session.store.chain
    shutil.copytree(tmp_path / "a", tmp_path / "copy")
    with opened(tmp_path / "a") as session:
        device_key(session.store)
    found = chain_after_writing(tmp_path / "copy", "c")
    assert found[0] != chain
    assert found[2] == ["chain_begun_anew"]


def test_another_user_or_computer_begins_anew(root: Path, tmp_path: Path) -> None:
    chain = chain_after_writing(root)[0]
    profile().rename(tmp_path / "elsewhere")
    assert chain_after_writing(root, "c")[2] == ["chain_begun_anew"]
    with opened(root) as session:
        store = session.store
        key = f"identity:{store.chain}"
        assert store.chain != chain
        state = json.loads(store.local(key) or "")
        store.set_local(key, json.dumps(state | {"machine": "0" * 32}))
        before = store.chain
    found = chain_after_writing(root, "d")
    assert found[0] != before
    assert found[2] == ["chain_begun_anew"]


def test_a_lost_key_begins_anew(root: Path) -> None:
    chain, key, _told = chain_after_writing(root)
    shutil.rmtree(root / "keys")
    found = chain_after_writing(root, "c")
    assert found[0] != chain
    assert found[1] != key
    assert found[2] == ["chain_begun_anew"]


def test_a_restored_backup_begins_anew(root: Path, tmp_path: Path) -> None:
    with opened(root) as session:
        back_up(session, tmp_path / "backup.db")
    chain = chain_after_writing(root)[0]
    restore(root, tmp_path / "backup.db", CountingEntropy("restore"))
    found = chain_after_writing(root, "c")
    assert found[0] != chain
    assert found[2] == ["chain_begun_anew"]
    assert units(root) == ["局", "b", "c"]


def test_an_end_between_database_and_profile_is_no_copy(root: Path) -> None:
    chain = chain_after_writing(root)[0]
    kept = (profile() / "chains" / chain).read_bytes()
    assert chain_after_writing(root, "c")[0] == chain
    (profile() / "chains" / chain).write_bytes(kept)
    assert chain_after_writing(root, "d") == (chain, chain_after_writing(root, "e")[1], [])


def test_a_profile_that_cannot_be_written_stops_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("x")
    monkeypatch.setenv("MINGCHA_PROFILE", str(tmp_path / "file"))
    with create_workspace(tmp_path / "a", FixedClock(), CountingEntropy("a")) as session:
        device_key(session.store)
        chain = session.store.chain
    for turn in range(3):
        found = chain_after_writing(tmp_path / "a", str(turn))
        assert (found[0], found[2]) == (chain, [])


def test_an_action_that_fails_renews_nothing(root: Path) -> None:
    with opened(root) as session:
        chain = session.store.chain
        kept = (profile() / "chains" / chain).read_bytes()
        with contextlib.suppress(ZeroDivisionError), session.store.transaction():
            add_unit(session, Unit(id="", name="办"))
            raise ZeroDivisionError
        assert (profile() / "chains" / chain).read_bytes() == kept
        add_unit(session, Unit(id="", name="办"))
        assert (profile() / "chains" / chain).read_bytes() != kept
    assert chain_after_writing(root, "c")[0] == chain
