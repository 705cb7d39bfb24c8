"""What goes by hand: a visit in a file, what others hand over, receipts on their way back."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from PySide6.QtCore import QObject, QStandardPaths, Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QPlainTextEdit, QWidget

from inspector.domain.numbers import bare_number
from ui.carrying import Carrying
from ui.choosing import chosen_file, new_file
from ui.codes import Kept, ReadingDialog, show_codes
from ui.messages import Message, show_failure, show_note
from ui.opening import operation
from ui.theme import tokens
from ui.widgets.drafts import keep_typed
from ui.widgets.dropping import Dropping, local_files
from ui.widgets.labelled import Labelled
from ui.widgets.surfaces import column, scrolled

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator, Sequence

    from PySide6.QtCore import QMimeData

    from inspector.base.progress import Progress
    from inspector.operations.organisation import Member
    from inspector.operations.receipt_papers import ReadyReceipt
    from inspector.operations.receipts import Receipt, Taken
    from inspector.operations.session import Session
    from inspector.operations.syncing import SyncReport
    from ui.desk import Desk

T = TypeVar("T")
VISIT, RECEIPT = "mcvisit", "mcreceipt"
_SUFFIXES = (f".{VISIT}", f".{RECEIPT}")
#: Height of the list of members at 100 % text: six of them.
_LIST = 210


class Came(NamedTuple):
    """What a file held: a visit, with a receipt to send back, or a receipt."""

    report: SyncReport | None = None
    receipt: ReadyReceipt | None = None
    taken: Taken | None = None


class _Whom(NamedTuple):
    """A visit that is to be handed over, and to whom it can be."""

    number: str
    space: str
    members: tuple[Member, ...]


class ByHand(QObject):
    """Each method is a button or a drop."""

    #: Something was taken in: what pages show may be otherwise now.
    taken = Signal()

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._parent = desk, parent
        self._kept = Kept(desk)

    # -- handing over ------------------------------------------------------------------------------

    def hand_over(self, visit: str) -> None:
        """Write a visit to a file, for everybody or for members who are chosen."""
        self._desk.read(self, lambda session: _whom(session, visit), partial(self._choose, visit),
                        self._refused)  # fmt: skip

    def _choose(self, visit: str, whom: _Whom) -> None:
        tr = self._desk.tr
        to = asked_members(self._desk, self._parent, whom)
        if to is None:
            return
        name = tr("Visit {number}", number=whom.number)
        target = new_file(
            *(self._parent, tr("Hand the visit over"), documents() / f"{name}.{VISIT}"),
            f"{tr('Visit')} (*.{VISIT})",
            replaces=True,
        )
        if target is None:
            return
        dialog = Carrying(self._desk, self._parent, tr("Hand the visit over"))
        dialog.carry(
            lambda session, progress: _handed_over(session, progress, visit, target, to),
            lambda report: dialog.show_lines(_handed_lines(report, target, self._desk)),
        )

    # -- taking in ---------------------------------------------------------------------------------

    def take(self) -> None:
        """Choose a file that somebody handed over, or a receipt, and take it in."""
        tr = self._desk.tr
        named = tr("Visits and receipts")
        kinds = f"{named} (*.{VISIT} *.{RECEIPT})"
        path = chosen_file(self._parent, tr("Take in a visit or a receipt"), documents(), kinds)
        if path is not None:
            self.take_file(path)

    def take_file(self, path: Path) -> None:
        """Take in a file."""
        dialog = Carrying(self._desk, self._parent, self._desk.tr("Take in a visit or a receipt"))
        dialog.carry(
            lambda session, progress: _taken_in(session, progress, path),
            partial(self._show_came, dialog),
        )

    def take_drops(self, page: QWidget, ready: Callable[[], bool]) -> None:
        """Take in what is dropped on a page; `ready`: whether this computer exchanges at all."""

        def carried(data: QMimeData) -> list[Path]:
            files = local_files(data) if ready() else ()
            return [path for path in files if path.suffix.lower() in _SUFFIXES]

        def dropped(data: QMimeData) -> None:
            # Several at once would hide what the first one came to.
            for path in carried(data)[:1]:
                self.take_file(path)

        words = self._desk.tr("Let go to take in what was handed over")
        Dropping(self._desk, page, carried, dropped, words)

    def _show_came(self, dialog: Carrying, came: Came) -> None:
        tr, text = self._desk.tr, operation("exchange_text")
        if came.taken is not None:
            dialog.show_lines([text.receipt_text(came.taken, tr)])
        elif came.report is not None:
            # Folders may name what they hold.
            named = replace(came.report, place=Path(came.report.place).name)
            dialog.show_lines(text.report_lines(named, tr)[1:])
        if came.receipt is not None:
            dialog.offer(tr("Show it as codes …"), partial(self._show, came.receipt.data))
            dialog.offer(tr("Save the receipt …"), partial(self._save, came.receipt))
        # What is only here may be less now.
        self._desk.exchange.count()
        self.taken.emit()

    def read_codes(self) -> None:
        """Read what others show as codes: a receipt, its rows, or a small visit."""
        dialog = ReadingDialog(self._desk, self._parent)
        dialog.whole.connect(self._read)
        dialog.open()

    def _read(self, data: bytes) -> None:
        files = operation("code_files")
        kind = files.kind_of(data)
        if kind is files.Kind.OTHER:
            self._take_typed(data.decode("utf-8", "replace"))
        else:
            self.take_file(self._kept.file(data, kind))

    def _show(self, receipt: bytes) -> None:
        show_codes(self._desk, self, self._parent, self._desk.tr("Receipt"), receipt)

    # -- receipts ----------------------------------------------------------------------------------

    def save_receipt(self, receipt: Receipt) -> None:
        """Save a receipt that could not be left where the entries came from."""
        self._desk.read(
            self,
            lambda session: operation("receipt_papers").ready_receipt(session, receipt),
            self._save,
            self._refused,
        )

    def _save(self, ready: ReadyReceipt) -> None:
        tr, lang = self._desk.tr, self._desk.lang
        target = new_file(
            *(self._parent, tr("Save the receipt"), documents() / f"{tr('Receipt')}.{RECEIPT}"),
            f"{tr('Receipt')} (*.{RECEIPT});;PDF (*.pdf);;PNG (*.png)",
            replaces=True,
        )
        if target is None:
            return
        said = tr("The receipt is written to {path}. Send it to whoever handed over.", path=target)
        self._desk.papers.run(
            self,
            lambda _progress: operation("receipt_papers").write_receipt(ready, target, lang),
            lambda _none: self._desk.say(said),
            failed=self._refused,
        )

    def type_receipt(self) -> None:
        """Take in the rows of a printed receipt."""
        typed = asked_rows(self._desk, self._parent)
        if typed is not None:
            self._take_typed(typed)

    def _take_typed(self, typed: str) -> None:
        tr = self._desk.tr
        self._desk.act(
            self,
            lambda session: operation("receipts").take_typed(session, typed, tr("what was typed")),
            self._typed,
            self._refused,
        )

    def _typed(self, taken: Taken) -> None:
        tr = self._desk.tr
        words = operation("exchange_text").receipt_text(taken, tr)
        show_note(self._desk, self._parent, tr("Receipt"), words)
        self._desk.exchange.count()
        self.taken.emit()

    def _refused(self, error: Exception) -> None:
        show_failure(self._desk, self._parent, error)


def documents() -> Path:
    """Return where people begin to look for a file."""
    places = QStandardPaths.StandardLocation
    return Path(QStandardPaths.writableLocation(places.DocumentsLocation))


# -- asking ----------------------------------------------------------------------------------------


def asked_members(desk: Desk, parent: QWidget, whom: _Whom) -> tuple[str, ...] | None:
    """Ask for whom a visit is handed over: computers, () for everybody, None for nobody."""
    tr = desk.tr
    message = Message(
        *(desk, parent, tr("Hand the visit over")),
        tr(
            "The visit is written to a file, encrypted and signed. Whoever finds it can read "
            "nothing. Both sides can go on: what both record is one visit later. Whose computer "
            "lacks a key gets it with the file, if it is chosen here."
        ),
    )
    boxes = {each.log: QCheckBox(each.name) for each in whom.members}
    listed = QWidget()
    listed.setLayout(column(*boxes.values(), None, spacing=tokens.XS))
    for box in boxes.values():
        box.setChecked(True)
    area = scrolled(listed)
    area.setMinimumHeight(min(_LIST, 40 * len(boxes) + 16))
    message.put(Labelled(tr("For (everybody of {space} can read it)", space=whom.space), area))
    message.add(tr("Cancel"), QDialog.DialogCode.Rejected)
    done = message.add(tr("Choose a file …"), QDialog.DialogCode.Accepted, kind="primary")
    done.setDefault(True)

    def check() -> None:
        done.setEnabled(any(box.isChecked() for box in boxes.values()))

    for box in boxes.values():
        box.toggled.connect(check)
    check()
    message.fit()
    answer = message.exec() == QDialog.DialogCode.Accepted
    chosen = tuple(log for log, box in boxes.items() if box.isChecked())
    message.deleteLater()
    if not answer:
        return None
    return () if len(chosen) == len(boxes) else chosen


def asked_rows(desk: Desk, parent: QWidget) -> str | None:
    """Ask for the rows of a printed receipt; None if the person changed their mind."""
    tr = desk.tr
    message = Message(
        *(desk, parent, tr("Type in a receipt")),
        tr(
            "Type the rows as they are printed, or paste what the code on the page holds. Row "
            "numbers, blanks and small letters do not matter."
        ),
    )
    rows = QPlainTextEdit()
    rows.setTabChangesFocus(True)
    message.put(Labelled(tr("The rows of the receipt"), rows))
    message.add(tr("Cancel"), QDialog.DialogCode.Rejected)
    done = message.add(tr("Take it in"), QDialog.DialogCode.Accepted, kind="primary")
    done.setEnabled(False)
    rows.textChanged.connect(lambda: done.setEnabled(bool(rows.toPlainText().strip())))
    keep_typed(desk, message, "rows")
    rows.setFocus()
    message.fit()
    answer = message.exec() == QDialog.DialogCode.Accepted
    typed = rows.toPlainText()
    message.deleteLater()
    return typed if answer else None


# -- on the worker ---------------------------------------------------------------------------------


def _whom(session: Session, visit: str) -> _Whom:
    organisation = operation("organisation")
    # Several chains that one key writes are one computer; this one is not handed anything.
    listed = sorted(organisation.members(session), key=lambda each: each.me)
    shown = {each.fingerprint: each for each in listed if each.revoked_after is None}
    members = tuple(each for each in shown.values() if not each.me)
    number = bare_number(operation("recording").find_visit(session, visit))
    return _Whom(number, organisation.standing(session).space, members)


def _handed_over(
    session: Session, progress: Progress, visit: str, target: Path, to: Sequence[str]
) -> Iterator[SyncReport | None]:
    steps = operation("visit_files").hand_over_steps(session, visit, target, to, progress)
    yield (yield from _through(steps))


def _taken_in(session: Session, progress: Progress, path: Path) -> Iterator[Came | None]:
    receipts = operation("receipts")
    raw = receipts.receipt_in(path)
    if raw is not None:
        yield Came(taken=receipts.take_receipt(session, raw, path.name))
        return
    report = yield from _through(operation("visit_files").take_in_steps(session, path, progress))
    by_hand = report.done.by_hand
    papers = operation("receipt_papers")
    yield Came(report, papers.ready_receipt(session, by_hand) if by_hand else None)


def _through(steps: Generator[None, None, T]) -> Generator[None, None, T]:
    """Go through steps between which the worker does what is more urgent; return their value."""
    with closing(steps):
        return (yield from steps)


def _handed_lines(report: SyncReport, target: Path, desk: Desk) -> list[str]:
    lines: list[str] = operation("exchange_text").handed_lines(report, target, desk.tr)
    return lines
