"""A section of the settings: a column of cards that reads what it shows when it is shown."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtWidgets import QButtonGroup, QWidget

from inspector.base.system_reasons import reason_of
from ui.theme import tokens
from ui.widgets.buttons import button
from ui.widgets.surfaces import column, row

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from inspector.base.i18n import Translator
    from ui.desk import Desk

T = TypeVar("T")


class Section(QWidget):
    """One section."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.body = column(spacing=tokens.L)
        self.setLayout(column(self.body, None))

    @property
    def tr(self) -> Translator:  # type: ignore[override]  # Qt's own would ask Qt's catalogues
        """Turns English message ids into the language of the windows."""
        return self.desk.tr

    def show_state(self) -> None:
        """Read what is shown here."""

    def offer_new(self) -> None:
        """Begin something new, where there is something of which there can be more."""

    def prefer(self, **changed: Any) -> None:
        """Keep changed settings."""
        try:
            self.desk.prefer(replace(self.desk.settings, **changed))
        except OSError as error:
            text = self.tr(
                "The settings could not be kept ({detail}). The records are not affected.",
                detail=reason_of(error),
            )
            self.desk.say(text)

    def choice(
        self, choices: Sequence[tuple[T, str]], chosen: T, choose: Callable[[T], None], name: str
    ) -> QWidget:
        """Return buttons of which one is chosen; `name` says of what."""
        line = QWidget()
        group = QButtonGroup(line)
        layout = row(spacing=tokens.S)
        for value, words in choices:
            chip = button(
                self.desk.look, words, partial(choose, value), kind="chip", name=f"{name}: {words}"
            )
            chip.setChecked(value == chosen)
            group.addButton(chip)
            layout.addWidget(chip)
        layout.addStretch(1)
        line.setLayout(layout)
        return line
