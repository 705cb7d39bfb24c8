"""Settings and about."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QButtonGroup, QStackedWidget, QWidget

from inspector.base.i18n import N_
from ui.page import Page
from ui.pages.settings.about import AboutSection, DiscretionSection
from ui.pages.settings.general import GeneralSection
from ui.pages.settings.keys import KeysSection
from ui.pages.settings.members import MembersSection
from ui.pages.settings.person import PersonSection
from ui.pages.settings.storage import StorageSection
from ui.theme import tokens
from ui.widgets.buttons import button
from ui.widgets.surfaces import column, row, scrolled

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QPushButton

    from inspector.domain.changes import Changes
    from ui.desk import Desk, Place
    from ui.pages.settings.section import Section

#: The sections by name, with their words and icons.
SECTIONS: dict[str, tuple[Callable[[Desk], Section], str, str]] = {
    "general": (GeneralSection, N_("Language and view"), "settings"),
    "person": (PersonSection, N_("Person and PIN"), "person"),
    "members": (MembersSection, N_("Members"), "people"),
    "keys": (KeysSection, N_("Keys"), "keyboard"),
    "storage": (StorageSection, N_("Storage and backups"), "drive"),
    "discretion": (DiscretionSection, N_("Discretion"), "hide"),
    "about": (AboutSection, N_("About"), "info"),
}
WIDEST = 860


class SettingsPage(Page):
    """A list of sections at the left, the chosen one at the right; built when first shown."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.title = self.tr("Settings")
        self._stack = QStackedWidget()
        self._made: dict[str, Section] = {}
        self._areas: dict[str, QWidget] = {}
        self._buttons: dict[str, QPushButton] = {}
        group = QButtonGroup(self)
        index = column(spacing=tokens.XS, margins=tokens.L)
        for name, (_kind, words, icon) in SECTIONS.items():
            made = button(
                self.look,
                self.tr(words),
                partial(desk.go, "settings", section=name),
                kind="chip",
                icon=icon,
                extent="touch",
            )
            group.addButton(made)
            self._buttons[name] = made
            index.addWidget(made)
        index.addStretch(1)
        whole = row(spacing=0)
        whole.addLayout(index)
        whole.addWidget(self._stack, 1)
        self.setLayout(whole)

    def show_place(self, place: Place) -> None:
        """Show a section, the first one if none is named."""
        name = place.more.get("section", "general")
        if name not in self._made:
            self._make(name)
        self._buttons[name].setChecked(True)
        self._stack.setCurrentWidget(self._areas[name])
        self._made[name].show_state()

    def refresh(self, changes: Changes) -> None:
        """Read again what the shown section shows."""
        del changes
        for name, area in self._areas.items():
            if area is self._stack.currentWidget():
                self._made[name].show_state()

    def _make(self, name: str) -> None:
        section = SECTIONS[name][0](self.desk)
        section.setMaximumWidth(WIDEST)
        inside = QWidget()
        line = row(section, spacing=0)
        line.setContentsMargins(tokens.S, tokens.L, tokens.XL, tokens.L)
        line.addStretch(1)
        line.setStretch(0, 100)
        inside.setLayout(line)
        self._made[name] = section
        self._areas[name] = scrolled(inside)
        self._stack.addWidget(self._areas[name])
