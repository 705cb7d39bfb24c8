"""What a workspace knows of its organisation, and how backups and restores keep it."""

from __future__ import annotations

import json
import sqlite3
import sys
from contextlib import closing, suppress
from typing import TYPE_CHECKING

import pytest

from inspector.base.errors import MingchaError
from inspector.base.ids import derived_id
from inspector.base.paths import Workspace
from inspector.base.progress import SILENT
from inspector.domain.entities import Remark
from inspector.ledger.epochs import commitment
from inspector.ledger.statements import Epoch, Member
from inspector.storage.backup import back_up, newest, restore
from inspector.storage.envelopes import wrap
from inspector.storage.keyring import device_key
from inspector.storage.membership import Envelope
from tests.support.fixed import CountingEntropy
from tests.support.records import edit, opened
from tests.support.statements import (
    ORG,
    RECOVERY,
    SPACE,
    administrator,
    chain,
    member,
    organisation,
    signer,
    stated,
)

if TYPE_CHECKING:
    from pathlib import Path

    from inspector.ledger.statements import Statement
    from inspector.storage.store import Store

A = signer("A")
KEY = bytes(range(32))
EPOCH = stated(Epoch(chain("epoch"), 1, commitment(KEY), ()), A)


def _membership_of(store: Store, *earlier: str) -> Statement:
    """Return the admission of the chain that this workspace writes."""
    body = Member("person-li", "李娜", "", store.chain, "ab" * 32, RECOVERY[0], "", earlier,
                  ("reporter",))  # fmt: skip
    return stated(body, A)


def _join(store: Store) -> None:
    with store.transaction():
        store.membership.add(
            [organisation(), administrator("A"), EPOCH, _membership_of(store, store.space)]
        )
        store.enter(ORG, SPACE)
        assert store.membership.keep_key(EPOCH.body.epoch, KEY)  # type: ignore[union-attr]
        store.membership.keep_envelope(Envelope(chain("epoch"), RECOVERY[0], b"wrapped"))


def _known(store: Store, *, elsewhere: bool = False) -> tuple[object, ...]:
    """Return what is known of the organisation; elsewhere: but for the keys, as in a backup."""
    found = store.membership
    return (
        found.org,
        store.space,
        found.earlier,
        [each.id for each in found.statements()],
        {} if elsewhere else found.epoch_keys(),
        found.envelopes(),
    )


def test_a_workspace_of_one_person_belongs_to_nobody(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        assert _known(store) == ("", store.space, (), [], {}, [])
        assert store.membership.roster().devices() == ()
        assert store.membership.spaces_of(store.chain) == {store.space}


def test_nothing_of_it_is_looked_at_while_one_person_records(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        store.commit([edit("remark", store.derived_id("remark", "x"), text="一")])
        assert "membership" not in vars(store)


def test_what_is_recorded_after_joining_stands_in_the_space_of_the_organisation(
    tmp_path: Path,
) -> None:
    with opened(tmp_path) as store:
        former = store.space
        store.commit([edit("remark", "before", text="一")])
        _join(store)
        store.commit([edit("remark", "after", text="二")])
        spaces = [json.loads(row.raw.split(b"\n")[0])["sp"] for row in store.log.rows()]
        assert spaces == [former, SPACE]
        assert store.membership.spaces_of(store.chain) == {former, SPACE}
        assert store.membership.spaces_of(chain("others")) == {SPACE}
    with opened(tmp_path) as store:
        assert (store.space, store.membership.earlier) == (SPACE, (former,))


def test_an_admission_that_fails_leaves_everything_as_it_was(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        before = _known(store)
        with suppress(RuntimeError), store.transaction():
            _join(store)
            raise RuntimeError
        assert _known(store) == before


def test_a_thing_recorded_before_keeps_its_id(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        hall = store.derived_id("hall", "H1")
        store.commit([edit("hall", hall, name="一")])
        _join(store)
        assert store.derived_id("hall", "H1") == hall
        assert store.derived_id("hall", "H2") == derived_id(SPACE, "hall", "H2")


def test_a_thing_that_another_laptop_recorded_before_it_joined_is_the_same_thing(
    tmp_path: Path,
) -> None:
    with opened(tmp_path) as store:
        _join(store)
        with store.transaction():
            store.membership.add([member("王强", A, "reporter", earlier=("space-of-wang",))])
        hall = derived_id("space-of-wang", "hall", "H1")
        assert store.derived_id("hall", "H1") == derived_id(SPACE, "hall", "H1")
        store.commit([edit("hall", hall, name="一")])
        assert store.derived_id("hall", "H1") == hall


def test_only_the_key_that_was_committed_to_is_kept(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        _join(store)
        with store.transaction():
            assert not store.membership.keep_key(chain("epoch"), bytes(32))
            assert not store.membership.keep_key(chain("no such epoch"), KEY)
        assert store.membership.epoch_keys() == {chain("epoch"): KEY}


def test_a_row_that_somebody_wrote_says_nothing_and_is_told(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        _join(store)
        good = store.membership.roster()
        with store.transaction():
            store.db.execute(
                "INSERT INTO organisation_statement VALUES('x', 'member', ?)", (b"{}\nnothing",)
            )
        assert store.membership.roster().devices() == good.devices()
        assert store.membership.damaged() == ["x"]


# -- backups --------------------------------------------------------------------------------


def _restored(root: Path, source: Path) -> None:
    done = restore(Workspace(root), source, CountingEntropy("new"), SILENT)
    assert done.problems == ()


def test_the_daily_backup_holds_the_organisation_and_no_secret_key(tmp_path: Path) -> None:
    with opened(tmp_path / "w") as store:
        store.commit([edit("remark", "r", text="一")])
        back_up(store.db, store.workspace)
        _join(store)
        known = _known(store, elsewhere=True)
        # Nothing was recorded since, but joining is worth a backup.
        back_up(store.db, store.workspace)
        source = newest(store.workspace)
    with closing(sqlite3.connect(source)) as db:
        tables = {name for (name,) in db.execute("SELECT name FROM sqlite_master")}
    assert {"organisation_statement", "epoch_key", "envelope", "op"} <= tables
    _restored(tmp_path / "new", source)
    with opened(tmp_path / "new") as store:
        assert _known(store) == known
        assert [each.id for each in store.select(Remark)] == ["r"]


@pytest.mark.parametrize("name", ["", "named.db"])
def test_no_backup_holds_the_key_of_an_epoch_and_the_computer_opens_it_again(
    tmp_path: Path, name: str
) -> None:
    root = tmp_path / "w"
    with opened(root) as store:
        _join(store)
        with store.transaction():
            [mine] = wrap(chain("epoch"), KEY, [device_key(store).recipient])
            store.membership.keep_envelope(mine)
            # Whoever visits a depot may lay something there that nobody can open.
            store.membership.keep_envelope(mine._replace(epoch=chain("other")))
        source = back_up(store.db, store.workspace, tmp_path / name if name else None)
        assert store.membership.epoch_keys() == {chain("epoch"): KEY}
    assert KEY not in source.read_bytes()
    store.workspace.database.unlink()
    _restored(root, source)
    with opened(root) as store:
        assert store.membership.epoch_keys() == {chain("epoch"): KEY}
    # On another machine the backup alone opens nothing.
    _restored(tmp_path / "elsewhere", source)
    with opened(tmp_path / "elsewhere") as store:
        assert store.membership.epoch_keys() == {}


def test_what_a_backup_leaves_out_never_was_on_its_medium(tmp_path: Path) -> None:
    """Old pages stay on a stick: the copy is wiped before it leaves."""
    stick, touched = tmp_path / "stick", []

    def heard(event: str, given: tuple[object, ...]) -> None:
        if event == "sqlite3.connect":
            touched.append(str(given[0]))

    with opened(tmp_path / "w") as store:
        _join(store)
        sys.addaudithook(heard)
        back_up(store.db, store.workspace, stick / "named.db")
        assert not store.workspace.root.joinpath("leaving.db").exists()
    assert touched
    assert not [path for path in touched if str(stick) in path]
    assert [each.name for each in stick.iterdir()] == ["named.db"]


def test_a_second_backup_is_not_made_for_nothing(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        _join(store)
        one = back_up(store.db, store.workspace)
        assert back_up(store.db, store.workspace) == one


def test_a_backup_from_before_joining_forgets_nothing_of_it(tmp_path: Path) -> None:
    with opened(tmp_path / "w") as store:
        store.commit([edit("remark", "before", text="一")])
        source = back_up(store.db, store.workspace, tmp_path / "before.db")
        _join(store)
        store.commit([edit("remark", "after", text="二")])
        known = _known(store)
    _restored(tmp_path / "w", source)
    with opened(tmp_path / "w") as store:
        assert _known(store) == known
        assert {each.id for each in store.select(Remark)} == {"before", "after"}
        assert store.membership.spaces_of(store.chain) == {SPACE}


def test_a_backup_from_after_joining_takes_up_a_file_from_before(tmp_path: Path) -> None:
    root = tmp_path / "w"
    with opened(root) as store:
        store.commit([edit("remark", "before", text="一")])
        old = back_up(store.db, store.workspace, tmp_path / "before.db")
        _join(store)
        store.commit([edit("remark", "after", text="二")])
        after = back_up(store.db, store.workspace, tmp_path / "after.db")
        known = _known(store, elsewhere=True)
    _restored(tmp_path / "copy", old)
    _restored(tmp_path / "copy", after)
    with opened(tmp_path / "copy") as store:
        assert _known(store) == known
        assert {each.id for each in store.select(Remark)} == {"before", "after"}


def test_operations_of_a_space_that_does_not_count_for_their_chain_are_not_added(
    tmp_path: Path,
) -> None:
    """Somebody put an operation of another office into the file that is replaced."""
    with opened(tmp_path / "other") as other:
        other.commit([edit("remark", "foreign", text="外")])
        foreign = next(other.log.rows())
    with opened(tmp_path / "w") as store:
        store.commit([edit("remark", "own", text="一")])
        source = back_up(store.db, store.workspace, tmp_path / "own.db")
        with store.transaction():
            store.db.execute(
                "INSERT INTO op(id, raw, log, n, lc, t, by, k, act, vis) "
                "VALUES(?, ?, 'x', 1, 1, 1, '', 'tx', 'a', '')",
                (foreign.id, foreign.raw),
            )
    _restored(tmp_path / "w", source)
    with opened(tmp_path / "w") as store:
        assert [each.id for each in store.select(Remark)] == ["own"]


def test_the_backup_of_another_office_is_still_refused(tmp_path: Path) -> None:
    with opened(tmp_path / "other") as other:
        source = back_up(other.db, other.workspace, tmp_path / "other.db")
    with opened(tmp_path / "w") as store:
        _join(store)
        known = _known(store)
    with pytest.raises(MingchaError) as caught:
        restore(Workspace(tmp_path / "w"), source, CountingEntropy("x"), SILENT)
    assert caught.value.code == "backup_of_other_space"
    with opened(tmp_path / "w") as store:
        assert _known(store) == known


def test_what_a_damaged_file_holds_is_taken_as_far_as_it_proves_itself(tmp_path: Path) -> None:
    with opened(tmp_path / "w") as store:
        source = back_up(store.db, store.workspace, tmp_path / "before.db")
        _join(store)
        with store.transaction():
            store.db.execute("UPDATE epoch_key SET key = ?", (bytes(32),))
            store.db.execute(
                "INSERT INTO organisation_statement VALUES('x', 'member', ?)", (b"nonsense",)
            )
    _restored(tmp_path / "w", source)
    with opened(tmp_path / "w") as store:
        assert store.membership.org == ORG
        assert store.membership.epoch_keys() == {}
        assert len(store.membership.statements()) == 4
        assert store.membership.damaged() == []
