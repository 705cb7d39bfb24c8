"""Originals go only when they are proved to be elsewhere, and everybody can tell where they are."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from inspector.base.errors import MingchaError
from inspector.domain.vocabulary import AuditKind
from inspector.operations.custody import details, note_difference
from inspector.operations.erasing import erase
from inspector.operations.evidence import Taking, add_photos, evidence_of_visit, find_evidence
from inspector.operations.exports import copy_original
from inspector.operations.freeing import Why
from inspector.operations.originals import Absence, absences, fetch_again, whereabouts
from inspector.operations.standing import waiting
from inspector.operations.upkeep import back_up, check, missing_files, restore
from inspector.operations.workspaces import open_workspace
from inspector.storage import exchange
from inspector.sync.copies import Copies, Elsewhere
from inspector.sync.depots import medium
from tests.support.exchanging import COLLEAGUE, STICK
from tests.support.fixed import CountingEntropy, FixedClock
from tests.support.freeing import DISK, each_folder_a_medium, free, plan, proved, two_media, visited
from tests.support.jpegs import write_jpeg
from tests.support.office import Office, make_office

if TYPE_CHECKING:
    from collections.abc import Iterator

    from inspector.domain.entities import Evidence
    from inspector.operations.depot_places import Place
    from inspector.operations.session import Session
    from tests.support.exchanging import Exchanging


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Office:
    return make_office(tmp_path_factory.mktemp("made") / "workspace")


@pytest.fixture(autouse=True)
def _media(monkeypatch: pytest.MonkeyPatch) -> None:
    each_folder_a_medium(monkeypatch)


@pytest.fixture
def office(made: Office, tmp_path: Path) -> Office:
    return made.copied_to(tmp_path / "w")


@pytest.fixture
def session(office: Office) -> Iterator[Session]:
    clock = FixedClock(step_ms=7)
    clock.advance(minutes=5 * 24 * 60)
    with open_workspace(office.root, clock, CountingEntropy("freeing")) as opened:
        yield opened


@pytest.fixture
def at(session: Session, tmp_path: Path) -> tuple[Exchanging, Place]:
    return two_media(session, tmp_path / "exchange")


def places(at: tuple[Exchanging, Place]) -> tuple[str, str]:
    return str(at[0].stick), at[1].place


def files(session: Session, visit: str) -> list[Evidence]:
    return evidence_of_visit(session, visit)


def whys(session: Session, visit: str) -> set[Why]:
    return {why for each in plan(session, visit).visits for why in each.stay}


def test_what_was_only_written_or_is_in_one_place_stays(session, office, at):
    stick, share = places(at)
    visit = office.sealed
    assert whys(session, visit) == {Why.TOO_FEW}
    for place in (stick, share):
        visited(session, place)
    found = plan(session, visit)
    assert (found.free.files, whys(session, visit)) == (0, {Why.NOT_READ_BACK})
    assert found.visits[0].unread == {STICK, DISK}
    visited(session, stick, verify=True)
    assert whys(session, visit) == {Why.NOT_READ_BACK}
    visited(session, share, verify=True)
    found = plan(session, visit)
    assert found.free.files == len({each.sha256 for each in files(session, visit)}) > 5
    assert not found.visits[0].stay
    assert plan(session, visit, older_than=2000).visits[0].stay.keys() == {Why.RECENT}


def test_two_depots_on_one_medium_and_one_on_this_disk_are_no_places(
    session, office, at, monkeypatch
):
    monkeypatch.setattr(medium, "medium_of", lambda place: "x" if "exchange" in place else "disk")
    proved(session, *places(at))
    assert whys(session, office.sealed) == {Why.TOO_FEW}
    stick, share = places(at)
    each_folder_a_medium(monkeypatch)
    for place in (stick, share):
        visited(session, place)
    assert plan(session, office.sealed).free.files
    monkeypatch.setattr(medium, "medium_of", lambda place: place if "exchange" in place else share)
    assert whys(session, office.sealed) == {Why.TOO_FEW}


def test_open_visits_keep_their_originals(session, office, at, tmp_path):
    photo = write_jpeg(tmp_path / "IMG_1.jpg", taken="2026:11:20 10:00:00")
    list(add_photos(session, office.covert, [photo], Taking(session.now())))
    proved(session, *places(at))
    assert whys(session, office.covert) == {Why.UNSEALED}
    # One that a sealed visit has as well.
    twice = session.blobs.read(files(session, office.sealed)[0].sha256)
    (tmp_path / "twice.jpg").write_bytes(twice)
    list(add_photos(session, office.covert, [tmp_path / "twice.jpg"], Taking(session.now())))
    proved(session, *places(at))
    assert whys(session, office.sealed) == {Why.UNSEALED}


def test_a_receipt_counts_beside_a_depot_until_that_computer_frees_it(session, office, at):
    exchanging, _ = at
    stick, _ = places(at)
    visited(session, stick)
    exchanging.colleague_visits()
    visited(session, stick)
    assert whys(session, office.sealed) == {Why.NOT_READ_BACK}
    visited(session, stick, verify=True)
    sha256 = files(session, office.sealed)[0].sha256
    copies = Elsewhere(session.store).of(sha256)
    assert [each.name for each in copies.depots] == [STICK]
    assert [each.name for each in copies.computers] == [COLLEAGUE]
    assert plan(session, office.sealed).free.files
    with exchanging.elsewhere() as other:
        proved(other, *places(at))
        assert free(other, office.sealed).files
        visited(other, stick)
    visited(session, stick)
    assert Elsewhere(session.store).of(sha256).computers == ()
    assert whys(session, office.sealed) == {Why.TOO_FEW}


def test_freed_originals_are_gone_and_named_as_elsewhere(session, office, at, tmp_path):
    proved(session, *places(at))
    only_here = waiting(session).blobs
    before = check(session)
    done = free(session, office.sealed)
    hashes = {each.sha256 for each in files(session, office.sealed)}
    assert (done.files, done.bytes > 0) == (len(hashes), True)
    assert all(session.blobs.size(each) is None for each in hashes)
    assert set(absences(session, hashes).values()) == {Absence.FREED}
    after = check(session)
    assert after.problems == before.problems == ()
    assert after.absent.keys() == hashes
    assert (missing_files(session), waiting(session).blobs) == (0, only_here)
    photo = next(e for e in files(session, office.sealed) if e.mime.startswith("image/"))
    told = details(session, photo.id)
    assert told.elsewhere is not None
    assert set(told.elsewhere.depots) == {STICK, DISK}
    assert told.happened[-1].kind == AuditKind.FREED
    # Small pictures stay, also when the cache is emptied.
    shutil.rmtree(session.store.workspace.cache)
    assert session.derived.thumbnail(photo.sha256).startswith(b"\xff\xd8")
    assert len(session.derived.preview(photo.sha256)) > len(session.derived.thumbnail(photo.sha256))
    with pytest.raises(MingchaError) as refused:
        copy_original(session, photo.id, tmp_path / "copy.jpg")
    assert refused.value.code == "original_elsewhere"
    note_difference(session, photo.id)
    assert details(session, photo.id).happened == told.happened


def test_sync_fetches_a_freed_original_only_when_asked(session, office, at):
    stick, _share = places(at)
    proved(session, *places(at))
    free(session, office.sealed)
    done = visited(session, stick).done
    assert (done.received.blobs, done.files_left, done.safe) == (0, 0, True)
    photo = files(session, office.sealed)[0]
    assert fetch_again(session, [photo.id]) == [photo.sha256]
    where = whereabouts(session, photo.sha256)
    assert where is not None
    assert where.asked
    assert visited(session, stick).done.received.blobs == 1
    assert session.blobs.verify(photo.sha256) == "ok"
    assert whereabouts(session, photo.sha256) is None
    # Should it go by itself now, it is missing and not freed.
    session.blobs.remove(photo.sha256)
    assert [each.code for each in check(session).problems] == ["blob_missing"]


def test_users_are_told_when_a_depot_has_lost_what_was_freed(session, office, at):
    stick, share = places(at)
    proved(session, stick, share)
    free(session, office.sealed)
    visited(session, stick)
    assert check(session).problems == ()
    for part in Path(share).glob("sp/*/b/*/*"):
        part.unlink()
    done = visited(session, share).done
    hashes = {each.sha256 for each in files(session, office.sealed)}
    assert done.few_copies == len(hashes)
    assert waiting(session).blobs == 0
    found = check(session).problems
    assert {each.code for each in found} == {"freed_few_copies"}
    assert {each.where for each in found} == hashes
    where = whereabouts(session, next(iter(hashes)))
    assert where is not None
    assert where.depots == (STICK,)


def test_a_power_cut_between_entry_and_removal_leaves_everything_here(
    session, office, at, monkeypatch
):
    proved(session, *places(at))

    def cut(_sha256: str) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as power:
        power.setattr(session.blobs, "remove", cut)
        with pytest.raises(KeyboardInterrupt):
            free(session, office.sealed)
    hashes = {each.sha256 for each in files(session, office.sealed)}
    assert absences(session, hashes) == {}
    assert check(session).problems == ()
    assert free(session, office.sealed).files == len(hashes)
    assert check(session).problems == ()


def test_the_entry_is_durable_before_a_file_goes(session, office, at, monkeypatch):
    proved(session, *places(at))
    remove, seen = session.blobs.remove, []

    def looked(sha256: str) -> None:
        query = "SELECT 1 FROM audit_entry WHERE kind = 'freed' AND sha256 = ?"
        seen.append(session.store.db.execute(query, (sha256,)).fetchone() is not None)
        assert not session.store.db.conn.in_transaction
        remove(sha256)

    monkeypatch.setattr(session.blobs, "remove", looked)
    free(session, office.sealed)
    assert seen
    assert all(seen)


def test_a_restored_backup_still_knows_what_was_freed(session, office, at):
    proved(session, *places(at))
    free(session, office.sealed)
    back_up(session)
    session.close()
    restore(office.root)
    with open_workspace(office.root, FixedClock(), CountingEntropy("again")) as again:
        assert missing_files(again) == 0
        hashes = {each.sha256 for each in files(again, office.sealed)}
        assert set(absences(again, hashes).values()) == {Absence.FREED}


def test_what_was_erased_is_not_freed_and_leaves_no_small_picture(session, office, at):
    proved(session, *places(at))
    free(session, office.sealed)
    photo = next(e for e in files(session, office.sealed) if e.mime.startswith("image/"))
    erase(session, photo.id, "私人照片", office.other)
    assert session.derived.stand_in(photo.sha256) is None
    assert photo.sha256 not in check(session).absent
    with pytest.raises(MingchaError) as refused:
        fetch_again(session, [photo.id])
    assert refused.value.code == "evidence_erased"
    assert find_evidence(session, office.sealed, photo.id).id == photo.id


def test_who_works_alone_frees_nothing(session, office):
    assert whys(session, office.sealed) == {Why.TOO_FEW}
    assert not plan(session, office.sealed).free.files


def test_computers_alone_are_never_enough_for_they_may_free_it_as_well(session, at):
    [depot, *_] = exchange.depots(session.store.db)
    [own, *others] = session.store.membership.roster().devices()
    two = (own, *others)[:2]
    assert len(two) == 2
    assert not Copies((), (), two).enough
    assert not Copies((depot,)).enough
    assert Copies((depot,), (), two[:1]).enough
