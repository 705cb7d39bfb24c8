"""Thumbnails in packs: seen before any original has come, made by members only, decoded apart."""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING

import pytest

from inspector.domain.entities import Evidence
from inspector.ledger.sshsig import InvalidSignature
from inspector.media.cache import RECEIVED
from inspector.operations.depots import check_depot, repair_depot
from inspector.operations.originals import Absence, whereabouts
from inspector.operations.syncing import sync
from inspector.operations.upkeep import check
from inspector.storage import aside as aside_table
from inspector.storage.keyring import device_key
from inspector.sync import names, sealed, thumbs
from inspector.sync.depots.folder import FolderDepot
from inspector.sync.invalid import InvalidObject
from inspector.sync.outcome import Limits
from tests.support.exchange import PUBLIC, SIGN, device
from tests.support.exchanging import Exchanging, begin
from tests.support.fixed import CountingEntropy
from tests.support.jpegs import write_jpeg
from tests.support.organisation import laptop
from tests.support.records import LOG

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from inspector.operations.session import Session
    from inspector.operations.syncing import SyncReport

PICTURES = {"a" * 64: b"\xff\xd8 one", "b" * 64: b"\xff\xd8 another"}
NO_FILES = Limits(files=False)


# -- the format ---------------------------------------------------------------------------------


def test_a_pack_is_read_as_it_was_built_and_its_size_tells_little() -> None:
    payload = thumbs.build(LOG, PICTURES, PUBLIC, SIGN)
    pack = thumbs.parse(payload)
    assert (pack.log, pack.files) == (LOG, PICTURES)
    thumbs.verify(pack, PUBLIC)
    assert len(payload) == thumbs.BLOCK
    assert len(thumbs.build(LOG, dict([*PICTURES.items()][:1]), PUBLIC, SIGN)) == thumbs.BLOCK


def test_another_key_has_not_signed_it() -> None:
    pack = thumbs.parse(thumbs.build(LOG, PICTURES, PUBLIC, SIGN))
    with pytest.raises(InvalidSignature):
        thumbs.verify(pack, device("another")[0])


def test_no_byte_of_a_pack_can_be_changed_unnoticed() -> None:
    payload = thumbs.build(LOG, PICTURES, PUBLIC, SIGN)
    last = payload.rindex(b"another") + len(b"another")
    for at in [*range(0, last, 7), last - 1, last + 10]:
        changed = bytearray(payload)
        changed[at] ^= 1
        with pytest.raises((InvalidObject, InvalidSignature)):
            thumbs.verify(thumbs.parse(bytes(changed)), PUBLIC)


def test_too_much_is_refused() -> None:
    for files in (
        {"a" * 64: bytes(thumbs.MOST_BYTES + 1)},
        {f"{n:064x}": b"x" for n in range(thumbs.MOST_FILES + 1)},
    ):
        with pytest.raises(InvalidObject, match="too_large"):
            thumbs.build(LOG, files, PUBLIC, SIGN)


# -- between laptops ----------------------------------------------------------------------------


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with laptop(tmp_path / "w", "李娜") as opened:
        yield opened


@pytest.fixture
def at(session: Session, tmp_path: Path) -> Exchanging:
    return begin(session, tmp_path / "exchange")


def depot(at: Exchanging) -> FolderDepot:
    return FolderDepot(at.stick, CountingEntropy(os.urandom(8).hex()))


def visited(session: Session, at: Exchanging, limits: Limits = NO_FILES) -> SyncReport:
    return sync(session, depot(at), limits=limits)


class Watched(FolderDepot):
    """A depot that notes which objects were read."""

    def __init__(self, root: Path) -> None:
        super().__init__(root, CountingEntropy(os.urandom(8).hex()))
        self.read_names: set[str] = set()

    def read(self, name: str, limit: int) -> bytes:
        self.read_names.add(name)
        return super().read(name, limit)


def photograph(session: Session, folder: Path, tint: int) -> str:
    path = write_jpeg(folder / f"{tint}.jpg", tint=tint, size=(1200, 900))
    stored = session.blobs.add_bytes(path.read_bytes())
    evidence = Evidence(
        id=f"e{tint}", visit="v", sha256=stored.sha256, size=stored.size, mime="image/jpeg"
    )
    session.store.save(evidence)
    return stored.sha256


def packs(at: Exchanging) -> list[Path]:
    return sorted(at.stick.glob("sp/*/t/*"))


def lay(session: Session, at: Exchanging, payload: bytes) -> str:
    """Lay a pack as a member's device would, or somebody with its keys."""
    newest = session.store.membership.roster().newest_epoch
    assert newest is not None
    key = session.store.membership.epoch_keys()[newest.epoch]
    space = session.store.space
    data = sealed.seal(sealed.THUMBS, space, newest.epoch, key, payload, CountingEntropy("laid"))
    name = names.thumbs(space, names.hash_of(data))
    depot(at).write(name, data)
    return name


def test_a_picture_is_seen_before_its_original_has_come(session, at, tmp_path) -> None:
    sha256 = photograph(session, tmp_path, 60)
    done = visited(session, at).done
    assert (done.sent.thumbs, done.sent.blobs, done.files_left) == (1, 0, 1)
    [pack] = packs(at)
    assert pack.stat().st_size < 70_000
    with at.elsewhere() as other:
        assert visited(other, at).done.received.thumbs == 1
        assert other.blobs.size(sha256) is None
        assert other.derived.thumbnail(sha256).startswith(b"\xff\xd8")
        assert other.derived.preview(sha256) == other.derived.thumbnail(sha256)
        where = whereabouts(other, sha256)
        assert where is not None
        assert where.absence is Absence.NOT_COME
        assert check(other).ok
        again = visited(other, at).done
        assert (again.sent.bytes, again.received.bytes) == (0, 0)
    # The original comes in its turn, and nothing stands in for it any more.
    visited(session, at, Limits())
    with at.elsewhere() as other:
        assert visited(other, at, Limits()).done.received.blobs == 1
        assert other.derived.stand_in(sha256) is None
        assert other.cache.lasting(sha256, RECEIVED) is None
        assert len(other.derived.preview(sha256)) > len(other.derived.thumbnail(sha256))


def test_thumbnails_go_before_originals_and_within_the_limit(session, at, tmp_path) -> None:
    photograph(session, tmp_path, 61)
    before = visited(session, at, Limits(max_bytes=0)).done
    assert (before.sent.thumbs, before.sent.blobs) == (0, 0)
    done = visited(session, at, Limits(max_bytes=72_000)).done
    assert (done.sent.thumbs, done.sent.blobs) == (1, 0)


def test_a_pack_that_went_away_is_made_again(session, at, tmp_path) -> None:
    photograph(session, tmp_path, 62)
    visited(session, at)
    [pack] = packs(at)
    pack.unlink()
    assert visited(session, at).done.sent.thumbs == 1
    assert len(packs(at)) == 1


def test_a_pack_that_went_away_is_missed_until_it_is_made_again(session, at, tmp_path) -> None:
    photograph(session, tmp_path, 63)
    visited(session, at)
    [pack] = packs(at)
    pack.unlink()
    clock = session.store.clock
    [problem] = check_depot(depot(at), clock, session=session).problems
    assert (problem.code, problem.where.rpartition("/")[2]) == ("missing", pack.name)
    assert repair_depot(session, depot(at)).left == []
    assert check_depot(depot(at), clock, session=session).problems == []
    assert len(packs(at)) == 1


def test_a_pack_of_unknown_files_is_read_again_once_entries_came(session, at, tmp_path) -> None:
    known = photograph(session, tmp_path, 65)
    visited(session, at)
    key = device_key(session.store)
    path = write_jpeg(tmp_path / "unknown.jpg", tint=8)
    unknown = hashlib.sha256(path.read_bytes()).hexdigest()
    name = lay(
        session, at, thumbs.build(key.log, {unknown: path.read_bytes()}, key.public, key.sign)
    )
    with at.elsewhere() as other:

        def read() -> bool:
            """Visit, and tell whether the pack was read; it waits all the same."""
            place = Watched(at.stick)
            waits = sync(other, place, limits=NO_FILES).done.waiting.get("before", 0)
            assert (waits, other.cache.lasting(known, RECEIVED) is not None) == (1, True)
            return name in place.read_names

        assert read()
        read()  # receipts of the first visit came in between
        assert not read()
        other.store.save(Evidence(id="new", visit="v", sha256=unknown, size=1, mime="image/jpeg"))
        place = Watched(at.stick)
        assert "before" not in sync(other, place, limits=NO_FILES).done.waiting
        assert name in place.read_names
        assert other.cache.lasting(unknown, RECEIVED) is not None


def test_a_damaged_pack_is_found_without_keys_and_made_again(session, at, tmp_path) -> None:
    photograph(session, tmp_path, 69)
    visited(session, at)
    [pack] = packs(at)
    data = pack.read_bytes()
    pack.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    clock = session.store.clock
    assert len(check_depot(depot(at), clock, everything=True).problems) == 1
    done = repair_depot(session, depot(at))
    assert (len(done.damaged), done.left) == (1, [])
    assert check_depot(depot(at), clock, everything=True).problems == []
    with at.elsewhere() as other:
        assert visited(other, at).done.received.thumbs == 1


def test_what_is_no_picture_is_put_aside_and_hides_nothing(session, at, tmp_path) -> None:
    sha256 = photograph(session, tmp_path, 63)
    visited(session, at)
    key = device_key(session.store)
    for bad in (b"\xff\xd8\xff\xe0 no picture", b"<svg/>", b"\x89PNG\r\n\x1a\n"):
        lay(session, at, thumbs.build(key.log, {sha256: bad}, key.public, key.sign))
    with at.elsewhere() as other:
        for _ in range(2):
            visited(other, at)
        aside = aside_table.quarantined(other.store.db)
        assert {each.reason for each in aside} <= {"picture"}
        assert other.derived.thumbnail(sha256).startswith(b"\xff\xd8")


def test_a_pack_of_nobody_or_of_somebody_else_is_put_aside(session, at, tmp_path) -> None:
    sha256 = photograph(session, tmp_path, 64)
    visited(session, at)
    [pack] = packs(at)
    with at.elsewhere() as other:
        theirs = device_key(other.store).log
    pack.unlink()
    jpeg = write_jpeg(tmp_path / "false.jpg", tint=9).read_bytes()
    public, sign = device("stranger")
    name = lay(session, at, thumbs.build(theirs, {sha256: jpeg}, public, sign))
    done = visited(session, at).done
    assert [(each.name, each.reason) for each in done.quarantined] == [(name, "signature")]


def test_pictures_of_files_that_nobody_recorded_are_not_kept(session, at, tmp_path) -> None:
    photograph(session, tmp_path, 65)
    visited(session, at)
    key = device_key(session.store)
    unknown = hashlib.sha256(b"nobody's").hexdigest()
    jpeg = write_jpeg(tmp_path / "unknown.jpg", tint=8).read_bytes()
    lay(session, at, thumbs.build(key.log, {unknown: jpeg}, key.public, key.sign))
    with at.elsewhere() as other:
        done = visited(other, at).done
        assert done.received.thumbs == 1
        assert other.cache.lasting(unknown, RECEIVED) is None


def test_nothing_new_takes_no_request_for_thumbnails(session, at, tmp_path) -> None:
    for _ in range(2):
        visited(session, at, Limits())
        at.colleague_visits()
    visited(session, at, Limits())
    place = depot(at)
    done = sync(session, place).done
    assert (done.sent.bytes, done.received.bytes) == (0, 0)
    assert place.requests <= 10
    # However many photographs and packs there are.
    for tint in (66, 67):
        photograph(session, tmp_path, tint)
        visited(session, at, NO_FILES)
    assert len(packs(at)) == 2
    visited(session, at, NO_FILES)
    before, place = place.requests, depot(at)
    done = sync(session, place, limits=NO_FILES).done
    assert (done.sent.bytes, done.received.bytes) == (0, 0)
    assert place.requests == before
