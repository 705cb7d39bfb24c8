"""What hands do in the window for bringing in, and what of it reached the record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QDialog, QLabel

from inspector.operations.evidence import evidence_of_visit
from tests.support.jpegs import write_jpeg
from ui.messages import Message
from ui.pages.evidence.offered import OfferedModel

if TYPE_CHECKING:
    from pathlib import Path

    from inspector.domain.vocabulary import EvidenceRoute
    from tests.support.office import Office
    from tests.ui.conftest import Bench
    from ui.pages.evidence.bring import BringDialog

LONG_MS = 30_000


def card_of_visit(folder: Path) -> Path:
    """Write three photographs of the visit that is covert, one of another day, one broken."""
    for number in range(3):
        taken = f"2026:03:06 09:4{number}:00"
        write_jpeg(folder / f"in{number}.jpg", taken=taken, tint=number)
    write_jpeg(folder / "old.jpg", taken="2026:03:01 09:00:00", tint=90)
    (folder / "broken.jpg").write_bytes(b"")
    return folder


def rest(opened: Bench, dialog: BringDialog) -> None:
    opened.qtbot.waitUntil(lambda: not dialog.is_busy, timeout=LONG_MS)
    opened.settle()


def states(dialog: BringDialog) -> dict[str, str]:
    model = dialog.model
    rows = [model.index(row) for row in range(model.rowCount())]
    return {each.data(): each.data(OfferedModel.STATE).word for each in rows}


def stored(opened: Bench, office: Office) -> dict[str, EvidenceRoute]:
    found = opened.ask(lambda session: evidence_of_visit(session, office.covert))
    return {each.original_name: each.route for each in found}


def said(dialog: BringDialog) -> str:
    labels = dialog.results.findChildren(QLabel)
    return "\n".join(each.text() for each in labels if each.isVisibleTo(dialog))


def answered(answer: QDialog.DialogCode) -> None:
    """Answer the question that is asked, if one is."""
    message = QApplication.activeModalWidget()
    if isinstance(message, Message):
        message.done(answer)
