"""What is asked of a person before an office is given or taken, or keys are opened from a sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtWidgets import QCheckBox, QDialog, QPlainTextEdit

from ui.messages import Message
from ui.models.administrators import ABOUT, SAID_WIDTHS, StatementsModel
from ui.theme import tokens
from ui.widgets.buttons import button
from ui.widgets.choice import ChoiceBox
from ui.widgets.labelled import Labelled
from ui.widgets.register import RegisterTable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from inspector.operations.offices import Said
    from ui.desk import Desk

#: Size of the table of statements at 100 % text: three of them, the others scroll.
_WIDE, _HIGH = 560, 156


class Dropped(NamedTuple):
    """Which statements of an administrator shall not stay valid: these, or all."""

    ids: tuple[str, ...]
    all: bool


class Sheet(NamedTuple):
    """The rows of a recovery sheet as typed, and whether the office is taken with the root key."""

    rows: str
    office: bool


def asked_one(
    desk: Desk, parent: QWidget, title: str, text: str, verb: str, choices: Sequence[str]
) -> int | None:
    """Let a person choose one of several; return its place, None if they changed their mind."""
    message = Message(desk, parent, title, text)
    chosen = ChoiceBox(title)
    chosen.addItems(choices)
    message.put(chosen)
    message.add(desk.tr("Cancel"), QDialog.DialogCode.Rejected)
    message.add(verb, QDialog.DialogCode.Accepted, kind="primary").setDefault(True)
    chosen.setFocus()
    answer = message.exec() == QDialog.DialogCode.Accepted
    found = chosen.currentIndex()
    message.deleteLater()
    return found if answer else None


def show_statements(
    desk: Desk, parent: QWidget, title: str, text: str, said: Sequence[Said]
) -> None:
    """Show what an administrator stated."""
    message = Message(desk, parent, title, text)
    message.put(_table(desk, title, StatementsModel(desk.tr, said, message, choosing=False)))
    message.add(desk.tr("Close"), QDialog.DialogCode.Accepted, kind="primary").setFocus()
    message.fit()
    message.exec()
    message.deleteLater()


def asked_dropped(
    desk: Desk, parent: QWidget, title: str, text: str, verb: str, said: Sequence[Said]
) -> Dropped | None:
    """Let a person say what of an administrator's statements shall not stay valid."""
    tr = desk.tr
    message = Message(desk, parent, title, text)
    model = StatementsModel(tr, said, message, choosing=True)
    table = _table(desk, tr("What they stated"), model)
    none = QCheckBox(tr("None of it stays valid, except for keys"))
    turn = button(desk.look, tr("Drop this statement"))
    message.put(table)
    message.put(turn)
    message.put(none)
    stay = message.add(tr("Cancel"), QDialog.DialogCode.Rejected)
    message.add(verb, QDialog.DialogCode.Accepted, kind="danger")

    def show() -> None:
        at = table.currentIndex().row()
        table.setEnabled(not none.isChecked())
        turn.setEnabled(not none.isChecked() and model.may_drop(at))
        kept = tr("Let this statement stay")
        turn.setText(kept if model.is_dropped(at) else tr("Drop this statement"))

    def drop() -> None:
        model.turn(table.currentIndex().row())
        show()

    turn.clicked.connect(drop)
    table.opened.connect(drop)
    table.moved.connect(show)
    none.toggled.connect(show)
    show()
    stay.setFocus()
    message.fit()
    answer = message.exec() == QDialog.DialogCode.Accepted
    found = Dropped(model.dropped, none.isChecked())
    message.deleteLater()
    return found if answer else None


def _table(desk: Desk, name: str, model: StatementsModel) -> RegisterTable:
    table = RegisterTable(desk, name, model)
    table.set_widths(SAID_WIDTHS[: model.columnCount()], ABOUT)
    table.setMinimumSize(round(_WIDE * desk.look.scale), round(_HIGH * desk.look.scale))
    if model.rowCount():
        table.selectRow(0)
    return table


def asked_recovery(desk: Desk, parent: QWidget, *, belongs: bool) -> Sheet | None:
    """Ask for the rows of a recovery sheet; None if the person changed their mind.

    belongs: whether the workspace knows the organisation. Where it does not, the root key has to
    say whose the keys are.
    """
    tr = desk.tr
    message = Message(
        desk,
        parent,
        tr("Open the keys with a recovery sheet"),
        tr(
            "For when the computers of all administrators are lost. The sheet opens every key of "
            "the organisation on this computer. Type the rows as they are printed, or paste what "
            "the code on the sheet holds. Row numbers, blanks and small letters do not matter."
        ),
    )
    rows = QPlainTextEdit()
    rows.setTabChangesFocus(True)
    rows.setMaximumHeight(round(4 * tokens.CONTROL * desk.look.scale))
    office = QCheckBox(tr("Take the office on this computer as well, with the root key"))
    office.setChecked(not belongs)
    office.setEnabled(belongs)
    message.put(Labelled(tr("The rows of the sheet"), rows))
    message.put(office)
    message.add(tr("Cancel"), QDialog.DialogCode.Rejected)
    done = message.add(tr("Open the keys"), QDialog.DialogCode.Accepted, kind="primary")
    done.setEnabled(False)
    rows.textChanged.connect(lambda: done.setEnabled(bool(rows.toPlainText().strip())))
    rows.setFocus()
    message.fit()
    answer = message.exec() == QDialog.DialogCode.Accepted
    typed = Sheet(rows.toPlainText(), office.isChecked())
    message.deleteLater()
    return typed if answer else None
