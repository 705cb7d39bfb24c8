"""The keys, as they are registered, and switching single letters and digits off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QGridLayout

from ui.frame.pages import KEYS, PAGES
from ui.mini.keys import meanings
from ui.pages.settings.section import Section
from ui.theme import tokens
from ui.theme.tokens import Type
from ui.widgets.checkbox import CheckBox
from ui.widgets.surfaces import Card
from ui.widgets.text import label

if TYPE_CHECKING:
    from ui.desk import Desk
    from ui.page import Key


class KeysSection(Section):
    """What keys do what, page by page."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        tr = self.tr
        card = Card(tr("Single keys"))
        single = CheckBox(tr("Letters and digits alone work as keys"))
        single.setChecked(desk.settings.single_keys)
        single.toggled.connect(lambda on: self.prefer(single_keys=on))
        card.body.addWidget(single)
        card.body.addWidget(
            label(
                tr(
                    "They work only in lists and grids, never while text is typed. Switch them off "
                    "if a key is pressed by mistake or speech input is used."
                ),
                Type.CAPTION,
                wrap=True,
            )
        )
        self.body.addWidget(card)
        everywhere = [(each.key, tr(each.does)) for each in KEYS]
        everywhere += [(spec.key, tr(spec.name)) for spec in PAGES.values() if spec.key]
        self._list(tr("Everywhere"), everywhere)
        for spec in PAGES.values():
            self._list(tr(spec.name), [(_shown(key), tr(key.does)) for key in spec.load().keys])
        self._list(tr("Mini window"), list(meanings(desk)))

    def _list(self, title: str, keys: list[tuple[str, str]]) -> None:
        if not keys:
            return
        card = Card(title)
        grid = QGridLayout()
        grid.setColumnStretch(1, 1)
        grid.setHorizontalSpacing(tokens.L)
        for number, (key, does) in enumerate(keys):
            cap = label(key, Type.CAPTION)
            cap.setObjectName("keycap")
            grid.addWidget(cap, number, 0)
            grid.addWidget(label(does, wrap=True), number, 1)
        card.body.addLayout(grid)
        self.body.addWidget(card)


def _shown(key: Key) -> str:
    return key.key if key.single else QKeySequence(key.key).toString() or key.key
