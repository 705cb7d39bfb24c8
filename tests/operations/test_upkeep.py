import pytest

from inspector.base.errors import MingchaError
from inspector.base.paths import Workspace
from inspector.domain.entities import Finding, Seal
from inspector.operations.evidence import Taking, add_photos
from inspector.operations.people import add_person
from inspector.operations.recording import void
from inspector.operations.sealing import seal
from inspector.operations.upkeep import (
    back_up,
    backup_steps,
    check,
    drift_steps,
    rebuild,
    restore,
)
from inspector.operations.workspaces import create_workspace, open_workspace
from tests.support.jpegs import write_jpeg
from tests.support.records import altered_from_outside


def problem_codes(report):
    return {problem.code for problem in report.problems}


def with_photo(field, tmp_path):
    path = write_jpeg(tmp_path / "a.jpg", taken="2026:03:04 10:00:00")
    [added] = add_photos(field.session, field.visit, [path], Taking(field.seen()))
    return added.taken.sha256


def stored_file(field, sha256):
    media = field.session.store.workspace.media
    [found] = [path for path in media.rglob(f"{sha256}*") if path.is_file()]
    found.chmod(0o600)
    return found


def test_a_healthy_record_is_found_healthy(field, tmp_path):
    with_photo(field, tmp_path)
    field.go_in()
    seal(field.session, field.visit)
    report = check(field.session)
    assert report.ok
    assert report.blobs == 3
    assert report.operations == field.session.store.log.count()


def test_a_changed_and_a_lost_file_are_found(field, tmp_path):
    sha256 = with_photo(field, tmp_path)
    field.go_in()
    seal(field.session, field.visit)
    found = stored_file(field, sha256)
    data = bytearray(found.read_bytes())
    data[100] ^= 1
    found.write_bytes(data)
    assert not check(field.session).ok

    found.unlink()
    report = check(field.session)
    assert not report.ok
    assert sha256 in report.problems[0].where


def test_what_is_no_text_any_more_is_told_and_the_rest_checked(field, tmp_path, clock, entropy):
    with_photo(field, tmp_path)
    root = field.session.store.workspace.root
    field.session.close()
    spoilt = """replace(CAST(raw AS TEXT), '"sp":"', '"sp":"' || CAST(x'ff' AS TEXT))"""
    altered_from_outside(root, f"UPDATE op SET raw = CAST({spoilt} AS BLOB) WHERE seq = 3")
    with open_workspace(root, clock, entropy, back_up=False) as again:
        report = check(again)
    assert "operation_form" in {problem.code for problem in report.problems}
    assert report.blobs == 1


def test_a_record_that_cannot_be_read_for_it_is_damaged_and_no_fault_of_ours(field, clock, entropy):
    root = field.session.store.workspace.root
    field.session.close()
    altered_from_outside(root, "UPDATE op SET log = log || CAST(x'ff' AS TEXT) WHERE seq = 3")
    with pytest.raises(MingchaError, match="workspace_damaged"):
        open_workspace(root, clock, entropy, back_up=False)


def test_a_damaged_photograph_keeps_a_visit_from_being_sealed(field, tmp_path):
    sha256 = with_photo(field, tmp_path)
    field.go_in()
    found = stored_file(field, sha256)
    found.write_bytes(found.read_bytes()[:-1])
    with pytest.raises(MingchaError) as caught:
        seal(field.session, field.visit)
    assert caught.value.code == "evidence_damaged"
    assert field.session.store.select(Seal) == []


def test_rebuilding_gives_the_same_tables_whatever_stood_there(field):
    finding = field.finding("空岗")
    store = field.session.store
    before = store.digest()
    with store.transaction():
        store.db.execute("UPDATE finding SET text = '在岗'")
        store.db.execute("DELETE FROM visit")
    assert store.digest() != before

    rebuilt = rebuild(field.session)

    assert (rebuilt.digest, rebuilt.changed, rebuilt.problems) == (before, True, ())
    void(field.session, Finding, finding.id, "看错")
    assert check(field.session).ok


def test_a_backup_brings_a_lost_record_back(field, tmp_path, clock, entropy):
    field.finding("空岗")
    session = field.session
    copy = back_up(session, tmp_path / "stick" / "copy.db")
    root, digest = session.store.workspace.root, session.store.digest()
    session.close()
    Workspace(root).database.unlink()

    restored = restore(root, copy, entropy)

    with open_workspace(root, clock, entropy) as again:
        assert again.store.digest() == digest
        assert [each.text for each in again.store.select(Finding)] == ["空岗"]
        assert restored.operations == again.store.log.count()
        assert check(again).ok


def test_what_was_entered_after_a_backup_survives_taking_it_back(field, tmp_path, clock, entropy):
    field.finding("先")
    session = field.session
    copy = back_up(session, tmp_path / "copy.db")
    field.finding("后")
    root = session.store.workspace.root
    session.close()

    restored = restore(root, copy, entropy)

    assert restored.added == 1
    with open_workspace(root, clock, entropy) as again:
        assert [each.text for each in again.store.select(Finding)] == ["先", "后"]
        assert check(again, against=str(copy)).ok


def test_a_record_rolled_back_is_found_against_something_kept_outside(
    field, tmp_path, clock, entropy
):
    field.go_in()
    printed = seal(field.session, field.visit).manifest
    assert check(field.session, against=printed).ok
    kept = back_up(field.session, tmp_path / "kept.db")
    with create_workspace(tmp_path / "other", clock, entropy) as other:
        report = check(other, against=printed)
        assert problem_codes(report) == {"outside_head_unknown"}
        assert problem_codes(check(other, against=str(kept))) == {"operation_lost"}
        with pytest.raises(MingchaError) as caught:
            check(other, against="no hash")
        assert caught.value.code == "outside_head_unreadable"


def on_other_day(root, clock, entropy):
    """Open the workspace on the next day as a front end does that stays open."""
    clock.advance(minutes=24 * 60)
    return open_workspace(root, clock, entropy, back_up=False)


def run_out(steps):
    """Return the result of a generator, and how many steps it took."""
    count = 0
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value, count
        count += 1


def test_upkeep_in_steps_finds_a_sound_record_sound(field, clock, entropy):
    field.go_in()
    root = field.session.store.workspace.root
    field.session.close()
    with on_other_day(root, clock, entropy) as session:
        assert not session.store.audited
        assert run_out(drift_steps(session))[0] == ()
        assert session.store.audited
        add_person(session, "新成员")
        assert run_out(drift_steps(session)) == ((), 0), "once is enough"


def test_drift_found_in_steps_keeps_a_visit_from_being_sealed_until_it_is_mended(
    field, clock, entropy
):
    field.go_in()
    root = field.session.store.workspace.root
    field.session.close()
    altered_from_outside(root, "UPDATE hall SET name = '别处'; CREATE TABLE theirs(a)")
    with on_other_day(root, clock, entropy) as session:
        problems, _ = run_out(drift_steps(session))
        assert [each.where for each in problems] == [f"hall {field.hall}"]
        with pytest.raises(MingchaError) as caught:
            seal(session, field.visit)
        assert caught.value.code == "record_unsound"
        assert [each.where for each in rebuild(session).problems] == ["schema table theirs"]
        assert run_out(drift_steps(session))[0] == ()
        assert seal(session, field.visit).visit == field.visit


def test_a_visit_is_sealed_between_two_steps(field, clock, entropy):
    field.go_in()
    root = field.session.store.workspace.root
    field.session.close()
    with on_other_day(root, clock, entropy) as session:
        steps = drift_steps(session)
        next(steps)
        add_person(session, "新成员")
        seal(session, field.visit)
        assert session.store.audited, "sealing finished the check"
        assert run_out(steps) == ((), 0)
        assert check(session).ok


def test_the_backup_of_the_day_is_made_in_steps_once(field, clock, entropy):
    for number in range(60):
        add_person(field.session, f"成员{number}")
    root = field.session.store.workspace.root
    field.session.close()
    with on_other_day(root, clock, entropy) as session:
        folder = session.store.workspace.backups
        assert list(folder.glob("*")) == []
        assert run_out(backup_steps(session))[1] >= 2
        [made] = folder.glob("*")
        add_person(session, "又一人")
        assert run_out(backup_steps(session))[1] == 0
        assert session.notices == []
        assert problem_codes(check(session, against=str(made))) == set()
    with on_other_day(root, clock, entropy) as session:
        run_out(backup_steps(session))
        assert len(list(folder.glob("*"))) == 2
    with on_other_day(root, clock, entropy) as session:
        assert run_out(backup_steps(session))[1] == 0, "nothing new was recorded"
        assert len(list(folder.glob("*"))) == 2


def test_a_backup_that_cannot_be_made_is_a_notice(field, clock, entropy):
    root = field.session.store.workspace.root
    field.session.close()
    (root / "backups").write_bytes(b"in the way")
    with on_other_day(root, clock, entropy) as session:
        run_out(backup_steps(session))
        assert [notice.code for notice in session.notices] == ["automatic_backup_failed"]
