"""Opening the first workspace, and what follows when one is open."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from inspector.base.system_reasons import reason_of
from ui import opening
from ui.frame.pages import PAGES
from ui.messages import present_withheld, show_note

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtCore import QObject
    from PySide6.QtWidgets import QWidget

    from inspector.operations.session import Recovered, Session
    from ui.desk import Desk

#: A shorter opening is not told. Milliseconds.
PATIENCE_MS = 400


def open_first(desk: Desk, window: QWidget, root: Path) -> None:
    """Open the workspace that the program begins with; Start says why where it does not open."""
    # Until then there is nowhere to go, and nothing may be asked of what is not open.
    desk.locked = True

    def opened(found: Path, recovered: Recovered) -> None:
        _unlock(desk)
        enter(desk, window, found, recovered)

    def refused(_error: Exception) -> None:
        _unlock(desk)
        # It is tried once more there: what stood in the way may be gone by now.
        desk.go("start", open=str(root))

    open_in_place(desk, window, lambda: opening.opened(root), opened, refused)
    QTimer.singleShot(PATIENCE_MS, window, lambda: _tell_opening(desk))
    # While the worker opens it, the page that comes next is loaded.
    PAGES["home"].load()


def open_in_place(
    desk: Desk,
    owner: QObject,
    work: Callable[[], Session],
    then: Callable[[Path, Recovered], None],
    failed: Callable[[Exception], None],
) -> None:
    """Open a workspace in place of the one that is open; `work` runs on the worker."""
    found: list[Recovered] = []

    def run() -> Session:
        session = work()
        found.append(session.recovered)
        return session

    desk.worker.open(owner, run, lambda root: then(root, found[0]), failed=failed)


def enter(desk: Desk, window: QWidget, root: Path, recovered: Recovered) -> None:
    """Go to Home in the workspace that was opened."""
    desk.root = root
    desk.handed_over = recovered.handed_over
    recent = desk.settings.opened(root).recent
    if recent != desk.settings.recent:
        prefer(desk, recent=recent)
    # Before all that follows an opening: what Home shows is read first. Nothing is painted yet.
    desk.go("home")
    desk.opened.emit()
    if text := recovered_text(desk, recovered):
        show_note(desk, window, desk.tr("Brought in order"), text)


def prefer(desk: Desk, **changed: object) -> None:
    """Keep settings; a workspace opens even where they cannot be written."""
    try:
        desk.prefer(replace(desk.settings, **changed))  # type: ignore[arg-type]
    except OSError as error:
        text = desk.tr(
            "The settings could not be kept ({detail}). The records are not affected.",
            detail=reason_of(error),
        )
        desk.say(text)


def _unlock(desk: Desk) -> None:
    desk.locked = False
    present_withheld(desk)


def _tell_opening(desk: Desk) -> None:
    if desk.root is None and desk.locked:
        desk.say(desk.tr("Opening the workspace"), opening=True)


def recovered_text(desk: Desk, found: Recovered) -> str:
    """Return in words what opening brought in order, "" if there was nothing."""
    tr = desk.tr
    parts = []
    if found.restored:
        parts.append(tr("A restore that was interrupted has been finished."))
    if found.unclean:
        parts.append(
            tr("The program ended without closing. Everything that was saved has been read back.")
        )
    if found.files:
        parts.append(
            tr(
                "{count} half copied files were removed. Their originals are where they came from; "
                "add them again.",
                count=found.files,
            )
        )
    return "\n".join(parts)
