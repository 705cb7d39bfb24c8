"""What a visit to a depot came to, in words."""

from __future__ import annotations

from inspector.base.i18n import translator
from inspector.operations.exchange_text import report_lines
from inspector.operations.syncing import SyncReport, note_depot, sync
from inspector.storage.store import Edit
from inspector.sync.outcome import Done
from tests.operations.test_depots import session_of
from tests.support.laptops import new_depot, team

TR = translator("en")


def said(**done: object) -> str:
    return "\n".join(report_lines(SyncReport(Done(**done), "stick"), TR))  # type: ignore[arg-type]


def test_lost_objects_are_told_as_it_is():
    assert "stick was taken back to an earlier state." in said(rolled_back=True)
    assert "Sent again: 1 object that stick had lost." in said(rolled_back=True, lost=1)
    told = said(rolled_back=True, lost=3, still_lost=2)
    assert "another member" in told
    assert "ent again" not in told
    assert "lost" not in said()


def test_what_is_only_read_back_was_not_received(tmp_path):
    depot = new_depot(tmp_path / "stick")
    with team(tmp_path, "li", "wang") as (_, [li, wang]):
        for laptop in (li, wang):
            stored = laptop.blobs.add_bytes(b"x" * 100_000)
            fields = {"sha256": stored.sha256, "size": stored.size}
            laptop.store.commit([Edit("evidence", f"e-{laptop.name}", fields)])
        li.sync(depot)
        done = wang.sync(depot)
        assert (done.received.blobs, done.sent.blobs) == (0, 0)
        assert done.read_back > 100_000
        assert done.received.bytes < 20_000
        assert "Read back what others say they put there: 97.9 KB." in "\n".join(
            report_lines(SyncReport(done, "stick"), TR)
        )


def test_a_visit_that_was_returned_is_announced():
    report = SyncReport(Done(), "stick", returned=1)
    assert "1 visit was returned by reviewers with a reason." in report_lines(report, TR)
    assert "returned" not in "\n".join(report_lines(SyncReport(Done(), "stick"), TR))


def test_whoever_asked_for_a_snapshot_is_told_whether_there_is_one():
    assert "snapshot" not in said()
    asked = SyncReport(Done(), "stick", snapshot=True)
    assert "No snapshot was written on stick." in report_lines(asked, TR)
    asked.done.packed = 3
    told = "\n".join(report_lines(asked, TR))
    assert "The snapshot on stick holds 3 batches of entries" in told
    assert "No snapshot" not in told
    assert "2 batches of entries came from a snapshot." in said(unpacked=2)


def test_a_report_counts_what_was_returned(tmp_path):
    depot = new_depot(tmp_path / "stick")
    with team(tmp_path, "li") as (_, [li]):
        assert sync(session_of(li), depot).returned == 0


def test_only_what_can_be_pulled_out_is_called_safe_to_remove() -> None:
    for server in (True, False):
        last = report_lines(SyncReport(Done(safe=True), "office", server=server), TR)[-1]
        assert ("office" in last, "Safe to remove" in last) == (True, not server)


def test_a_share_without_the_right_to_write_is_no_disc() -> None:
    assert "can only be read" in said(read_only=True)
    told = said(read_only=True, not_permitted=True)
    assert "give the right to write in that folder" in told
    assert "can only be read" not in told


def test_a_depot_is_called_by_its_name_and_not_by_its_address(tmp_path):
    depot = new_depot(tmp_path / "server")
    folder = depot.place
    # The same folder, as a server names itself.
    depot.place = "sftp://intranet.example/depot"
    with team(tmp_path, "li") as (_, [li]):
        session = session_of(li)
        nameless = sync(session, depot)
        assert (nameless.place, nameless.server) == (depot.place, True)
        note_depot(session, nameless.done.depot, "office", folder)
        named = sync(session, depot)
        assert (named.place, named.server) == ("office", True)
        assert "intranet" not in "\n".join(report_lines(named, TR))
