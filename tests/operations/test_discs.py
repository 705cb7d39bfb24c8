"""A medium that can only be read: everything on it is taken in, and the receipt goes by hand."""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING

import pytest

from inspector.domain.entities import Remark
from inspector.operations.receipts import take_receipt
from inspector.operations.standing import waiting
from inspector.operations.syncing import sync
from inspector.sync.depots import folder
from inspector.sync.depots.folder import FolderDepot
from inspector.sync.depots.protocol import DepotError
from tests.operations.test_visit_files import by_hand, file, received
from tests.support.exchanging import COLLEAGUE, Exchanging

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tests.operations.conftest import Field

__all__ = ["file"]


@pytest.fixture
def disc(monkeypatch: pytest.MonkeyPatch) -> None:
    """Folders let nothing be written, as a disc does."""

    def refuse(*_args: object) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    monkeypatch.setattr(folder, "_write", refuse)
    monkeypatch.setattr(FolderDepot, "_make_own", refuse)


def test_a_disc_is_a_source_and_the_receipt_goes_by_hand(
    field: Field, other: Exchanging, file: Path, request: pytest.FixtureRequest
) -> None:
    sync(field.session, FolderDepot(other.stick))
    request.getfixturevalue("disc")
    with other.elsewhere() as there:
        there.store.save(Remark(id="own", text="一"))
        report = sync(there, FolderDepot(other.stick))
        assert report.done.received.operations > 5
        assert report.done.read_only
        assert "not_written" not in report.done.waiting
        assert not report.done.safe
        assert report.done.files_left == 0
        raw = by_hand(report).to_bytes()
        # With nothing new to take in it is as true.
        assert by_hand(sync(there, FolderDepot(other.stick))).files
        # What is recorded here waits for another place.
        assert waiting(there).operations >= 1
    take_receipt(field.session, raw, "x")
    assert received(field) == [(COLLEAGUE, 0)]


def test_a_share_that_lost_its_right_to_write_is_told_apart_from_a_disc(
    field: Field, other: Exchanging, file: Path, request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    sync(field.session, FolderDepot(other.stick))
    with other.elsewhere() as there, monkeypatch.context() as without_right:

        def forbid(*_args: object) -> None:
            raise OSError(errno.EACCES, os.strerror(errno.EACCES))

        for owner, name in ((folder, "_write"), (FolderDepot, "_make_own")):
            without_right.setattr(owner, name, forbid)
        done = sync(there, FolderDepot(other.stick)).done
        assert (done.read_only, done.not_permitted) == (True, True)
        assert done.by_hand is not None  # what could be read was taken in all the same
    request.getfixturevalue("disc")
    with other.elsewhere() as there:
        done = sync(there, FolderDepot(other.stick)).done
        assert (done.read_only, done.not_permitted) == (True, False)


def test_a_place_that_takes_some_things_is_no_disc(
    field: Field, other: Exchanging, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A share where somebody may write here and not there still tells its trouble."""
    stick = FolderDepot(other.stick)
    write = stick.write

    def some(name: str, data: bytes) -> None:
        if "/s/" in name:
            raise DepotError("denied", stick.place, "not here")
        write(name, data)

    monkeypatch.setattr(stick, "write", some)
    report = sync(field.session, stick)
    assert not report.done.read_only
    assert report.done.by_hand is None
    assert report.done.waiting["not_written"]


def test_one_name_that_cannot_be_written_does_not_make_a_disc_of_a_stick(
    field: Field, other: Exchanging, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever can forbid the first thing to be written must not keep the rest from leaving."""
    stick = FolderDepot(other.stick)
    write, refused_names = stick.write_all, list[str]()

    def first(objects: Sequence[tuple[str, bytes]]) -> None:
        if not refused_names:
            refused_names.append(objects[0][0])
        if any(name in refused_names for name, _data in objects):
            raise DepotError("denied", stick.place, "not this one")
        write(objects)

    monkeypatch.setattr(stick, "write_all", first)
    report = sync(field.session, stick)
    assert not report.done.read_only
    assert report.done.sent.operations > 5
