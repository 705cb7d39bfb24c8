"""Visits in a file: what false files, power cuts and failures must not do, nor false receipts."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from inspector.base.i18n import translator
from inspector.domain.entities import Evidence
from inspector.media.durable import make_writable
from inspector.operations import visit_files
from inspector.operations.evidence import Taking, add_photos
from inspector.operations.exchange_text import handed_lines
from inspector.operations.receipts import take_receipt
from inspector.operations.standing import waiting
from inspector.operations.syncing import known_depots, sync
from inspector.operations.visit_files import hand_over, take_in
from inspector.storage.keyring import device_key
from inspector.sync import names, receipt_file
from inspector.sync.depots import marker
from inspector.sync.depots.file import FileDepot
from inspector.sync.depots.folder import FolderDepot
from inspector.sync.depots.protocol import DepotError
from tests.support.jpegs import write_jpeg
from tests.support.organisation import refused

if TYPE_CHECKING:
    from pathlib import Path

    from inspector.operations.session import Session
    from tests.operations.conftest import Field
    from tests.support.exchanging import Exchanging

EN = translator("en")


@pytest.fixture
def file(field: Field, other: Exchanging, tmp_path: Path) -> Path:
    """The visit with a photograph, handed over."""
    photograph(field, tmp_path)
    target = tmp_path / "visit.mcvisit"
    hand_over(field.session, field.visit, target)
    return target


def photograph(field: Field, folder: Path) -> None:
    write_jpeg(folder / "IMG_1.jpg", tint=10)
    list(add_photos(field.session, field.visit, [folder / "IMG_1.jpg"], Taking(field.seen())))


def test_nobody_is_said_to_have_more_than_was_recorded_here(
    field: Field, other: Exchanging, file: Path
) -> None:
    """Whoever signs a receipt writes the places in it: what stands in the record counts."""
    own = field.session.store.log.head(field.session.store.chain)
    with other.elsewhere() as there:
        take_in(there, file)
        key = device_key(there.store)
        held = [receipt_file.Place(own.log, 2_000_000_000, own.id)]
        boast = receipt_file.sign(there.store.space, key.log, held, [], key.public, key.sign)
        held = [receipt_file.Place(own.log, own.n, own.id)] * 3
        thrice = receipt_file.sign(there.store.space, key.log, held, [], key.public, key.sign)
    with refused("receipt_unknown_entries"):
        take_receipt(field.session, boast.to_bytes(), "x")
    assert take_receipt(field.session, thrice.to_bytes(), "x").entries == own.n


def test_a_file_that_calls_itself_the_depot_of_the_office_changes_nothing_of_that(
    field: Field, other: Exchanging, file: Path, tmp_path: Path
) -> None:
    """What a depot calls itself is signed by nobody."""
    with other.elsewhere() as there:
        stick = FolderDepot(other.stick)
        sync(field.session, stick)
        sync(there, stick)
        before = waiting(there)
        held = there.store.db.execute("SELECT * FROM held ORDER BY name").fetchall()
        with closing(FileDepot(file)) as depot:
            listed = [(each.name, depot.read(each.name, each.size)) for each in
                      depot.entries("", below=True)]  # fmt: skip
        forged = FileDepot.begin(tmp_path / "forged.mcvisit")
        for name, data in listed:
            forged.write(name, data)
        forged.write(names.MARKER, stick.read(names.MARKER, marker.MAX_BYTES))
        forged.finish()
        take_in(there, tmp_path / "forged.mcvisit")
        assert [each.id for each in known_depots(there)] == [other.depot]
        assert there.store.db.execute("SELECT * FROM held ORDER BY name").fetchall() == held
        assert waiting(there) == before


def test_a_power_cut_while_handing_over_leaves_no_place_that_holds_anything(
    field: Field, other: Exchanging, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    photograph(field, tmp_path)
    before = waiting(field.session)
    store = field.session.store

    def cut(_session: Session) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(visit_files, "_forget_files", cut)
        with pytest.raises(KeyboardInterrupt):
            hand_over(field.session, field.visit, tmp_path / "v.mcvisit")
    assert not (tmp_path / "v.mcvisit").exists()
    [held] = store.db.execute("SELECT count(*) FROM held WHERE depot <> ?", (other.depot,))
    assert held > (5,)
    assert [each.id for each in known_depots(field.session)] == [other.depot]
    assert waiting(field.session).blobs == before.blobs
    assert waiting(field.session).operations >= before.operations
    # Nor are its traces kept for ever.
    hand_over(field.session, field.visit, tmp_path / "v.mcvisit")
    [held] = store.db.execute("SELECT count(*) FROM held WHERE depot <> ?", (other.depot,))
    assert held == (0,)


def test_what_a_file_lacks_is_said_when_it_is_handed_over(
    field: Field, other: Exchanging, tmp_path: Path
) -> None:
    photograph(field, tmp_path)
    whole = handed_lines(hand_over(field.session, field.visit, tmp_path / "a"), tmp_path, EN)
    [item] = field.session.store.select(Evidence, "visit = ?", field.visit)
    [path] = field.session.store.workspace.media.rglob(f"*{item.sha256}*")
    make_writable(path)
    path.write_bytes(b"otherwise")
    damaged = hand_over(field.session, field.visit, tmp_path / "b")
    path.unlink()
    absent = hand_over(field.session, field.visit, tmp_path / "c")
    for report in (damaged, absent):
        lines = handed_lines(report, tmp_path, EN)
        assert any("1 file" in line and "not in it" in line for line in lines), lines
    assert not any("not in it" in line for line in whole)


def test_a_batch_that_could_not_be_written_makes_no_file(
    field: Field, other: Exchanging, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = FileDepot.write

    def some(depot: FileDepot, name: str, data: bytes) -> None:
        if "/s/" in name:
            raise DepotError("broken", depot.place, "fault")
        write(depot, name, data)

    monkeypatch.setattr(FileDepot, "write", some)
    with pytest.raises(DepotError):
        hand_over(field.session, field.visit, tmp_path / "v.mcvisit")
    assert not (tmp_path / "v.mcvisit").exists()
