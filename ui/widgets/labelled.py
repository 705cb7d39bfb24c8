"""A field with its name above it and a hint below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from ui.theme import tokens
from ui.theme.tokens import Tone, Type
from ui.widgets.surfaces import column
from ui.widgets.text import label, retone

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLayout


class Labelled(QWidget):
    """Names `field` for people and assistive tools; `hint` may change with what is typed."""

    def __init__(
        self, title: str, field: QWidget, hint: str = "", beside: QLayout | None = None
    ) -> None:
        super().__init__()
        self.field = field
        self._name = name = label(title, Type.STRONG)
        name.setBuddy(field)
        if not field.accessibleName():
            field.setAccessibleName(title)
        self.hint: QLabel = label(hint, Type.CAPTION, wrap=True)
        layout: QVBoxLayout = column(name, beside or field, self.hint, spacing=tokens.XS)
        self.setLayout(layout)
        # Not before it has a parent: it would be a window of its own for a moment.
        self.hint.setVisible(bool(hint))

    def rename(self, title: str) -> None:
        """Give it another name."""
        self._name.setText(title)
        self.field.setAccessibleName(title)

    def say(self, text: str, *, wrong: bool = False) -> None:
        """Change the hint; a wrong value is framed as well."""
        self.hint.setText(text)
        self.hint.setVisible(bool(text))
        retone(self.hint, Tone.DANGER if wrong else None)
        if isinstance(self.field, QLineEdit):
            self.field.setProperty("wrong", "true" if wrong else "false")
            self.field.style().unpolish(self.field)
            self.field.style().polish(self.field)
