"""A supplement: entries of the sealed visit at the left, old beside new at the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QWidget,
)

from inspector.operations.correcting import withdraw
from inspector.operations.correcting_text import (
    NOUNS,
    Input,
    correct_as_typed,
    correctable_facts,
    field_forms,
)
from ui.messages import asked_text
from ui.models.entries import Entries
from ui.pages.closing.late import late_banner
from ui.theme import tokens
from ui.theme.tokens import Tone, Type
from ui.widgets.buttons import button
from ui.widgets.choice import Choice, ChoiceBox
from ui.widgets.surfaces import Badge, Card, Nothing, cleared, column, row, scrolled
from ui.widgets.text import label

if TYPE_CHECKING:
    from inspector.domain.entities import Fact
    from inspector.operations.closing import Closing
    from inspector.operations.correcting_text import FactRow, FieldForm
    from ui.desk import Desk
    from ui.widgets.surfaces import Banner

_Field = QLineEdit | QPlainTextEdit | QComboBox


class Correct(QWidget):
    """Corrections of one supplement."""

    #: Another step is wanted, by its name.
    stepped = Signal(str)

    def __init__(self, desk: Desk, visit: str) -> None:
        super().__init__()
        self._desk, self._visit = desk, visit
        self._row: FactRow | None = None
        look, tr = desk.look, desk.tr
        self.model = Entries(tr)
        self.kinds = ChoiceBox(tr("Kind of entry"))
        self.kinds.addItem(tr("All entries"), "")
        self.kinds.currentIndexChanged.connect(self._filter)
        self.list = QListView()
        self.list.setAccessibleName(tr("Entries of the sealed visit"))
        self.list.setModel(self.model)
        self.list.setUniformItemSizes(True)
        self.list.setStyleSheet(f"QListView::item {{ padding: {tokens.S}px; }}")
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.selectionModel().currentChanged.connect(self._open)
        left = column(self.kinds, self.list, spacing=tokens.S)
        left.setContentsMargins(tokens.M, tokens.M, 0, tokens.M)
        self.adopt: Banner | None = None
        self._form = column(spacing=tokens.M, margins=tokens.L)
        inside = QWidget()
        inside.setLayout(self._form)
        self.fields: dict[str, _Field] = {}
        self._before: dict[str, str] = {}
        both = row(spacing=0)
        both.addLayout(left, 4)
        both.addWidget(scrolled(inside), 6)
        self._late = column(spacing=0)
        whole = column(self._late, spacing=0)
        whole.addLayout(both, 1)
        whole.addWidget(self._foot())
        self.setLayout(whole)
        words = tr("Choose the entry that is wrong. What was sealed stays as it is.")
        self._form.addWidget(Nothing(look, "pencil", tr("Nothing chosen"), words))

    def _foot(self) -> QFrame:
        bar = QFrame()
        bar.setObjectName("footer")
        self.count = label("", Type.STRONG)
        on = button(
            self._desk.look,
            self._desk.tr("On to the seal"),
            lambda: self.stepped.emit("seal"),
            kind="primary",
            icon="next",
        )
        layout = row(self.count, None, on)
        layout.setContentsMargins(tokens.L, tokens.S, tokens.L, tokens.S)
        bar.setLayout(layout)
        return bar

    def show_closing(self, found: Closing) -> None:
        """Read the entries again."""
        visit, lang = self._visit, self._desk.lang
        cleared(self._late)
        self.adopt = late_banner(self._desk, found, self)
        if self.adopt is not None:
            self._late.addWidget(self.adopt)
        self._desk.read(self, lambda session: correctable_facts(session, visit, lang), self._show)

    def _show(self, rows: tuple[FactRow, ...]) -> None:
        self.model.show_rows(rows)
        shown = self.model.row(self.list.currentIndex().row())
        if self._row is not None and shown is not None and shown != self._row:
            self._open()
        if self.kinds.count() == 1:
            for noun in self.model.nouns:
                self.kinds.addItem(self._desk.tr(NOUNS[noun]), noun)
        self.count.setText(
            self._desk.tr("{count} entries corrected here", count=self.model.corrected)
        )

    def _filter(self) -> None:
        self.model.filter(str(self.kinds.currentData()))

    # -- the form --------------------------------------------------------------------------

    def _open(self) -> None:
        self._row = self.model.row(self.list.currentIndex().row())
        if self._row is None:
            return
        visit, fact, lang = self._visit, self._row.id, self._desk.lang
        self._desk.read(
            self, lambda session: (fact, field_forms(session, visit, fact, lang)), self._fill
        )

    def _fill(self, read: tuple[str, tuple[FieldForm, ...]]) -> None:
        fact, forms = read
        if self._row is None or self._row.id != fact:
            return
        look, tr = self._desk.look, self._desk.tr
        cleared(self._form)
        self.fields = {}
        self._before = {form.name: form.text for form in forms}
        card = Card(tr(NOUNS[self._row.noun]))
        if self._row.withdrawn:
            card.head.addWidget(Badge(look, tr("withdrawn"), Tone.DANGER, "minus"))
        elif self._row.corrected:
            card.head.addWidget(Badge(look, tr("corrected"), Tone.INFO, "pencil"))
        card.head.addStretch(1)
        card.body.addWidget(label(self._row.line, wrap=True, selectable=True))
        card.body.addLayout(self._grid(forms))
        self.why = QLineEdit()
        self.why.setAccessibleName(tr("Why (needed; it is printed beside old and new)"))
        self.why.setPlaceholderText(self.why.accessibleName())
        self.why.setProperty("extent", "field")
        self.why.textChanged.connect(self._check)
        card.body.addWidget(self.why)
        card.body.addLayout(self._endings())
        self._form.addWidget(card)
        self._form.addStretch(1)
        self._check()

    def _endings(self) -> QHBoxLayout:
        look, tr = self._desk.look, self._desk.tr
        self.save = button(
            look,
            tr("Save the correction"),
            self._save,
            kind="primary",
            icon="check",
            extent="touch",
        )
        self.gone = button(
            look,
            tr("It does not hold …"),
            self._withdraw,
            kind="danger",
            icon="minus",
            extent="touch",
        )
        return row(self.gone, None, self.save)

    def _grid(self, forms: tuple[FieldForm, ...]) -> QGridLayout:
        tr = self._desk.tr
        grid = QGridLayout()
        grid.setHorizontalSpacing(tokens.M)
        grid.setVerticalSpacing(tokens.S)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        for at, title in enumerate((tr("Field"), tr("As sealed"), tr("As it should read"))):
            grid.addWidget(label(title, Type.CAPTION), 0, at)
        for line, form in enumerate(forms, 1):
            field = self._field(form)
            self.fields[form.name] = field
            grid.addWidget(label(form.label, Type.CAPTION, wrap=True), line, 0)
            grid.addWidget(label(form.before, wrap=True, selectable=True), line, 1)
            grid.addWidget(field, line, 2)
        return grid

    def _field(self, form: FieldForm) -> _Field:
        made: _Field
        if form.input is Input.CHOICE:
            made = Choice(form.label)
            for value, name in form.options:
                made.addItem(name, value)
            at = made.findData(form.text)
            if at < 0:
                made.insertItem(0, "–", form.text)
                at = 0
            made.setCurrentIndex(at)
            made.currentIndexChanged.connect(self._check)
        elif form.input is Input.TEXT:
            made = QPlainTextEdit(form.text)
            made.setTabChangesFocus(True)
            made.setFixedHeight(round(72 * self._desk.look.scale))
            made.textChanged.connect(self._check)
        else:
            made = QLineEdit(form.text)
            made.textChanged.connect(self._check)
        made.setAccessibleName(self._desk.tr("{field}, as it should read", field=form.label))
        return made

    @property
    def changed(self) -> dict[str, str]:
        """The fields that were given another value, as typed."""
        now = {name: _text_of(field) for name, field in self.fields.items()}
        return {name: text for name, text in now.items() if text != self._before[name]}

    def _check(self) -> None:
        self.save.setEnabled(bool(self.changed and self.why.text().strip()))

    # -- doing it --------------------------------------------------------------------------

    def _save(self) -> None:
        if self._row is None:
            return
        visit, fact, texts, why = self._visit, self._row.id, self.changed, self.why.text()
        self._desk.act(
            self,
            lambda session: correct_as_typed(session, visit, fact, texts, why),
            self._saved,
            same=(fact, why, *texts.items()),
        )

    def _saved(self, _fact: Fact) -> None:
        if self.save.hasFocus():
            # Once it cannot be pressed the keys would go to what takes the correction back.
            self.list.setFocus()
        words = self._desk.tr("The correction is saved; old and new are both kept.")
        self._desk.say(words, undo=True)

    def _withdraw(self) -> None:
        tr, chosen = self._desk.tr, self._row
        if chosen is None:
            return
        reason = asked_text(
            self._desk,
            self,
            tr("Why does it not hold?"),
            tr("The entry stays readable in both editions. A finding stays as not established."),
            tr("Withdraw it"),
            about=chosen.id,
            visit=self._visit,
        )
        if reason is None:
            return
        visit = self._visit
        self._desk.act(
            self, lambda session: withdraw(session, visit, chosen.id, reason), self._saved
        )


def _text_of(field: _Field) -> str:
    if isinstance(field, QComboBox):
        return str(field.currentData() or "")
    return field.toPlainText() if isinstance(field, QPlainTextEdit) else field.text()
