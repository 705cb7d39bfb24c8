"""A new visit: where, who, on whose authority, by which checklist."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QFormLayout,
    QGridLayout,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QWidget,
)

from inspector.domain.entities import Trip
from inspector.domain.terms import TERMS, title_of
from inspector.domain.vocabulary import Basis, TripKind
from inspector.operations.catalogues import USUAL_CHECKLIST
from inspector.operations.preparing import Choices, choices
from inspector.operations.visits import new_visit
from ui.page import Page
from ui.theme import tokens
from ui.theme.tokens import Tone, Type
from ui.widgets.buttons import button
from ui.widgets.checkbox import CheckBox
from ui.widgets.choice import Choice
from ui.widgets.surfaces import Banner, Card, Nothing, cleared, column, row, scrolled
from ui.widgets.text import label, retone

if TYPE_CHECKING:
    from collections.abc import Callable
    from enum import StrEnum

    from inspector.domain.entities import Hall
    from ui.desk import Desk, Place

_NEW, _NONE = "new", ""


class NewVisitPage(Page):
    """A form. What was typed stays until the visit is saved."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.title = self.tr("New visit")
        self._choices: Choices | None = None
        self.members: dict[str, QCheckBox] = {}
        self.hall, self.checklist = self._box("Place"), self._box("Checklist")
        self.trip = self._box("Journey")
        self.trip.currentIndexChanged.connect(self._trip_chosen)
        self.name, self.document = self._line("Name of the journey"), self._line("Document")
        self.number, self.issuer = self._line("Its number"), self._line("Issued by")
        self.clue = self._line("Number of the clue")
        self.kind = self._terms("Kind", TripKind)
        self.basis = self._terms("Legal frame", Basis)
        self.leader = self._box("Leader")
        self.kind.currentIndexChanged.connect(self._trip_chosen)
        self._trouble = column()
        #: What stands here where no visit can be prepared yet.
        self._none = column()
        self._form = QWidget()
        self._form.setLayout(self._cards())
        self._area = scrolled(self._form)
        self.setLayout(column(self._trouble, self._none, self._area, spacing=0))

    # -- parts ---------------------------------------------------------------------------------

    def _box(self, name: str) -> Choice:
        return Choice(self.tr(name))

    def _line(self, name: str) -> QLineEdit:
        made = QLineEdit()
        made.setAccessibleName(self.tr(name))
        return made

    def _terms(self, name: str, vocabulary: type[StrEnum]) -> Choice:
        made = self._box(name)
        for member in TERMS[vocabulary]:
            made.addItem(title_of(member, self.desk.lang), member)
        return made

    def _nothing(self, found: Choices) -> Nothing:
        """Say what is missing, the place first, and lead there."""
        tr = self.tr
        if found.halls:
            return Nothing(
                self.look,
                "people",
                tr("Nobody can take part yet"),
                tr("A visit needs somebody who takes part. Add the member first."),
                tr("New member"),
                lambda: self.desk.go("settings", section="members", new="1"),
            )
        return Nothing(
            self.look,
            "hall",
            tr("No places yet"),
            tr("A visit needs a place and somebody who takes part. Add the place first."),
            tr("New place"),
            lambda: self.desk.go("halls", view="new"),
        )

    def _where(self) -> Card:
        tr = self.tr
        where = Card(tr("Where and who"))
        self._people = QGridLayout()
        form = _form()
        form.addRow(_name(tr("Place")), self.hall)
        form.addRow(_name(tr("Checklist")), self.checklist)
        where.body.addLayout(form)
        # What is chosen here stays while one is there.
        self.more = button(
            self.look,
            tr("New member"),
            lambda: self.desk.go("settings", section="members", new="1"),
            kind="text",
            icon="plus",
            extent="dense",
        )
        where.body.addLayout(row(label(tr("Who takes part"), Type.STRONG), None, self.more))
        where.body.addLayout(self._people)
        self.alone = label(
            tr("One inspector alone: the visit is sealed only once a second one takes part."),
            Type.CAPTION,
            wrap=True,
        )
        retone(self.alone, Tone.WARN)
        # What is pressed next stays where it is once a second one is ticked.
        policy = self.alone.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.alone.setSizePolicy(policy)
        where.body.addWidget(self.alone)
        where.body.addStretch(1)
        return where

    def _cards(self) -> QGridLayout:
        tr = self.tr
        where = self._where()
        authority = Card(tr("Authority"))
        self._trip_form = _form()
        for name, field in (
            (tr("Journey"), self.trip),
            (tr("Kind"), self.kind),
            (tr("Legal frame"), self.basis),
            (tr("Name of the journey"), self.name),
            (tr("Document"), self.document),
            (tr("Its number"), self.number),
            (tr("Issued by"), self.issuer),
            (tr("Leader"), self.leader),
            (tr("Number of the clue"), self.clue),
        ):
            self._trip_form.addRow(_name(name), field)
        authority.body.addLayout(self._trip_form)
        authority.body.addStretch(1)
        self.save = button(self.look, tr("Prepare the visit"), self._save, kind="primary")
        self.save.setProperty("extent", "field")
        cancel = button(self.look, tr("Cancel"), lambda: self.desk.go("visits"), extent="field")
        grid = QGridLayout()
        grid.setContentsMargins(tokens.XL, tokens.XL, tokens.XL, tokens.XL)
        grid.setSpacing(tokens.XL)
        grid.addWidget(where, 0, 0)
        grid.addWidget(authority, 0, 1)
        grid.addLayout(row(None, cancel, self.save), 1, 0, 1, 2)
        grid.setRowStretch(2, 1)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        return grid

    # -- showing -------------------------------------------------------------------------------

    def show_place(self, place: Place) -> None:
        """Read what can be chosen; `place.id` may name the place to be visited."""
        wanted = place.id
        self.desk.read(self, choices, lambda found: self._show(found, wanted))

    def _fill_checklists(self, found: Choices) -> None:
        """Offer the checklists by title and version: what they are called inside says nothing."""
        tr, zh = self.tr, self.desk.lang == "zh"
        lists = []
        for reference, chinese, english in found.checklists:
            name = (chinese if zh else english) or chinese or english
            version = reference.partition("@")[2]
            lists.append((reference, tr("{name}, version {version}", name=name, version=version)))
        usual = next((ref for ref, _name in lists if ref.startswith(f"{USUAL_CHECKLIST}@")), "")
        _fill(self.checklist, lists, usual)

    def _show(self, found: Choices, wanted: str) -> None:
        self._choices = found
        usable = bool(found.halls and found.people)
        cleared(self._none)
        self._area.setVisible(usable)
        named = self._hall_name(covert=found.covert)
        _fill(self.hall, [(hall.id, named(hall)) for hall in found.halls], wanted)
        tr = self.tr
        self._fill_checklists(found)
        journeys = [(trip.id, trip.name or trip.document_title) for trip in found.trips]
        fixed = [(_NONE, tr("No journey")), (_NEW, tr("New journey"))]
        _fill(self.trip, [*fixed, *journeys], _NONE)
        people = [(person.id, person.name) for person in found.people]
        _fill(self.leader, [("", tr("None given")), *people], "")
        self._show_people(people, found.me)
        self._trip_chosen()
        if usable:
            self.hall.setFocus()
        else:
            nothing = self._nothing(found)
            self._none.addWidget(nothing)
            nothing.setFocus()

    def _hall_name(self, *, covert: bool) -> Callable[[Hall], str]:
        """Return how places are named: by code alone while a covert phase is going on."""
        if covert:
            return lambda hall: hall.code or hall.id[-6:]
        return lambda hall: f"{hall.code} {hall.name}".strip()

    def _show_people(self, people: list[tuple[str, str]], me: str) -> None:
        before = {person for person, box in self.members.items() if box.isChecked()}
        cleared(self._people)
        self.members = {}
        for place, (person, name) in enumerate(people):
            box = CheckBox(name)
            box.setChecked(person in before or person == me)
            self.members[person] = box
            self._people.addWidget(box, place // 3, place % 3)
            box.toggled.connect(self._tell_alone)
        self._tell_alone()
        # They are made last, and stand between the checklist and the journey.
        for first, then in pairwise((self.checklist, *self.members.values(), self.trip)):
            QWidget.setTabOrder(first, then)

    def _tell_alone(self) -> None:
        """Say now what the seal will ask for; a leader may look around alone."""
        alone = sum(box.isChecked() for box in self.members.values()) == 1
        self.alone.setVisible(alone and self._trip_kind() is not TripKind.LEADER)

    def _trip_kind(self) -> TripKind | None:
        chosen = self.trip.currentData()
        if chosen == _NEW:
            return TripKind(self.kind.currentData())
        known = self._choices.trips if self._choices is not None else ()
        return next((trip.kind for trip in known if trip.id == chosen), None)

    def _trip_chosen(self) -> None:
        """Show the fields of a new journey only where one is made."""
        new = self.trip.currentData() == _NEW
        for field in (self.kind, self.basis, self.name, self.document, self.number, self.issuer):
            self._trip_form.setRowVisible(field, new)
        self._trip_form.setRowVisible(self.leader, new)
        directed = self.kind.currentData() == TripKind.DIRECTED
        self._trip_form.setRowVisible(self.clue, new and directed)
        self._tell_alone()

    # -- saving --------------------------------------------------------------------------------

    def _journey(self) -> Trip | str | None:
        chosen = self.trip.currentData()
        if chosen != _NEW:
            return chosen or None
        kind = TripKind(self.kind.currentData())
        return Trip(
            id="",
            name=self.name.text(),
            kind=kind,
            basis=Basis(self.basis.currentData()),
            document_title=self.document.text(),
            document_number=self.number.text(),
            issuer=self.issuer.text(),
            # Its field is shown for this kind alone: what stands there for another is not meant.
            clue_number=self.clue.text() if kind is TripKind.DIRECTED else "",
            leader=self.leader.currentData() or None,
        )

    def _save(self) -> None:
        hall, checklist, trip = (
            self.hall.currentData(),
            self.checklist.currentData(),
            self._journey(),
        )
        members = [person for person, box in self.members.items() if box.isChecked()]
        self.desk.act(
            self,
            lambda session: new_visit(session, hall, members, trip=trip, checklist=checklist).id,
            self._saved,
            failed=self._failed,
            same="new visit",
        )

    def _saved(self, visit: str) -> None:
        cleared(self._trouble)
        # The journey is there now: the next visit of it chooses it and makes no second one.
        self.trip.setCurrentIndex(self.trip.findData(_NONE))
        for field in (self.name, self.document, self.number, self.issuer, self.clue):
            field.clear()
        self.desk.say(self.tr("The visit is prepared"), undo=True)
        self.desk.go("visit", visit)

    def _failed(self, error: Exception) -> None:
        """Say above the form what is missing; what was typed stays."""
        if not self.desk.foresaw(error):
            return
        cleared(self._trouble)
        self._trouble.addWidget(Banner(self.look, error.text(self.tr), Tone.DANGER, "warning"))


def _fill(box: Choice, entries: list[tuple[str, str]], chosen: str) -> None:
    """Fill a box with (value, name); what was chosen before stays if it is there still."""
    kept = box.currentData()
    box.blockSignals(True)
    box.clear()
    for value, name in entries:
        box.addItem(name, value)
    wanted = chosen or kept
    box.setCurrentIndex(max(0, box.findData(wanted)))
    box.blockSignals(False)


def _form() -> QFormLayout:
    made = QFormLayout()
    made.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    return made


def _name(text: str) -> QLabel:
    """Return the name of a field, in the middle beside it and not at its upper edge."""
    made = label(text)
    # The layout gives the height of the row only to what wants to grow.
    made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
    return made
