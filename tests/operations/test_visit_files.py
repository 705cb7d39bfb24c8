"""A visit handed over as a file and carried on by both; receipts that come back by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pypdfium2
import pytest

from inspector.base.i18n import translator
from inspector.domain.entities import Evidence, Finding, Remark, Visit
from inspector.operations.admitting import revoke
from inspector.operations.evidence import Taking, add_photos
from inspector.operations.exchange_text import receipt_text, report_lines
from inspector.operations.findings import add_finding
from inspector.operations.receipt_papers import ready_receipt, write_receipt
from inspector.operations.receipts import receipt_in, take_receipt, take_typed
from inspector.operations.standing import places_of, receipts, waiting
from inspector.operations.syncing import known_depots, sync
from inspector.operations.visit_files import hand_over, take_in
from inspector.operations.visits import new_visit
from inspector.storage.keyring import device_key
from inspector.sync import names, receipt_file
from inspector.sync.depots.file import FileDepot
from inspector.sync.depots.folder import FolderDepot
from inspector.sync.depots.protocol import DepotError
from tests.support.exchanging import COLLEAGUE, Exchanging, begin
from tests.support.jpegs import write_jpeg
from tests.support.organisation import join, laptop, office, refused

if TYPE_CHECKING:
    from pathlib import Path

    from inspector.operations.session import Session
    from inspector.operations.syncing import SyncReport
    from inspector.sync.receipt_file import Receipt
    from tests.operations.conftest import Field

EN = translator("en")


@pytest.fixture
def file(field: Field, other: Exchanging, tmp_path: Path) -> Path:
    """The visit with a finding and a photograph, handed over; another visit has one as well."""
    photograph(field, field.visit, tmp_path / "IMG_1.jpg", 10)
    second = new_visit(field.session, field.hall, [field.li, field.wang])
    photograph(field, second.id, tmp_path / "IMG_2.jpg", 200)
    find(field.session, field, "05号窗口空岗")
    target = tmp_path / "visit.mcvisit"
    hand_over(field.session, field.visit, target)
    return target


def photograph(field: Field, visit: str, path: Path, tint: int) -> None:
    write_jpeg(path, tint=tint)
    list(add_photos(field.session, visit, [path], Taking(field.seen())))


def find(session: Session, field: Field, text: str) -> Finding:
    finding = Finding(id="", visit=field.visit, situations=("CZ-2",), severity=1, text=text)
    return add_finding(session, finding, field.seen("10:00"))


def originals(session: Session, visit: str) -> list[bool]:
    found = session.store.select(Evidence, "visit = ?", visit)
    return [session.blobs.size(each.sha256) is not None for each in found]


def by_hand(report: SyncReport) -> Receipt:
    assert report.done.by_hand is not None
    return report.done.by_hand


def test_a_visit_is_carried_on_by_both_and_merges_without_anything_double(
    field: Field, other: Exchanging, file: Path, tmp_path: Path
) -> None:
    here = field.session
    with other.elsewhere() as there:
        report = take_in(there, file)
        assert report.done.received.operations > 5
        assert (report.quarantined, report.done.waiting) == ([], {})
        assert there.store.get(Visit, field.visit) == here.store.get(Visit, field.visit)
        assert originals(there, field.visit) == [True]
        [second] = [each.id for each in there.store.select(Visit) if each.id != field.visit]
        assert originals(there, second) == [False], "of files only those of the one visit go along"
        # What becomes of a file nobody knows: it is no place that holds anything.
        assert known_depots(there) == []
        again = take_in(there, file).done
        assert (again.received.operations, again.received.blobs, again.receipts) == (0, 0, 0)
        find(there, field, "取号机缺纸")
        find(here, field, "值班表未公示")
        back = tmp_path / "back.mcvisit"
        hand_over(there, field.visit, back)
        take_in(here, back)
        hand_over(here, field.visit, file)
        take_in(there, file)
        texts = {each.text for each in there.store.select(Finding)}
        assert texts == {"05号窗口空岗", "取号机缺纸", "值班表未公示"}
        stick = FolderDepot(other.stick)
        for each in (here, there, here, there):
            sync(each, stick)
        assert len(there.store.select(Finding)) == len(here.store.select(Finding)) == 3
        assert here.store.digest() == there.store.digest()
        assert originals(there, second) == [True]


def test_handing_over_leaves_no_trace_of_a_place_that_holds_anything(
    field: Field, other: Exchanging, file: Path
) -> None:
    assert [each.id for each in known_depots(field.session)] == [other.depot]
    assert waiting(field.session).operations > 5
    store = field.session.store
    [held] = store.db.execute("SELECT count(*) FROM held WHERE depot <> ?", (other.depot,))
    assert held == (0,)


def test_keys_are_put_with_it_for_the_members_that_are_named(
    field: Field, other: Exchanging, file: Path, tmp_path: Path
) -> None:
    def readers(path: Path) -> set[str]:
        depot = FileDepot(path)
        start = f"{names.space_folder(field.session.store.space)}/{names.ENVELOPES}"
        found = {each.name.split("/")[3] for each in depot.entries(start, below=True)}
        depot.close()
        return found

    everybody = readers(file)
    named = tmp_path / "named.mcvisit"
    hand_over(field.session, field.visit, named, [COLLEAGUE])
    space = field.session.store.space
    with other.elsewhere() as there:
        own = names.recipient_folder(space, device_key(there.store).recipient)
        assert readers(named) == {own.rpartition("/")[2]} < everybody
        assert take_in(there, named).done.received.operations > 5
    with refused("member_device_unknown"):
        hand_over(field.session, field.visit, named, ["谁也不是"])
    assert take_in(field.session, named).done.received.operations == 0


def test_who_cannot_hand_over_or_take_in_is_told_and_nothing_is_left(
    field: Field, tmp_path: Path
) -> None:
    target = tmp_path / "v.mcvisit"
    with refused("organisation_none"):
        hand_over(field.session, field.visit, target)
    with refused("organisation_none"):
        take_in(field.session, target)
    begin(field.session, tmp_path / "exchange")
    with refused("visit_not_found"):
        hand_over(field.session, "17", target)
    with refused("file_missing"):
        take_in(field.session, target)
    target.write_bytes(b"something else")
    with refused("hand_over_bad"):
        take_in(field.session, target)
    with pytest.raises(DepotError) as caught:
        hand_over(field.session, field.visit, tmp_path / "nowhere" / "v")
    assert caught.value.trouble in ("broken", "away")
    assert {each.name for each in tmp_path.iterdir()} >= {"v.mcvisit", "exchange"}
    assert not [*tmp_path.rglob("*.part")]


def test_a_file_of_another_team_is_refused(
    field: Field, other: Exchanging, file: Path, tmp_path: Path
) -> None:
    strange = office(tmp_path / "strange", "另一单位")
    with strange.session as session, refused("hand_over_of_other"):
        take_in(session, file)


def test_what_was_changed_on_the_way_is_put_aside_and_the_rest_counts(
    field: Field, other: Exchanging, file: Path
) -> None:
    depot = FileDepot(file)
    places = {
        name: place for name, place in depot._objects.items() if "/s/" in name or "/b/" in name
    }
    depot.close()
    raw = bytearray(file.read_bytes())
    for place in places.values():
        raw[place.offset + place.size - 1] ^= 1
    file.write_bytes(raw)
    with other.elsewhere() as there:
        report = take_in(there, file)
        assert {each.reason for each in report.quarantined} == {"name"}
        assert (report.done.received.operations, report.done.received.blobs) == (0, 0)
        assert there.store.get(Visit, field.visit) is None
        # The whole one is taken in afterwards as if nothing had been.
        hand_over(field.session, field.visit, file)
        report = take_in(there, file)
        assert report.done.received.operations > 5
        assert originals(there, field.visit) == [True]


# -- receipts --------------------------------------------------------------------------------------


def received(field: Field) -> list[tuple[str, int]]:
    place = places_of(field.session, [field.visit])[field.visit]
    return [(each.name, each.files_lacking) for each in place.received]


def test_a_receipt_comes_back_as_a_file(
    field: Field, other: Exchanging, file: Path, tmp_path: Path
) -> None:
    back = tmp_path / "back.mcreceipt"
    with other.elsewhere() as there:
        report = take_in(there, file)
        assert report.done.read_only
        assert "receipts" in report_lines(report, EN)[-1].casefold()
        write_receipt(ready_receipt(there, by_hand(report)), back, "zh")
        with refused("receipt_own"):
            take_receipt(there, back.read_bytes(), back.name)
    assert received(field) == []
    before = waiting(field.session)
    raw = receipt_in(back)
    assert raw is not None
    for _ in range(2):
        taken = take_receipt(field.session, raw, back.name)
        assert (taken.name, taken.files) == (COLLEAGUE, 1)
        assert COLLEAGUE in receipt_text(taken, EN)
        assert received(field) == [(COLLEAGUE, 0)]
    assert {each.by_name for each in receipts(field.session)} == {COLLEAGUE}
    after = waiting(field.session)
    assert after.operations < before.operations
    assert after.blobs == before.blobs - 1
    # What is recorded afterwards was not acknowledged.
    find(field.session, field, "值班表未公示")
    assert received(field) == []


def test_no_changed_receipt_counts(field: Field, other: Exchanging, file: Path) -> None:
    with other.elsewhere() as there:
        receipt = by_hand(take_in(there, file))
    raw = receipt.to_bytes()
    for changed in (
        raw[:-30],
        raw.replace(b'"n"', b'"m"')[: len(raw)] + b"x",
        replace(receipt, held=tuple(place._replace(n=place.n + 1) for place in receipt.held))
        .to_bytes(),
        replace(receipt, files=("0" * 64,)).to_bytes(),
        receipt_file.MAGIC + b"[" * 100_000,
        receipt_file.MAGIC + b"x" * (2 << 20),
    ):  # fmt: skip
        with refused("receipt_bad"):
            take_receipt(field.session, changed, "x")
    newer = raw.replace(b'"su":"ed25519"', b'"su":"sm2"')
    with refused("receipt_newer"):
        take_receipt(field.session, newer, "x")
    with refused("receipt_of_other"):
        take_receipt(field.session, replace(receipt, space="elsewhere").to_bytes(), "x")
    assert received(field) == []


def test_only_a_member_signs_receipts_and_only_for_what_is_here(
    field: Field, other: Exchanging, file: Path, tmp_path: Path
) -> None:
    with other.elsewhere() as there:
        raw = by_hand(take_in(there, file)).to_bytes()
        there.store.save(Remark(id="own", text="一"))
        key = device_key(there.store)
        head = there.store.log.head(there.store.chain)
        place = receipt_file.Place(head.log, head.n, head.id)
        unknown = receipt_file.sign(
            *(there.store.space, key.log, [place], ["0" * 64]), key.public, key.sign
        )
    with refused("receipt_unknown_entries"):
        take_receipt(field.session, unknown.to_bytes(), "x")
    with laptop(tmp_path / "stranger", "路人") as stranger:
        key = device_key(stranger.store)
        own = field.session.store.log.head(field.session.store.chain)
        forged = receipt_file.sign(
            field.session.store.space,
            key.log,
            [receipt_file.Place(own.log, own.n, own.id)],
            [],
            key.public,
            key.sign,
        )
    with refused("receipt_unknown_device"):
        take_receipt(field.session, forged.to_bytes(), "x")
    take_receipt(field.session, raw, "x")
    assert received(field) == [(COLLEAGUE, 0)]
    # A revoked computer's word does not count: nothing says when it signed.
    revoke(field.session, other.office.signer, COLLEAGUE, "遗失")
    assert received(field) == []
    with refused("receipt_unknown_device"):
        take_receipt(field.session, raw, "x")


def test_a_receipt_is_printed_and_typed(
    field: Field, other: Exchanging, file: Path, tmp_path: Path
) -> None:
    page = tmp_path / "receipt.pdf"
    with other.elsewhere() as there:
        ready = ready_receipt(there, by_hand(take_in(there, file)))
        write_receipt(ready, page, "zh")
    document = pypdfium2.PdfDocument(page.read_bytes())
    printed = document[0].get_textpage().get_text_range()
    assert len(document) == 1
    assert all(row in printed for row in ready.rows)
    assert COLLEAGUE in printed
    wrong = list(ready.rows)
    wrong[2] = wrong[2].replace(wrong[2][0], "A" if wrong[2][0] != "A" else "B", 1)
    with refused("receipt_row"):
        take_typed(field.session, "\n".join(wrong), "x")
    with refused("receipt_row"):
        take_typed(field.session, "", "x")
    with refused("receipt_bad"):
        take_typed(field.session, "\n".join(ready.rows[:-1]), "x")
    assert received(field) == []
    typed = "\n".join(f"{n}) {row.lower()}" for n, row in enumerate(ready.rows, 1))
    taken = take_typed(field.session, typed, "x")
    assert (taken.name, taken.files) == (COLLEAGUE, 0)
    # The page names no files.
    assert received(field) == [(COLLEAGUE, 1)]


def test_typed_rows_mean_nothing_where_these_entries_are_not(
    field: Field, other: Exchanging, file: Path, tmp_path: Path
) -> None:
    with other.elsewhere() as there:
        ready = ready_receipt(there, by_hand(take_in(there, file)))
    with laptop(tmp_path / "wang", "王强") as wang:
        join(other.office, wang, name="wang")
        with refused("receipt_unknown_entries"):
            take_typed(wang, "\n".join(ready.rows), "x")
