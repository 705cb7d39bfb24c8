"""Entering a phase: the rules of the covert part, showing identity before the overt one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QDialog, QGridLayout, QLineEdit, QWidget

from inspector.domain.covert_rules import RULES
from inspector.domain.facts import effective
from inspector.domain.vocabulary import EventKind, Phase
from inspector.operations.visits import begin_overt, change_phase, reveal
from ui.pages.visit.naming import members_in_sight
from ui.theme import tokens
from ui.theme.tokens import Type
from ui.widgets.buttons import button
from ui.widgets.checkbox import CheckBox
from ui.widgets.drafts import keep_typed
from ui.widgets.labelled import Labelled
from ui.widgets.seen import WIDTH, SeenRow
from ui.widgets.surfaces import column, row, scrolled
from ui.widgets.text import label

if TYPE_CHECKING:
    from inspector.domain.times import Seen
    from inspector.operations.board import Board
    from inspector.operations.session import Session
    from ui.desk import Desk
    from ui.recording.acting import Acting
    from ui.widgets.drafts import Kept


class Entering(QDialog):
    """What both have in common: a sentence, the time, and a button with the verb."""

    def __init__(self, desk: Desk, acting: Acting, board: Board, title: str, verb: str) -> None:
        super().__init__()
        self.setWindowTitle(title)
        self.setMinimumWidth(round(WIDTH * desk.look.scale))
        self._desk, self._acting, self._board = desk, acting, board
        self._kept: Kept | None = None
        self.seen = SeenRow(desk, named=True)
        self.seen.set_people(members_in_sight(board, desk.lang), board.me, board.visit)
        self.go = button(desk.look, verb, self._enter, kind="primary", icon="next")
        self.go.setDefault(True)
        cancel = button(desk.look, desk.tr("Cancel"), self.reject)
        self._body = column(label(title, Type.SECTION), spacing=tokens.M)
        layout = column(self._body, self.seen, spacing=tokens.M, margins=tokens.XL)
        layout.addLayout(row(None, cancel, self.go))
        self.setLayout(layout)

    def _members(self) -> dict[str, QCheckBox]:
        """Return a box for each member, as they may be called now."""
        people = members_in_sight(self._board, self._desk.lang)
        return {person: CheckBox(name) for person, name in people}

    def check(self) -> None:
        """Say whether the phase can be entered as it stands."""

    def _enter(self) -> None:
        raise NotImplementedError

    def _done(self, _value: object) -> None:
        assert self._kept is not None
        self._kept.saved()


class CovertDialog(Entering):
    """The rules, and who has read and accepts them; all of them must."""

    def __init__(self, desk: Desk, acting: Acting, board: Board) -> None:
        tr = desk.tr
        super().__init__(desk, acting, board, tr("Begin the covert part"), tr("All accept, begin"))
        rules = QWidget()
        lines = column(spacing=tokens.S)
        for number, rule in enumerate(RULES, 1):
            lines.addWidget(label(f"{number}. {rule.text(desk.lang)}", wrap=True))
            lines.addWidget(label(rule.source(desk.lang), Type.CAPTION, wrap=True))
        rules.setLayout(lines)
        area = scrolled(rules)
        area.setMinimumHeight(240)
        self._body.addWidget(area)
        self._body.addWidget(label(tr("Read and accepted by:"), Type.STRONG))
        self.boxes = self._members()
        for person, box in self.boxes.items():
            if person not in board.standing.missing:
                box.setChecked(True)
                box.setEnabled(False)
            box.toggled.connect(self.check)
            self._body.addWidget(box)
        self._kept = keep_typed(desk, self, board.me, visit=board.visit)
        next(iter(self.boxes.values()), self.go).setFocus()
        self.check()

    def check(self) -> None:
        """Everybody must accept."""
        self.go.setEnabled(bool(self.boxes) and all(b.isChecked() for b in self.boxes.values()))

    def _enter(self) -> None:
        accepted = [person for person, box in self.boxes.items() if box.isEnabled()]
        self._acting.record(
            lambda session, visit, seen: change_phase(
                session, visit, Phase.COVERT, seen, accepted_by=accepted
            ),
            self._done,
            self.seen.typed,
            same=Phase.COVERT,
        )


class RevealDialog(Entering):
    """Who shows identity, to whom and each with which document; the team, or one alone."""

    def __init__(self, desk: Desk, acting: Acting, board: Board) -> None:
        tr = desk.tr
        super().__init__(desk, acting, board, tr("Show identity"), tr("Identity was shown"))
        self.to_whom = QLineEdit()
        self.boxes = self._members()
        #: What each showed, by person: it is personal.
        self.documents = {person: QLineEdit() for person in self.boxes}
        self.to_whom.setPlaceholderText(tr("Name and post"))
        self.whole = CheckBox(tr("From now on the whole team is overt"))
        self.whole.setChecked(True)
        #: Says who goes on covertly, and what is needed before it can be saved.
        self.staying, self.missing = (label("", Type.CAPTION, wrap=True) for _ in range(2))
        self._body.addWidget(Labelled(tr("To whom"), self.to_whom))
        self._body.addLayout(self._who())
        for part in (self.whole, self.staying, self.missing):
            # What comes and goes moves no button from under the hand.
            kept = part.sizePolicy()
            kept.setRetainSizeWhenHidden(True)
            part.setSizePolicy(kept)
            self._body.addWidget(part)
        self._fill(board)
        for field in (self.to_whom, *self.documents.values()):
            field.textChanged.connect(self.check)
        for box in self.boxes.values():
            box.toggled.connect(self._leave_out)
        self.whole.toggled.connect(self.check)
        self._kept = keep_typed(desk, self, board.me, visit=board.visit)
        self.check()
        wanted = [self.documents[person] for person in self._showing()]
        (wanted[0] if wanted and self.to_whom.text() else self.to_whom).setFocus()

    def _who(self) -> QGridLayout:
        """Return a line for each member: whether identity is shown, and by which document."""
        tr, standing = self._desk.tr, self._board.standing
        lines = QGridLayout()
        lines.setHorizontalSpacing(tokens.L)
        lines.setVerticalSpacing(tokens.S)
        lines.setColumnStretch(1, 1)
        lines.addWidget(label(tr("Who shows identity:"), Type.STRONG), 0, 0)
        lines.addWidget(label(tr("Document shown"), Type.STRONG), 0, 1)
        for line, (person, box) in enumerate(self.boxes.items(), 1):
            field = self.documents[person]
            field.setPlaceholderText(tr("Inspection card, letter, number"))
            field.setAccessibleName(tr("Document that {name} showed", name=box.text()))
            box.setChecked(standing.of(person) is Phase.COVERT)
            field.setEnabled(box.isChecked())
            box.toggled.connect(field.setEnabled)
            lines.addWidget(box, line, 0)
            lines.addWidget(field, line, 1)
        return lines

    def _fill(self, board: Board) -> None:
        """Let to whom others of the team showed identity stand there already.

        Which document is asked of each: the record says who showed which.
        """
        shown = [e for e in effective(board.record.events) if e.kind is EventKind.REVEAL]
        if shown:
            self.to_whom.setText(shown[-1].to_whom)

    def check(self) -> None:
        """Somebody shows something to somebody; say who goes on covertly."""
        tr, showing = self._desk.tr, self._showing()
        wanted = (
            (tr("who shows identity"), showing),
            (tr("to whom"), self.to_whom.text().strip()),
            (tr("the document"), all(each.strip() for each in showing.values())),
        )
        missing = [words for words, given in wanted if not given]
        self.go.setEnabled(not missing)
        self.missing.setText(tr("Still needed: {names}.", names=tr(", ").join(missing)))
        self.missing.setVisible(bool(missing))
        names = [] if self.whole.isChecked() else self._left_out()
        words = tr(
            "Still covert, as is what they see from now on: {names}", names=tr(", ").join(names)
        )
        self.staying.setText(words)
        self.staying.setVisible(bool(names))

    def _showing(self) -> dict[str, str]:
        """Return what was typed as the document of each who shows identity, by person."""
        ticked = [person for person, box in self.boxes.items() if box.isChecked()]
        return {person: self.documents[person].text() for person in ticked}

    def _left_out(self) -> list[str]:
        """Return the names of those who are covert and do not show identity."""
        covert = self._board.standing.of
        return [
            box.text()
            for person, box in self.boxes.items()
            if covert(person) is Phase.COVERT and not box.isChecked()
        ]

    def _leave_out(self) -> None:
        """Who is left out stays covert, unless the whole team is declared overt after that."""
        self.whole.setChecked(not self._left_out())
        self.check()

    def _enter(self) -> None:
        documents, to_whom = self._showing(), self.to_whom.text()
        whole = self.whole.isChecked()

        def work(session: Session, visit: str, seen: Seen) -> None:
            if whole:
                begin_overt(session, visit, seen, documents, to_whom=to_whom)
                return
            for person, document in documents.items():
                own = replace(seen, observer=person)
                reveal(session, visit, own, to_whom=to_whom, document=document)

        self._acting.record(work, self._done, self.seen.typed, same=Phase.OVERT)
