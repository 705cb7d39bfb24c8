"""The view for the unit's representative: the chosen findings, what the unit says, nothing else.

It lies over the whole window, on the same screen, and blocks everything behind it: no rail, no
search, no key leads elsewhere. Only the PIN of the person who handed it over ends it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QWidget

from inspector.operations.closing import shown_to_unit
from inspector.operations.handing import take_back
from ui.frame.aside import bring_back, put_aside
from ui.frame.notes import Sheet
from ui.messages import present_withheld
from ui.pages.closing.pictures import PictureTile
from ui.pages.closing.pins import pin_field
from ui.pages.closing.statement import StatementForm
from ui.theme import tokens
from ui.theme.tokens import Tone, Type
from ui.widgets.buttons import button
from ui.widgets.surfaces import Bones, Card, cleared, column, row, scrolled
from ui.widgets.text import label

if TYPE_CHECKING:
    from PySide6.QtCore import QObject
    from PySide6.QtGui import QCloseEvent, QKeyEvent

    from inspector.domain.entities import Person, Statement
    from inspector.operations.closing import Shown
    from ui.desk import Desk


_MOVED = (QEvent.Type.Move, QEvent.Type.Resize)


class HandOver(QDialog):
    """Handed over until it is given back."""

    #: It was given back.
    returned = Signal()

    def __init__(self, desk: Desk, window: QWidget, visit: str, holder: Person) -> None:
        super().__init__(window)
        self._desk, self._visit, self._holder = desk, visit, holder
        self._shown: tuple[Shown, ...] = ()
        self._at = 0
        self._locked = True
        #: Windows beside the full one show more than the unit may see.
        self._aside: list[QWidget] = []
        #: Over what the window shows, for its title bar can still be dragged away.
        self._sheet = Sheet(window)
        self._sheet.hide()
        desk.locked = True
        self.setWindowFlags(Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self.setWindowModality(Qt.WindowModality.ApplicationModal)
        self.setWindowTitle(desk.tr("Records"))
        self.setObjectName("canvas")
        self.form = StatementForm(desk, visit)
        self.form.saved.connect(self._said)
        self._facts = column(Bones(), spacing=tokens.M, margins=tokens.XL)
        inside = QWidget()
        inside.setLayout(self._facts)
        said = Card(desk.tr("What the unit says to this"))
        said.body.addWidget(self.form)
        middle = QHBoxLayout()
        middle.setContentsMargins(tokens.XL, tokens.L, tokens.XL, tokens.L)
        middle.setSpacing(tokens.XL)
        card = Card()
        area = scrolled(inside)
        inside.setObjectName("panel")
        card.body.addWidget(area)
        middle.addWidget(card, 11)
        middle.addLayout(column(said, None), 9)
        layout = column(self._head(), spacing=0)
        layout.addLayout(middle, 1)
        layout.addWidget(self._foot())
        self.setLayout(layout)
        desk.read(self, lambda session: shown_to_unit(session, visit, desk.lang), self._show)

    # -- its parts -------------------------------------------------------------------------

    def _head(self) -> QFrame:
        tr = self._desk.tr
        bar = QFrame()
        bar.setObjectName("topbar")
        self._count = label("", Type.TITLE)
        note = tr("So that you can say how you see it. It is no decision.")
        words = column(
            label(tr("Facts noted on the spot"), Type.TITLE), label(note, Type.CAPTION), spacing=2
        )
        layout = row(None, self._count)
        layout.insertLayout(0, words)
        layout.setContentsMargins(tokens.XL, tokens.M, tokens.XL, tokens.M)
        bar.setLayout(layout)
        return bar

    def _foot(self) -> QFrame:
        look, tr = self._desk.look, self._desk.tr
        bar = QFrame()
        bar.setObjectName("footer")
        self.back = button(
            look, tr("Previous"), lambda: self._go(-1), icon="previous", extent="field"
        )
        self.forward = button(
            look, tr("Next"), lambda: self._go(1), kind="primary", icon="next", extent="field"
        )
        self.give_back = button(
            look, tr("Give back to the inspectors"), self._ask, icon="lock", extent="field"
        )
        self.pin = pin_field(tr("PIN of {name}", name=self._holder.name))
        self.pin.setFixedWidth(260)
        self.unlock = button(look, tr("Unlock"), self._try, kind="secondary", icon="key")
        self.pin.returnPressed.connect(self._try)
        self.wrong = label("", Type.CAPTION, tone=Tone.DANGER, wrap=True)
        for widget in (self.pin, self.unlock):
            widget.hide()
        layout = row(self.give_back, self.pin, self.unlock, self.wrong, self.back, self.forward)
        layout.setStretch(3, 1)
        layout.setContentsMargins(tokens.XL, tokens.M, tokens.XL, tokens.M)
        bar.setLayout(layout)
        return bar

    # -- what is shown ---------------------------------------------------------------------

    def open(self) -> None:
        """Cover the window, on its screen."""
        window = self.parentWidget()
        if window is not None:
            self._cover(window)
            self._sheet.show()
            window.installEventFilter(self)
            self._aside += put_aside(self, window)
        super().open()

    def _cover(self, window: QWidget) -> None:
        self.setGeometry(window.geometry())
        self._sheet.fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go along with the window below: nothing of it may come out beside this view."""
        if event.type() in _MOVED and isinstance(watched, QWidget) and self._locked:
            self._cover(watched)
        return super().eventFilter(watched, event)

    def _show(self, shown: tuple[Shown, ...]) -> None:
        self._shown = shown
        self._go(0)

    def _go(self, by: int) -> None:
        if not self._shown:
            return
        self._at = min(max(0, self._at + by), len(self._shown) - 1)
        item = self._shown[self._at]
        tr = self._desk.tr
        self._count.setText(tr("{number} of {count}", number=self._at + 1, count=len(self._shown)))
        self.back.setEnabled(self._at > 0)
        self.forward.setEnabled(self._at < len(self._shown) - 1)
        cleared(self._facts)
        where = " · ".join(part for part in (item.when, item.spot) if part)
        self._facts.addWidget(label(where, Type.SECTION, wrap=True))
        self._facts.addWidget(label(item.text, Type.HEADLINE, wrap=True))
        for picture in item.pictures:
            tile = PictureTile(self._desk, picture, width=420)
            tile.setText("")
            tile.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._facts.addWidget(tile)
        self._facts.addStretch(1)
        self.form.show_statement(item.finding, item.statement, self.form.speaker.text())

    def _said(self, statement: Statement) -> None:
        # What was said must be shown again when one comes back to the finding.
        self._desk.read(
            self, lambda session: shown_to_unit(session, self._visit, self._desk.lang), self._keep
        )

    def _keep(self, shown: tuple[Shown, ...]) -> None:
        self._shown = shown

    # -- giving it back --------------------------------------------------------------------

    def _ask(self) -> None:
        self.form.flush()
        asking = not self.pin.isVisible()
        self.pin.setVisible(asking)
        self.unlock.setVisible(asking)
        self.wrong.setText("")
        self.pin.clear()
        if asking:
            self.pin.setFocus()

    def _try(self) -> None:
        holder, typed = self._holder.id, self.pin.text()
        self.pin.clear()
        self._desk.act(
            self,
            lambda session: take_back(session, holder, typed),
            lambda _none: self._return(),
            self._refused,
        )

    def _refused(self, error: Exception) -> None:
        if not self._desk.foresaw(error):
            return
        self.wrong.setText(error.text(self._desk.tr))
        self.pin.setFocus()

    def _return(self) -> None:
        self._locked = False
        self._desk.locked = False
        self._sheet.hide()
        self._sheet.deleteLater()
        self.accept()
        bring_back(self._aside)
        self.returned.emit()
        present_withheld(self._desk)
        self.deleteLater()

    # -- no other way out ------------------------------------------------------------------

    def reject(self) -> None:
        """Stay: Esc and closing give nothing back."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let no key out of here."""
        if event.matches(QKeySequence.StandardKey.Cancel):
            event.accept()
            return
        super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close only what was given back."""
        event.setAccepted(not self._locked)
