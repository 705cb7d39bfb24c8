"""What was put aside, for a person to judge; and what waits for a newer version of the program."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from inspector.operations.aside import accept, contents_of, dismiss
from inspector.operations.aside_text import accepted_text, dismissed_text
from inspector.operations.exchange_text import aside_text
from ui.messages import confirmed
from ui.models.aside import WHY, WIDTHS, AsideModel
from ui.theme import tokens
from ui.theme.tokens import Tone, Type
from ui.widgets.buttons import button
from ui.widgets.checkbox import CheckBox
from ui.widgets.register import RegisterTable
from ui.widgets.surfaces import Card, Nothing, column, row, scrolled
from ui.widgets.text import label

if TYPE_CHECKING:
    from inspector.base.i18n import Translator
    from inspector.operations.aside import Aside, Judged
    from inspector.operations.exchange_desk import ExchangeDesk
    from ui.desk import Desk
    from ui.work.worker import Job

#: The reason of what is not the bytes that were written.
_DAMAGED = "name"
#: The height of what entries say, at 100 %. Logical pixels.
_CONTENTS = 180


class AsideView(QWidget):
    """A table, and the two decisions that a person can take about one line of it."""

    #: The list is to be read again, with what was decided or without it.
    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        tr, look = desk.tr, desk.look
        self._desk = desk
        self.model = AsideModel(desk, self)
        self.table = RegisterTable(desk, tr("Put aside"), self.model)
        self.table.set_widths(WIDTHS, WHY)
        self.table.moved.connect(self._chosen)
        self.every = CheckBox(tr("Also what was decided"))
        self.every.toggled.connect(lambda _on: self.changed.emit())
        self.newer = label("", wrap=True, tone=Tone.INFO)
        self.why = label("", wrap=True, selectable=True)
        self.contents = label("", wrap=True, selectable=True)
        self.contents.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.contents.setMargin(tokens.M)
        self._says = scrolled(self.contents)
        self._says.setAccessibleName(tr("What its entries say"))
        self._says.setMaximumHeight(round(_CONTENTS * look.scale))
        self._read: Job | None = None
        #: The number of what `contents` tells of, 0 for nothing.
        self._told = 0
        self.accept = button(look, tr("Let it count …"), self._accept, icon="check")
        self.dismiss = button(look, tr("Leave it out …"), self._dismiss, kind="danger")
        self._stack = QStackedWidget()
        self._stack.addWidget(
            Nothing(look, "conforms", tr("Nothing was put aside"), "", tone=Tone.OK)
        )
        self._stack.addWidget(self._listed())
        self.setLayout(column(self._card(), margins=tokens.XL))

    def _listed(self) -> QWidget:
        listed = QWidget()
        decide = row(self.accept, self.dismiss, None)
        listed.setLayout(column(self.table, self._says, self.why, decide))
        return listed

    def _card(self) -> Card:
        tr = self._desk.tr
        card = Card(tr("Put aside"))
        card.head.addStretch(1)
        card.head.addWidget(self.every)
        card.body.addWidget(
            label(
                tr(
                    "What came from others and is damaged, wrongly signed or made after a "
                    "membership ended. It changes nothing here until a person decides, and "
                    "everything else goes on."
                ),
                Type.CAPTION,
                wrap=True,
            )
        )
        card.body.addWidget(self.newer)
        card.body.addWidget(self._stack, 1)
        return card

    def show_desk(self, found: ExchangeDesk) -> None:
        """Show what was put aside."""
        tr, at = self._desk.tr, max(0, self.table.currentIndex().row())
        self.newer.setVisible(bool(found.newer))
        self.newer.setText(
            tr(
                "{count} entries need a newer version of the program to be shown; they are kept.",
                count=found.newer,
            )
        )
        self.model.take(found.aside)
        self._stack.setCurrentIndex(1 if found.aside else 0)
        if found.aside:
            self.table.selectRow(min(at, len(found.aside) - 1))
        self._chosen()

    def _chosen(self) -> None:
        found = self.model.row(self.table.currentIndex().row())
        said = (_told(found, self._desk.tr), self._advice(found)) if found is not None else ()
        self.why.setText("\n".join(filter(None, said)))
        self.accept.setEnabled(found is not None and found.acceptable)
        self.dismiss.setEnabled(found is not None and not found.row.settled)
        here = found is not None and found.in_record
        tr = self._desk.tr
        self.dismiss.setText(tr("Ask no more …") if here else tr("Leave it out …"))
        self._read_contents(found)

    def _read_contents(self, found: Aside | None) -> None:
        """Read what the entries of one say: nobody judges what was not read."""
        if self._read is not None:
            self._read.stop()
        number = found.row.number if found is not None else 0
        if number != self._told:
            # Read again, as after any change, it stays where it is.
            self._told = number
            self.contents.clear()
            self._says.hide()
        if found is None:
            return
        row, lang = found.row, self._desk.lang
        self._read = self._desk.read(
            self, lambda session: (row.number, contents_of(session, row, lang)), self._show_contents
        )

    def _show_contents(self, told: tuple[int, tuple[str, ...]]) -> None:
        number, lines = told
        if number == self._told:
            self.contents.setText("\n".join(lines))
            self._says.setVisible(bool(lines))

    def _advice(self, found: Aside) -> str:
        """Return what can be done about one."""
        tr = self._desk.tr
        if found.row.settled:
            return ""
        if found.in_record:
            return tr(
                "Taken in before the end of the membership was known here: they count already. "
                "Whoever corrects one of them does so where it stands."
            )
        if found.acceptable:
            return tr("Made after the membership ended: let it count, or leave it out.")
        if found.row.reason == _DAMAGED:
            return tr("The next visit of somebody who has it undamaged mends it by itself.")
        return tr("It cannot be let in. It can be left out, so that it is asked about no more.")

    # -- deciding ----------------------------------------------------------------------------------

    def _accept(self) -> None:
        found = self.model.row(self.table.currentIndex().row())
        if found is None or not found.acceptable:
            return
        tr, number = self._desk.tr, found.row.number
        text = tr(
            "They were made after the membership of that computer ended: whoever found it could "
            "have made them. From now on they count here like all others; other computers decide "
            "for themselves."
        )
        if found.in_record:
            text = tr(
                "They were made after the membership of that computer ended: whoever found it "
                "could have made them. They count here already and go on counting; it is asked "
                "about them no more."
            )
        if not confirmed(
            self._desk, self, tr("Let these entries count"), text, tr("Let them count")
        ):
            return

        def told(judged: Judged) -> None:
            self._desk.say(accepted_text(judged, tr))
            self.changed.emit()

        self._desk.act(self, lambda session: accept(session, number), told, same=number)

    def _dismiss(self) -> None:
        found = self.model.row(self.table.currentIndex().row())
        if found is None or found.row.settled:
            return
        tr, number = self._desk.tr, found.row.number
        text = tr("It stays out for good. It remains in the list of everything put aside.")
        verb = tr("Leave it out")
        if found.in_record:
            text = tr("These entries stay in the record; it is asked about them no more.")
            verb = tr("Ask no more")
        if not confirmed(self._desk, self, verb, text, verb, danger=not found.in_record):
            return

        def told(judged: Judged) -> None:
            self._desk.say(dismissed_text(judged, tr))
            self.changed.emit()

        self._desk.act(self, lambda session: dismiss(session, number), told, same=number)


def _told(found: Aside, tr: Translator) -> str:
    """Return the reason as a whole: in the table there may be no room for all of it."""
    text = aside_text(found.row, tr)
    return f"{text[:1].upper()}{text[1:]}"
