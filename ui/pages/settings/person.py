"""Who is typing, the office on the papers, and the PIN."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit

from ui.opening import operation
from ui.pages.settings.section import Section
from ui.theme import tokens
from ui.theme.tokens import Tone
from ui.widgets.buttons import button
from ui.widgets.checkbox import CheckBox
from ui.widgets.choice import ChoiceBox
from ui.widgets.labelled import Labelled
from ui.widgets.surfaces import Card, row
from ui.widgets.text import label, retone

if TYPE_CHECKING:
    from inspector.domain.entities import Person
    from inspector.operations.session import Session
    from ui.desk import Desk


class PersonSection(Section):
    """The person who types on this computer."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.who = ChoiceBox(self.tr("Person"))
        self.office = QLineEdit()
        self.old, self.pin, self.again = (self._secret() for _ in range(3))
        self.body.addWidget(self._person())
        self.body.addWidget(self._pin())
        self.show_state()

    def _secret(self) -> QLineEdit:
        field = QLineEdit()
        field.setEchoMode(QLineEdit.EchoMode.Password)
        return field

    def _person(self) -> Card:
        tr = self.tr
        card = Card(tr("Who is typing"), tokens.M)
        hint = tr("Stands beside everything that is entered from now on.")
        card.body.addWidget(Labelled(tr("Person"), self.who, hint))
        self.who.activated.connect(self._use)
        keep = button(self.desk.look, tr("Keep"), self._keep_office)
        beside = row(self.office, keep, stretch=0)
        card.body.addWidget(Labelled(tr("Office on the papers"), self.office, "", beside))
        self.office.returnPressed.connect(self._keep_office)
        return card

    def _pin(self) -> Card:
        tr = self.tr
        card = Card(tr("PIN"), tokens.M)
        card.body.addWidget(
            label(
                tr(
                    "A PIN is not encryption: whoever copies the files can read them. A forgotten "
                    "PIN cannot be reset."
                ),
                wrap=True,
            )
        )
        self._old_field = Labelled(tr("Present PIN"), self.old)
        card.body.addWidget(self._old_field)
        card.body.addWidget(Labelled(tr("New PIN"), self.pin, tr("4 to 12 digits.")))
        card.body.addWidget(Labelled(tr("The same PIN once more"), self.again))
        self.said = label("", wrap=True)
        self.set_pin = button(self.desk.look, tr("Set the PIN"), self._set_pin)
        card.body.addLayout(row(self.set_pin, self.said, stretch=1))
        self.again.returnPressed.connect(self._set_pin)
        self.ask = CheckBox(tr("Ask for it before a hidden view is shown again"))
        self.ask.setChecked(self.desk.settings.cover_pin)
        self.ask.toggled.connect(lambda on: self.prefer(cover_pin=on))
        card.body.addWidget(self.ask)
        return card

    def show_state(self) -> None:
        """Read who there is and who is typing."""
        if self.desk.root is not None:
            self.desk.read(self, _state, self._show)

    def _show(self, found: tuple[list[Person], str, str, bool]) -> None:
        people, user, office, has_pin = found
        self.who.clear()
        if not user:
            self.who.addItem(self.tr("Nobody yet"), "")
        for each in people:
            self.who.addItem(each.name, each.id)
        self.who.setCurrentIndex(max(0, self.who.findData(user)))
        if not self.office.isModified():  # what is typed and not kept yet stays
            self.office.setText(office)
        self._old_field.setVisible(has_pin)
        self.ask.setEnabled(has_pin)
        self.set_pin.setEnabled(bool(user))

    def _use(self, _place: int) -> None:
        person = self.who.currentData()
        if person:
            self.desk.act(
                self,
                lambda session: operation("people").use_person(session, person),
                lambda _none: self.show_state(),
            )

    def _keep_office(self) -> None:
        typed = self.office.text()
        self.desk.act(
            self,
            lambda session: operation("starting").keep_office(session, typed),
            self._office_kept,
        )

    def _office_kept(self, _none: None) -> None:
        self.office.setModified(False)
        self.desk.say(self.tr("Kept."))

    def _set_pin(self) -> None:
        if self.pin.text() != self.again.text():
            self._say(self.tr("The two PINs differ."), Tone.DANGER)
            return
        old, new = self.old.text(), self.pin.text()
        self.desk.act(
            self,
            lambda session: operation("pins").set_pin(session, session.store.user, new, old=old),
            self._pin_set,
            failed=self._pin_refused,
        )

    def _pin_set(self, _none: None) -> None:
        for field in (self.old, self.pin, self.again):
            field.clear()
        self._say(self.tr("The PIN is set."), Tone.OK)
        self.show_state()

    def _pin_refused(self, error: Exception) -> None:
        if not self.desk.foresaw(error):
            return
        self._say(error.text(self.tr), Tone.DANGER)

    def _say(self, text: str, tone: Tone) -> None:
        self.said.setText(text)
        retone(self.said, tone)


def _state(session: Session) -> tuple[list[Person], str, str, bool]:
    return (
        operation("people").people(session),
        session.store.user,
        session.store.local("office") or "",
        operation("pins").typist_has_pin(session),
    )
