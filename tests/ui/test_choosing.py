"""Files and folders are chosen without a trace in the profile of the user."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QSettings, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QWidget
from shiboken6 import isValid

from ui.choosing import chosen_file, chosen_files, chosen_folder, new_file

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    """Where Qt keeps what it remembers of a user."""
    folder = tmp_path / "profile"
    QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, str(folder))
    return folder


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder named as a place is."""
    folder = tmp_path / "East Hall"
    folder.mkdir()
    (folder / "a.db").write_bytes(b"x")
    return folder


def answer(text: str | None) -> None:
    """Type a name into the dialog that is open and accept it, or close it."""
    dialog = QApplication.activeModalWidget()
    if not isinstance(dialog, QFileDialog):
        QTimer.singleShot(20, partial(answer, text))
    elif text is None:
        dialog.reject()
    else:
        assert dialog.testOption(QFileDialog.Option.DontUseNativeDialog)
        dialog.findChildren(QLineEdit)[0].setText(text)
        dialog.accept()


def test_a_new_file_is_of_the_kind_that_was_suggested(
    qtbot: QtBot, profile: Path, place: Path
) -> None:
    for typed, written in (("b", "b.db"), ("b.db", "b.db"), ("b.copy", "b.copy")):
        QTimer.singleShot(20, partial(answer, str(place / typed)))
        assert new_file(None, "Save", place / "new.db") == place / written


def test_nothing_is_chosen_and_remembered_where_the_page_goes_away_meanwhile(
    qtbot: QtBot, qapp: QApplication, profile: Path, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(place)
    page = QWidget()

    def go() -> None:
        if not isinstance(QApplication.activeModalWidget(), QFileDialog):
            QTimer.singleShot(20, go)
            return
        page.deleteLater()

    QTimer.singleShot(20, go)
    assert chosen_file(page, "Open", place, "All (*)") is None
    assert not isValid(page)
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    kept = "".join(each.read_text("utf-8") for each in profile.rglob("*.conf"))
    assert "East" not in kept


@pytest.mark.parametrize("accepted", [True, False])
def test_no_folder_that_was_visited_is_remembered(
    qtbot: QtBot,
    qapp: QApplication,
    profile: Path,
    place: Path,
    monkeypatch: pytest.MonkeyPatch,
    accepted: bool,
) -> None:
    monkeypatch.chdir(place)
    file, new = place / "a.db", place / "b.db"
    asked: list[tuple[Callable[[], object], Path, object]] = [
        (lambda: chosen_file(None, "Open", place, "All (*)"), file, file),  # type: ignore[arg-type]
        (lambda: chosen_files(None, "Open", "All (*)"), file, [file]),
        (lambda: chosen_folder(None, "Open", place), place, place),  # type: ignore[arg-type]
        (lambda: new_file(None, "Save", new), new, new),
    ]
    for ask, typed, chosen in asked:
        QTimer.singleShot(20, partial(answer, str(typed) if accepted else None))
        nothing: object = [] if isinstance(chosen, list) else None
        assert ask() == (chosen if accepted else nothing)
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    kept = "".join(each.read_text("utf-8") for each in profile.rglob("*.conf"))
    assert "FileDialog" in kept
    assert "East" not in kept
