"""What stands in fields and was saved by nobody yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

if TYPE_CHECKING:
    from collections.abc import Collection

    from PySide6.QtWidgets import QWidget


def is_typed_in(widget: QWidget, apart: Collection[QLineEdit] = ()) -> bool:
    """Tell whether something was typed into a field of `widget` that stands there unsaved.

    apart: fields that save nothing, such as filters.
    """
    lines, texts = widget.findChildren(QLineEdit), widget.findChildren(QPlainTextEdit)
    return any(e.isModified() and bool(e.text()) and e not in apart for e in lines) or any(
        each.document().isModified() and bool(each.toPlainText()) for each in texts
    )


def settle(widget: QWidget) -> None:
    """Take what stands in the fields of `widget` for saved, or for wanted by nobody any more."""
    for line in widget.findChildren(QLineEdit):
        line.setModified(False)
    for text in widget.findChildren(QPlainTextEdit):
        text.document().setModified(False)
