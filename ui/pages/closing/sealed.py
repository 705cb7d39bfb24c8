"""A sealed visit: read-only, with its hash, its dossier and the way to a supplement."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from inspector.domain.clocktext import clock, day
from inspector.domain.numbers import bare_number, visit_label
from inspector.operations.sealing import start_supplement
from ui.messages import asked_text
from ui.pages.closing.late import late_card
from ui.pages.closing.signing import Signatures
from ui.theme import tokens
from ui.theme.look import MONOSPACE
from ui.theme.tokens import Tone, Type
from ui.widgets.buttons import button
from ui.widgets.surfaces import Badge, Banner, Card, cleared, column, row, scrolled
from ui.widgets.text import label

if TYPE_CHECKING:
    from inspector.domain.entities import Seal
    from inspector.operations.closing import Closing
    from ui.desk import Desk

_GROUP = 8


class Sealed(QWidget):
    """What there is to say of a sealed visit."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._parts = column(spacing=tokens.L)
        inside = QWidget()
        centre = row(None, spacing=0)
        centre.addLayout(self._parts, 5)
        centre.addStretch(1)
        outer = column(spacing=0, margins=tokens.XL)
        outer.addLayout(centre)
        outer.addStretch(1)
        inside.setLayout(outer)
        self.setLayout(column(scrolled(inside)))

    def show_closing(self, found: Closing) -> None:
        """Show the seal."""
        cleared(self._parts)
        if found.seal is None:
            return
        look, tr = self._desk.look, self._desk.tr
        words = tr("Sealed, read-only. Add a supplement to correct it.")
        self._parts.addWidget(Banner(look, words, Tone.INFO, "lock"))
        self._parts.addWidget(self._card(found, found.seal))
        if found.late_lines:
            self._parts.addWidget(late_card(self._desk, found))
        self.signatures = Signatures(self._desk, found.visit.id)
        self._parts.addWidget(self.signatures)

    def _card(self, found: Closing, seal: Seal) -> Card:
        look, tr, lang = self._desk.look, self._desk.tr, self._desk.lang
        card = Card(spacing=tokens.M)
        mark = QLabel()
        mark.setPixmap(look.pixmap("shield", 36, Tone.OK))
        at = seal.entered
        when = f"{day(at.ms, found.zone, lang)} {clock(at.ms, found.zone)}"
        by = tr("Sealed {when} by {name}", when=when, name=found.sealed_by or "–")
        head = row(mark, spacing=tokens.L)
        head.addLayout(
            column(
                row(
                    label(visit_label(found.visit, lang), Type.TITLE),
                    Badge(look, tr("edition {number}", number=seal.edition)),
                    None,
                ),
                label(by, Type.CAPTION, wrap=True),
                *self._same(found),
                spacing=tokens.XS,
            ),
            1,
        )
        card.body.addLayout(head)
        card.body.addWidget(label(tr("Hash of the seal, as printed on the dossier"), Type.CAPTION))
        card.body.addLayout(row(self._hash(seal.manifest), None, self._copy(seal.manifest)))
        card.body.addLayout(self._actions(found))
        return card

    def _same(self, found: Closing) -> list[QLabel]:
        if not found.same:
            return []
        numbers = "、".join(bare_number(each) for each in found.same)
        words = self._desk.tr("The same visit as {numbers}", numbers=numbers)
        return [label(words, Type.CAPTION, wrap=True)]

    def _hash(self, text: str) -> QLabel:
        groups = [text[at : at + _GROUP] for at in range(0, len(text), _GROUP)]
        half = len(groups) // 2
        made = label("\n".join((" ".join(groups[:half]), " ".join(groups[half:]))), selectable=True)
        made.setStyleSheet("font-family: " + ", ".join(f'"{each}"' for each in MONOSPACE))
        made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        return made

    def _copy(self, text: str) -> QWidget:
        tr = self._desk.tr

        def copy() -> None:
            QGuiApplication.clipboard().setText(text)
            self._desk.say(tr("The hash was copied."))

        return button(self._desk.look, tr("Copy"), copy, kind="text", icon="copy")

    def _actions(self, found: Closing) -> QHBoxLayout:
        look, tr = self._desk.look, self._desk.tr
        visit = found.visit.id
        self.dossier = button(
            look,
            tr("Export the dossier"),
            lambda: self._desk.go("dossiers", visit),
            kind="primary",
            icon="dossier",
            extent="field",
        )
        following = found.supplement
        if following is not None:
            self.supplement = button(
                look,
                tr("To the supplement"),
                lambda: self._desk.go("closing", following.id),
                icon="link",
                extent="field",
            )
        else:
            self.supplement = button(
                look,
                tr("Add a supplement …"),
                lambda: self._add(visit),
                icon="plus",
                extent="field",
            )
        return row(self.dossier, self.supplement, None)

    def _add(self, visit: str) -> None:
        tr = self._desk.tr
        reason = asked_text(
            self._desk,
            self,
            tr("Why a supplement?"),
            tr("The sealed visit stays as it is. The reason stands in the next edition."),
            tr("Open the supplement"),
            about=visit,
        )
        if reason is None:
            return
        self._desk.act(
            self,
            lambda session: start_supplement(session, visit, reason),
            lambda made: self._desk.go("closing", made.id),
        )
