"""Settings and about."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QButtonGroup, QStackedWidget, QWidget

from inspector.base.i18n import N_
from ui.page import Page
from ui.pages.settings.about import AboutSection, DiscretionSection
from ui.pages.settings.general import GeneralSection
from ui.pages.settings.keys import KeysSection
from ui.pages.settings.members import MembersSection
from ui.pages.settings.organisation import OrganisationSection
from ui.pages.settings.person import PersonSection
from ui.pages.settings.storage import StorageSection
from ui.theme import tokens
from ui.theme.tokens import Type
from ui.widgets.buttons import button
from ui.widgets.surfaces import column, row, scrolled
from ui.widgets.typed import is_typed_in

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
    "organisation": (OrganisationSection, N_("The organisation"), "link"),
    "keys": (KeysSection, N_("Keys"), "keyboard"),
    "storage": (StorageSection, N_("Storage and backups"), "drive"),
    "discretion": (DiscretionSection, N_("Discretion"), "hide"),
    "about": (AboutSection, N_("About"), "info"),
}
#: What is typed there is only tried.
_PASSING = frozenset({"general"})
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
        #: Sections in an earlier look, as something unsaved stands in them.
        self._kept: set[str] = set()
        group = QButtonGroup(self)
        index = column(spacing=tokens.XS, margins=tokens.L)
        for name, (_kind, words, icon) in SECTIONS.items():
            made = button(
                self.look,
                self.tr(words),
                partial(desk.go, "settings", section=name),
                kind="quiet",
                icon=icon,
                extent="touch",
            )
            # As on the rail: a soft ground says where one is.
            made.setProperty("align", "left")
            made.setCheckable(True)
            bold = QFontMetrics(self.look.font(Type.STRONG)).horizontalAdvance(made.text())
            made.setMinimumWidth(bold + made.iconSize().width() + 2 * tokens.L)
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
        if name in self._kept and not is_typed_in(self._made[name]):
            self._kept.remove(name)
            self._stack.removeWidget(self._areas[name])
            self._areas.pop(name).deleteLater()
            del self._made[name]
        if name not in self._made:
            self._put(name, SECTIONS[name][0](self.desk))
        self._buttons[name].setChecked(True)
        self._stack.setCurrentWidget(self._areas[name])
        self._made[name].show_state()
        if place.more.get("new"):
            self._made[name].offer_new()

    def refresh(self, changes: Changes) -> None:
        """Read again what the shown section shows."""
        del changes
        for name, area in self._areas.items():
            if area is self._stack.currentWidget():
                self._made[name].show_state()

    def is_typed_in(self) -> bool:
        """Nothing is lost here: sections in which something stands go along as they are."""
        return False

    def is_unsaved(self) -> bool:
        """Whether something stands in a section that nobody saved."""
        return bool(self._typed())

    def _typed(self) -> dict[str, Section]:
        return {
            name: section
            for name, section in self._made.items()
            if name not in _PASSING and is_typed_in(section)
        }

    def hand_over(self) -> dict[str, Section]:
        """Return the sections in which something stands that nobody saved."""
        typed = self._typed()
        for section in typed.values():
            section.setParent(None)
        return typed

    def take_over(self, handed: dict[str, Section]) -> None:
        """Take in what was typed on the page that stood here before."""
        self._kept = set(handed)
        for name, section in handed.items():
            self._put(name, section)

    def _put(self, name: str, section: Section) -> None:
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
