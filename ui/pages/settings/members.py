"""The members of the office: who can take part in visits."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLineEdit

from inspector.domain.entities import Person
from ui.messages import asked_text
from ui.models.members import UNIT, WIDTHS, MembersModel
from ui.opening import operation
from ui.pages.settings.section import Section
from ui.pages.settings.signing_key import SigningKey
from ui.theme import tokens
from ui.theme.tokens import Tone
from ui.widgets.buttons import button
from ui.widgets.labelled import Labelled
from ui.widgets.register import RegisterTable
from ui.widgets.showing import Showing
from ui.widgets.surfaces import Card, bring_into_view, row
from ui.widgets.text import label

if TYPE_CHECKING:
    from inspector.operations.session import Session
    from ui.desk import Desk

#: Height of the table at 100 % text: six members.
_HEIGHT = 270


class MembersSection(Section):
    """A table of the members, and the form of one of them or of a new one."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._person: Person | None = None
        self._wanted = ""
        #: Who was chosen while something typed was not saved; "" is a new member.
        self._next: str | None = None
        self._showing = Showing(self._values)
        self.model = MembersModel(self.tr, self)
        self.table = RegisterTable(desk, self.tr("Members"), self.model)
        self.table.set_widths(WIDTHS, UNIT)
        self.table.setMinimumHeight(round(_HEIGHT * desk.look.scale))
        self.table.moved.connect(self._choose)
        self._fields = tuple(QLineEdit() for _ in range(4))
        self.name, self.post, self.unit, self.credential = self._fields
        self.table.opened.connect(self.name.setFocus)
        self.body.addWidget(self._list())
        self.body.addWidget(self._form())
        self.key = SigningKey(desk)
        self.body.addWidget(self.key)
        self.begin()
        self.show_state()

    # -- parts ---------------------------------------------------------------------------------

    def _list(self) -> Card:
        tr, look = self.tr, self.desk.look
        card = Card(tr("Members"), tokens.M)
        self.new = button(look, tr("New member"), self.offer_new, icon="plus")
        card.head.addStretch(1)
        card.head.addWidget(self.new)
        card.body.addWidget(self.table)
        return card

    def _form(self) -> Card:
        tr, look = self.tr, self.desk.look
        self.card = Card(tr("New member"), tokens.M)
        self.named = Labelled(tr("Full name"), self.name)
        first = row(self.named, Labelled(tr("Post"), self.post), spacing=tokens.M)
        second = row(
            Labelled(tr("Organisation"), self.unit),
            Labelled(tr("Number of the credential"), self.credential),
            spacing=tokens.M,
        )
        for line in (first, second):
            self.card.body.addLayout(line)
        self.said = label("", tone=Tone.DANGER, wrap=True)
        self.save = button(look, tr("Save"), self._save, kind="primary", icon="check")
        self.retire = button(look, tr("Retire"), self._retire, kind="danger")
        self.discard = button(look, tr("Discard"), self._discard, kind="text")
        self.card.body.addLayout(row(self.retire, self.said, self.discard, self.save, stretch=1))
        for field in self._fields:
            field.returnPressed.connect(self._save)
        return self.card

    # -- showing -------------------------------------------------------------------------------

    def show_state(self) -> None:
        """Read who there is."""
        if self.desk.root is not None:
            self.desk.read(self, _members, self._show)

    def _show(self, found: tuple[list[Person], str]) -> None:
        people, me = found
        chosen = self._wanted or (self._person.id if self._person else "")
        self._wanted = ""
        self.model.take(people, me)
        place = self.model.place(chosen)
        if place >= 0:
            self.table.selectRow(place)
        elif self._person is not None:
            self.begin()

    def _choose(self) -> None:
        person = self.model.person(self.table.currentIndex().row())
        if person is None:
            return
        before = self._person.id if self._person else ""
        values = (person.name, person.post, person.unit, person.credential)
        if self._showing.is_changed:
            if person.id != before:
                self._ask(person.id)
                # The table chooses the row it was told to once this is done.
                QTimer.singleShot(0, self, partial(self._stand_on, before))
            return  # what is typed about the same member stays
        if person == self._person and values == self._showing.typed:
            return
        self._person = person
        self.card.title.setText(person.name)
        for field, value in zip(self._fields, values, strict=True):
            field.setText(value)
        self._showing.begin()
        self.retire.setVisible(True)
        self.key.show_person(person.id)
        self._calm()

    def _values(self) -> tuple[str, ...]:
        return tuple(each.text() for each in self._fields)

    def _ask(self, then: str) -> None:
        """Ask whether what is typed is to be saved before another member is shown."""
        self._next = then
        title = self.card.title.text()
        words = self.tr("{title}: save or discard what is typed, then go on.", title=title)
        self.said.setText(words)
        self.discard.show()
        self.save.setFocus()

    def _discard(self) -> None:
        self._showing.take(self._showing.typed)
        self._go_on()

    def _go_on(self) -> None:
        """Show who was chosen before, now that nothing is lost."""
        then, self._next = self._next, None
        if then:
            self._stand_on(then)
        elif then is not None:
            self.offer_new()

    def _stand_on(self, person: str) -> None:
        place = self.model.place(person)
        if place >= 0:
            self.table.selectRow(place)
        else:
            self.table.clearSelection()
            self.table.setCurrentIndex(self.model.index(-1, -1))

    def begin(self) -> None:
        """Offer an empty form for a new member."""
        self._person = None
        self.card.title.setText(self.tr("New member"))
        for field in self._fields:
            field.clear()
        self._showing.begin()
        self.retire.setVisible(False)
        self.key.show_person("")
        self._calm()

    def offer_new(self) -> None:
        """Begin a new member, unless what is typed of another is still to be saved."""
        if self._showing.is_changed:
            self._ask("")
            return
        self._stand_on("")
        self.begin()
        bring_into_view(self.save)
        self.name.setFocus()

    def _calm(self) -> None:
        self.named.say("")
        self.said.clear()
        self.discard.hide()

    # -- acting --------------------------------------------------------------------------------

    def _save(self) -> None:
        self._calm()
        person = self._person.id if self._person else ""
        fields: dict[str, Any] = {
            "name": self.name.text(),
            "post": self.post.text(),
            "unit": self.unit.text(),
            "credential": self.credential.text(),
        }

        def work(session: Session) -> Person:
            if not person:
                made: Person = operation("people").add_person(session, **fields)
                return made
            operation("withdrawing").edit_person(session, person, fields)
            edited: Person = operation("recording").get(session, Person, person)
            return edited

        # A new member is on the way once, whatever is typed meanwhile.
        values, turn = self._showing.typed, self._showing.turn
        same = (person, *values) if person else (person, turn)
        self.desk.act(self, work, partial(self._saved, values, turn), self._refused, same=same)

    def _saved(self, values: tuple[str, ...], turn: int, person: Person) -> None:
        """Take what was saved for recorded; what was typed since stays."""
        self.desk.say(self.tr("The member is saved."))
        if not self._showing.is_at(turn):
            return  # one went on to another member: nothing leads back
        self._person = person
        self._showing.take(values)
        self.card.title.setText(person.name)
        self.retire.setVisible(True)
        self.key.show_person(person.id)
        for field, value in zip(self._fields, values, strict=True):
            field.setModified(field.text() != value)
        if self._next is None:
            self._wanted = person.id
            self.show_state()
        else:
            self._go_on()

    def _retire(self) -> None:
        """Retire a member, with the reason; visits keep the name."""
        person, tr = self._person, self.tr
        if person is None:
            return
        reason = asked_text(
            self.desk,
            self,
            tr("Retire {name}", name=person.name),
            tr("This member can no longer be chosen. Visits keep the name. Why?"),
            tr("Retire"),
            about=person.id,
        )
        if reason:
            self.desk.act(
                self,
                lambda session: operation("withdrawing").withdraw_person(
                    session, person.id, reason
                ),
                lambda _done: self._retired(person.name),
                self._refused,
            )

    def _retired(self, name: str) -> None:
        self.desk.say(self.tr("{name} is retired.", name=name))
        self.begin()
        self.show_state()

    def _refused(self, error: Exception) -> None:
        """Say why it was not saved; what was typed stays."""
        if not self.desk.foresaw(error):
            return
        if error.code == "name_missing":
            self.named.say(error.text(self.tr), wrong=True)
            self.name.setFocus()
        else:
            self.said.setText(error.text(self.tr))


def _members(session: Session) -> tuple[list[Person], str]:
    return operation("people").people(session), session.store.user
