"""Changing what a finding of an open visit says; what it said before stays in the record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QWidget
from shiboken6 import isValid

from inspector.domain.terms import SEVERITIES, severity_name
from inspector.operations.findings import amend_finding
from ui.theme import tokens
from ui.theme.tokens import Tone, Type
from ui.widgets.buttons import button
from ui.widgets.choice import Choice
from ui.widgets.drafts import keep_typed
from ui.widgets.labelled import Labelled
from ui.widgets.surfaces import column, row
from ui.widgets.text import label

if TYPE_CHECKING:
    from inspector.operations.registers import FindingDetail
    from ui.desk import Desk

_WIDTH = 520


class AmendDialog(QDialog):
    """Words, category, severity and window of one finding. It closes by its buttons and Esc."""

    def __init__(self, desk: Desk, found: FindingDetail, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._found = desk, found
        finding, tr = found.row.finding, desk.tr
        self.setWindowTitle(tr("Amend the finding"))
        self.setMinimumWidth(_WIDTH)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.text = QPlainTextEdit(finding.text)
        self.text.setTabChangesFocus(True)
        self.text.setMinimumHeight(110)
        self.category = Choice(tr("Category"))
        self.severity, self.window_box = Choice(tr("Severity")), Choice(tr("Window"))
        self._fill()
        self.said = label("", Type.BODY, tone=Tone.DANGER, wrap=True)
        self.said.hide()
        self.save = button(desk.look, tr("Save"), self._save, kind="primary", icon="check")
        cancel = button(desk.look, tr("Cancel"), self.reject)
        note = tr("What it said before stays in the record. A confirmation of it no longer counts.")
        beside = row(
            Labelled(tr("Severity"), self.severity), Labelled(tr("Window"), self.window_box)
        )
        self.setLayout(
            column(
                label(tr("Amend the finding"), Type.SECTION),
                Labelled(tr("What was seen"), self.text),
                Labelled(tr("Category"), self.category),
                beside,
                label(note, Type.CAPTION, wrap=True),
                self.said,
                row(None, cancel, self.save),
                spacing=tokens.M,
                margins=tokens.XL,
            )
        )
        self._kept = keep_typed(desk, self, finding.id, visit=finding.visit)
        self.text.setFocus()

    def _fill(self) -> None:
        finding, tr, lang = self._found.row.finding, self._desk.tr, self._desk.lang
        self.category.addItem(tr("Without a category"), "")
        for each in self._found.choices:
            name = each.zh if lang == "zh" else each.en
            self.category.addItem(f"{each.code} {name}", each.code)
        first = finding.situations[0] if finding.situations else ""
        if first and self.category.findData(first) < 0:  # it was in force once
            self.category.addItem(first, first)
        self.category.setCurrentIndex(self.category.findData(first))
        for severity in SEVERITIES:
            self.severity.addItem(severity_name(severity, lang), severity)
        self.severity.setCurrentIndex(self.severity.findData(finding.severity))
        self.window_box.addItem(tr("Without a window"), "")
        for window in self._found.windows:
            words = " ".join(part for part in (window.number, window.label) if part)
            self.window_box.addItem(words, window.id)
        self.window_box.setCurrentIndex(max(0, self.window_box.findData(finding.window or "")))

    def _fields(self) -> dict[str, Any]:
        """Return what differs from what the finding says now."""
        finding = self._found.row.finding
        category = self.category.currentData()
        # The first one is the category; what was named beside it stays.
        rest = tuple(code for code in finding.situations[1:] if code != category)
        wanted: dict[str, Any] = {
            "text": self.text.toPlainText(),
            "situations": (category, *rest) if category else rest,
            "severity": self.severity.currentData(),
            "window": self.window_box.currentData() or None,
        }
        return {name: value for name, value in wanted.items() if getattr(finding, name) != value}

    def _save(self) -> None:
        fields, finding = self._fields(), self._found.row.finding.id
        if not fields:
            self.accept()
            return
        self.save.setEnabled(False)
        # Esc may come before the answer: what was saved is not kept, what was not saved is told.
        self._desk.act(
            self._desk,
            lambda session: amend_finding(session, finding, fields),
            lambda _done: self._saved(),
            self._refused,
        )

    def _saved(self) -> None:
        self._desk.say(self._desk.tr("The finding is amended."))
        self._kept.saved()

    def _refused(self, error: Exception) -> None:
        """Say why it was not saved; what was typed stays."""
        if not isValid(self):
            self._desk.worker.refused.emit(error)
            return
        self.save.setEnabled(True)
        if not self._desk.foresaw(error):
            return
        self.said.setText(error.text(self._desk.tr))
        self.said.show()
