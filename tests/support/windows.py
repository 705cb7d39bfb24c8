"""What a person sees of a window."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QWidget


def visible_text(window: QWidget) -> str:
    """What can be seen of a window: texts of labels that nothing lies over."""
    seen = []
    for each in window.findChildren(QLabel):
        middle = each.mapTo(window, each.rect().center())
        top = window.childAt(middle)
        if each.isVisible() and top is not None and (top is each or each.isAncestorOf(top)):
            seen.append(each.text())
    return "\n".join(seen)
