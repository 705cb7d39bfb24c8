"""Handing a visit over, taking in what came, receipts: through the page Sync and the visit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication, QCheckBox, QDialog, QPlainTextEdit, QPushButton

from inspector.operations.receipt_papers import ready_receipt, write_receipt
from inspector.operations.standing import places_of
from inspector.operations.syncing import sync
from inspector.operations.visit_files import hand_over, take_in
from inspector.sync.depots.folder import FolderDepot
from inspector.sync.depots.protocol import DepotError
from tests.support.exchanging import COLLEAGUE, Exchanging, begin
from tests.ui.hands import carry, click, files_of, let_go
from tests.ui.next_dialog import in_next_dialog
from ui import by_hand, codes
from ui.by_hand import _Whom, asked_members, asked_rows
from ui.carrying import Carrying
from ui.pages.sync.page import SyncPage

if TYPE_CHECKING:
    from pathlib import Path

    from inspector.sync.receipt_file import Receipt
    from tests.support.office import Office
    from tests.ui.conftest import Bench
    from ui.messages import Message
    from ui.pages.sync.whereabouts import Whereabouts

PATIENCE_MS = 20_000


@pytest.fixture
def at(opened: Bench, tmp_path: Path) -> Exchanging:
    """The office belongs to an organisation with a colleague, and knows a stick."""
    return opened.ask(lambda session: begin(session, tmp_path / "exchange"))


@pytest.fixture
def target(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where a person chooses to write."""
    path = tmp_path / "chosen.mcvisit"
    monkeypatch.setattr(by_hand, "new_file", lambda *_, **__: path)
    monkeypatch.setattr(by_hand, "asked_members", lambda *_: ())
    return path


def page_of(bench: Bench) -> SyncPage:
    page = bench.go("sync")
    assert isinstance(page, SyncPage)
    return page


def whereabouts(bench: Bench, visit: str) -> Whereabouts:
    page = page_of(bench)
    page.show_view("visits")
    bench.settle()
    view = page.views.visits
    ids = [view.model.row(n).row.visit.id for n in range(view.model.rowCount())]
    view.table.selectRow(ids.index(visit))
    return view


def ended(bench: Bench) -> Carrying:
    """Wait until the dialog that is open says what it came to."""

    def dialogs() -> list[Carrying]:
        found = [each for each in QApplication.topLevelWidgets() if isinstance(each, Carrying)]
        return [each for each in found if each.isVisible() and each.said.isVisible()]

    bench.qtbot.waitUntil(lambda: bool(dialogs()), timeout=PATIENCE_MS)
    return dialogs()[0]


def close(bench: Bench, dialog: Message) -> None:
    dialog.done(QDialog.DialogCode.Accepted)
    bench.settle()


def taken_in_elsewhere(at: Exchanging, file: Path) -> Receipt:
    with at.elsewhere() as there:
        receipt = take_in(there, file).done.by_hand
        assert receipt is not None
        return receipt


def received(bench: Bench, visit: str) -> list[str]:
    place = bench.ask(lambda session: places_of(session, [visit])[visit])
    return [each.name for each in place.received]


def test_a_visit_is_handed_over_from_the_list_and_the_receipt_dropped_on_the_page(
    opened: Bench, office: Office, at: Exchanging, target: Path, tmp_path: Path
) -> None:
    view = whereabouts(opened, office.sealed)
    click(opened, view.over)
    dialog = ended(opened)
    assert str(target) in dialog.said.text()
    assert not dialog.bar.isVisible()
    close(opened, dialog)
    receipt = tmp_path / "back.mcreceipt"
    with at.elsewhere() as there:
        by = take_in(there, target).done.by_hand
        assert by is not None
        write_receipt(ready_receipt(there, by), receipt, "zh")
    page = page_of(opened)
    assert not carry(page, files_of(tmp_path / "x.jpg")).isAccepted()
    assert carry(page, files_of(receipt)).isAccepted()
    let_go(page, files_of(receipt))
    dialog = ended(opened)
    assert COLLEAGUE in dialog.said.text()
    close(opened, dialog)
    assert received(opened, office.sealed) == [COLLEAGUE]


def test_what_is_taken_in_is_told_and_its_receipt_offered(
    opened: Bench, office: Office, at: Exchanging, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, saved = tmp_path / "theirs.mcvisit", tmp_path / "saved.mcreceipt"
    opened.ask(lambda session: sync(session, FolderDepot(at.stick)))
    with at.elsewhere() as there:
        sync(there, FolderDepot(at.stick))
        hand_over(there, office.sealed, file)
    monkeypatch.setattr(by_hand, "chosen_file", lambda *_: file)
    monkeypatch.setattr(by_hand, "new_file", lambda *_, **__: saved)
    page = page_of(opened)
    click(opened, page.take_file)
    dialog = ended(opened)
    buttons = {each.text(): each for each in dialog.findChildren(QPushButton)}
    save = next(
        each for text, each in buttons.items() if text in ("保存回执…", "Save the receipt …")
    )
    click(opened, save)
    opened.qtbot.waitUntil(saved.exists, timeout=PATIENCE_MS)
    close(opened, dialog)


def test_a_file_that_is_none_is_told_in_the_dialog(
    opened: Bench, at: Exchanging, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.mcvisit"
    broken.write_bytes(b"x")
    page = page_of(opened)
    carry(page, files_of(broken))
    let_go(page, files_of(broken))
    dialog = ended(opened)
    assert str(broken) in dialog.said.text()
    close(opened, dialog)


def test_closing_the_dialog_stops_the_work_and_leaves_no_file(
    opened: Bench, office: Office, at: Exchanging, target: Path
) -> None:
    opened.ask(lambda _session: None)
    view = whereabouts(opened, office.sealed)
    view.over.click()
    opened.qtbot.waitUntil(
        lambda: any(isinstance(each, Carrying) for each in QApplication.topLevelWidgets()),
        timeout=PATIENCE_MS,
    )
    [dialog] = [e for e in QApplication.topLevelWidgets() if isinstance(e, Carrying)]
    dialog.done(QDialog.DialogCode.Rejected)
    opened.settle()
    assert not [*target.parent.glob("*.part")]


def test_the_rows_of_a_page_are_typed_in(
    opened: Bench, office: Office, at: Exchanging, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "v.mcvisit"
    opened.ask(lambda session: hand_over(session, office.sealed, file))
    with at.elsewhere() as there:
        by = take_in(there, file).done.by_hand
        assert by is not None
        ready = ready_receipt(there, by)
    monkeypatch.setattr(by_hand, "asked_rows", lambda *_: "\n".join(ready.rows))
    told: list[str] = []
    monkeypatch.setattr(by_hand, "show_note", lambda *words: told.append(words[-1]))
    view = whereabouts(opened, office.sealed)
    click(opened, view.typed)
    opened.settle()
    assert COLLEAGUE in told[0]
    assert received(opened, office.sealed) == [COLLEAGUE]


def test_a_disc_offers_its_receipt(
    opened: Bench, office: Office, at: Exchanging, monkeypatch: pytest.MonkeyPatch
) -> None:
    with at.elsewhere() as there:
        sync(there, FolderDepot(at.stick))

    def write(depot: FolderDepot, _objects: object) -> None:
        raise DepotError("denied", depot.place, "read-only file system")

    # Whatever is written goes through it, one object or several together.
    monkeypatch.setattr(FolderDepot, "write_all", write)
    page = page_of(opened)
    click(opened, page.one.go)
    opened.qtbot.waitUntil(lambda: opened.desk.exchange.running is None, timeout=PATIENCE_MS)
    opened.settle()
    asked: list[object] = []
    monkeypatch.setattr(page.hands, "save_receipt", asked.append)
    assert "receipt" in page.one.result.offers
    last = opened.desk.exchange.last[at.depot]
    assert last.error is None
    assert last.report is not None
    assert last.report.done.read_only


def test_only_who_exchanges_sees_the_button_at_the_visit(opened: Bench, office: Office) -> None:
    page = opened.go("visit", office.covert)
    assert not page.heading.over.isVisible()


def test_the_button_at_the_visit_hands_it_over(
    opened: Bench, office: Office, at: Exchanging, target: Path
) -> None:
    page = opened.go("visit", office.covert)
    assert page.heading.over.isVisible()
    click(opened, page.heading.over)
    dialog = ended(opened)
    assert target.exists()
    close(opened, dialog)


# -- the dialogs -----------------------------------------------------------------------------------


def test_members_are_chosen_and_everybody_is_nobody_in_particular(
    opened: Bench, office: Office, at: Exchanging
) -> None:
    whom = opened.ask(lambda session: by_hand._whom(session, office.sealed))
    assert isinstance(whom, _Whom)
    assert [each.name for each in whom.members] == [COLLEAGUE]
    in_next_dialog(lambda dialog: dialog.done(QDialog.DialogCode.Accepted))
    assert asked_members(opened.desk, opened.window, whom) == ()

    def none(dialog: Message) -> None:
        dialog.findChild(QCheckBox).click()
        [done] = [b for b in dialog.findChildren(QPushButton) if b.property("kind") == "primary"]
        assert not done.isEnabled()
        dialog.reject()

    in_next_dialog(none)
    assert asked_members(opened.desk, opened.window, whom) is None

    def type_rows(dialog: Message) -> None:
        dialog.findChild(QPlainTextEdit).setPlainText("ABCD")
        dialog.done(QDialog.DialogCode.Accepted)

    in_next_dialog(type_rows)
    assert asked_rows(opened.desk, opened.window) == "ABCD"


def test_codes_that_are_read_are_taken_in_like_a_file(
    opened: Bench, office: Office, at: Exchanging, tmp_path: Path
) -> None:
    file = tmp_path / "v.mcvisit"
    opened.ask(lambda session: hand_over(session, office.sealed, file))
    receipt = taken_in_elsewhere(at, file)
    page = page_of(opened)
    page.hands._read(receipt.to_bytes())
    dialog = ended(opened)
    assert COLLEAGUE in dialog.said.text()
    close(opened, dialog)
    assert received(opened, office.sealed) == [COLLEAGUE]
    assert codes.Kept(opened.desk)._folder is None
