"""A box to tick beside its words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox

if TYPE_CHECKING:
    from PySide6.QtCore import QPoint


class CheckBox(QCheckBox):
    """One that is ticked wherever it is pressed.

    Qt takes only the middle of a box that a style sheet makes taller: at its edges a press gave it
    the keys and ticked nothing.
    """

    def hitButton(self, pos: QPoint) -> bool:
        """Tell whether a press there ticks it."""
        return self.rect().contains(pos)
