"""Asking for passphrases: a new one typed twice, with the former one or a reason where needed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtWidgets import QDialog, QLineEdit, QPlainTextEdit

from ui.messages import Message
from ui.theme.tokens import Tone, Type
from ui.widgets.labelled import Labelled
from ui.widgets.text import label

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.desk import Desk


class NewPassphrase(NamedTuple):
    """What was typed: the passphrase until now or the reason, and the new passphrase."""

    first: str
    passphrase: str


def asked_passphrase(
    desk: Desk,
    parent: QWidget | None,
    title: str,
    text: str,
    verb: str,
    *,
    first: str = "",
    hidden: bool = True,
) -> NewPassphrase | None:
    """Let a member choose a passphrase, typed twice; None if they changed their mind.

    first: the name of what is asked before it, the present passphrase or, not `hidden`, a reason.
    """
    tr = desk.tr
    message = Message(desk, parent, title, text)
    before = _field(first, hidden=hidden) if first else None
    fields = [_field(tr("New passphrase")), _field(tr("The same passphrase once more"))]
    wrong = label("", Type.CAPTION, tone=Tone.DANGER, wrap=True)
    for widget in (*([before] if before else []), *fields, wrong):
        message.put(widget)
    message.add(tr("Cancel"), QDialog.DialogCode.Rejected)
    done = message.add(verb, QDialog.DialogCode.Accepted, kind="primary")
    done.setEnabled(False)
    done.setDefault(True)

    def check() -> None:
        one, two = (each.text() for each in fields)
        told = before is None or bool(before.text().strip())
        done.setEnabled(told and bool(one) and one == two)
        differs = bool(two) and len(two) >= len(one) and one != two
        wrong.setText(tr("The two are not the same.") if differs else "")

    for field in (*([before] if before else []), *fields):
        field.textChanged.connect(check)
    (before or fields[0]).setFocus()
    answer = message.exec() == QDialog.DialogCode.Accepted
    typed = NewPassphrase(before.text() if before else "", fields[0].text())
    message.deleteLater()
    return typed if answer else None


def asked_sheet(
    desk: Desk, parent: QWidget | None, title: str, text: str, verb: str
) -> NewPassphrase | None:
    """Ask for the rows of a printed sheet, which come first, and for its passphrase."""
    tr = desk.tr
    message = Message(desk, parent, title, text)
    rows = QPlainTextEdit()
    rows.setTabChangesFocus(True)
    passphrase = _field(tr("Passphrase of the sheet"))
    message.put(Labelled(tr("The rows of the sheet"), rows))
    message.put(passphrase)
    message.add(tr("Cancel"), QDialog.DialogCode.Rejected)
    done = message.add(verb, QDialog.DialogCode.Accepted, kind="primary")
    done.setEnabled(False)

    def check() -> None:
        done.setEnabled(bool(rows.toPlainText().strip()) and bool(passphrase.text()))

    rows.textChanged.connect(check)
    passphrase.textChanged.connect(check)
    rows.setFocus()
    answer = message.exec() == QDialog.DialogCode.Accepted
    typed = NewPassphrase(rows.toPlainText(), passphrase.text())
    message.deleteLater()
    return typed if answer else None


def _field(name: str, *, hidden: bool = True) -> QLineEdit:
    made = QLineEdit()
    if hidden:
        made.setEchoMode(QLineEdit.EchoMode.Password)
    made.setAccessibleName(name)
    made.setPlaceholderText(name)
    made.setProperty("extent", "field")
    return made
