"""The third step: the sheet on paper, and how it came back: signed, or refused with a witness."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from inspector.domain.numbers import bare_number
from inspector.domain.vocabulary import EvidenceRoute
from inspector.operations.dossiers import confirmation_sheet
from inspector.operations.evidence import Taking, add_photos
from inspector.operations.feedback import complete_feedback
from inspector.operations.seeing import Typed, seen_from
from ui.messages import asked_file_to_write, asked_files
from ui.pages.closing.pictures import PictureTile
from ui.theme import tokens
from ui.theme.tokens import Tone, Type
from ui.widgets.buttons import button
from ui.widgets.surfaces import Badge, Banner, Card, Nothing, cleared, column, row, scrolled
from ui.widgets.text import label

if TYPE_CHECKING:
    from inspector.domain.entities import Feedback
    from inspector.operations.closing import Closing
    from inspector.operations.dossiers import PrintedSheet
    from inspector.operations.session import Session
    from ui.desk import Desk

#: Photographs offered as the signed sheet: the newest, so that it is among them.
OFFERED = 12
_ACROSS = 4


def take_in(session: Session, visit: str, path: Path) -> str:
    """Take in one file and return the id of its evidence; raises why it was not taken."""
    taking = Taking(seen_from(session, visit, Typed()), EvidenceRoute.IMPORT)
    [added] = list(add_photos(session, visit, [path], taking))
    if added.taken.reason is not None:
        raise added.taken.reason
    return added.evidence


class Sheet(QWidget):
    """Printing at the left, or that nobody signed; the signed sheet at the right."""

    #: The next or an earlier step is wanted, by its name.
    stepped = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._closing: Closing | None = None
        #: What was typed of a refusal, and not recorded yet: reason and witness.
        self._typed = ("", "")
        look, tr = desk.look, desk.tr
        self._left, self._right = QVBoxLayout(), QVBoxLayout()
        for side in (self._left, self._right):
            side.setSpacing(tokens.L)
        inside = QWidget()
        both = QHBoxLayout(inside)
        both.setContentsMargins(tokens.L, tokens.L, tokens.L, tokens.L)
        both.setSpacing(tokens.L)
        both.addLayout(self._left, 4)
        both.addLayout(self._right, 6)
        self._both = scrolled(inside)
        self._nothing = Nothing(
            look,
            "print",
            tr("The unit has not been told yet"),
            tr("The sheet is about what was told. Choose that first, or seal without feedback."),
            tr("Choose findings"),
            lambda: self.stepped.emit("choose"),
        )
        self.setLayout(column(self._nothing, self._both, spacing=0))

    def show_closing(self, found: Closing) -> None:
        """Show sheet and signature as they stand."""
        same = self._closing is not None and (
            (found.feedback, found.code, found.printed, found.papers)
            == (
                self._closing.feedback,
                self._closing.code,
                self._closing.printed,
                self._closing.papers,
            )
        )
        self._closing = found
        self._nothing.setVisible(found.feedback is None)
        self._both.setVisible(found.feedback is not None)
        if found.feedback is None or same:
            return
        focused = self.focusWidget()
        typing = focused.objectName() if isinstance(focused, QLineEdit) else ""
        cleared(self._left)
        cleared(self._right)
        self._left.addWidget(self._printing(found))
        if found.is_signed:
            self._right.addWidget(self._done(found))
        else:
            self._right.addWidget(self._signed(found))
            # Many photographs stand beside it and never push it out of sight; one that comes in
            # meanwhile takes nothing from whoever is typing.
            self._left.addWidget(self._refused())
            if typing:
                (self.refusal if typing == "refusal" else self.witness).setFocus()
        for side in (self._left, self._right):
            side.addStretch(1)

    # -- paper -----------------------------------------------------------------------------

    def _printing(self, found: Closing) -> Card:
        look, tr = self._desk.look, self._desk.tr
        card = Card(tr("Sheet for signature"))
        told = len(found.feedback.findings) if found.feedback else 0
        card.body.addWidget(
            label(
                tr("One page about {count} findings, without photographs.", count=told), wrap=True
            )
        )
        card.body.addWidget(label(tr("Record code"), Type.CAPTION))
        # Making it may fix the number of the visit, on which the code rests: none is shown before.
        self.code = label(found.code if found.printed else "–", Type.HEADLINE, selectable=True)
        card.body.addWidget(self.code)
        if found.printed == found.code:
            words = tr("The printed sheet carries this code: it says what the record says.")
            card.body.addWidget(Banner(look, words, Tone.OK, "check"))
        elif found.printed:
            words = tr(
                "The sheet printed before carries {code}. The findings were changed since: print "
                "it again and have the new one signed.",
                code=found.printed,
            )
            card.body.addWidget(Banner(look, words, Tone.WARN, "warning"))
        else:
            words = tr("It is fixed when the sheet is made, and follows what the record says.")
            card.body.addWidget(label(words, Type.CAPTION, wrap=True))
        self.export = button(
            look,
            tr("Make the sheet …"),
            self._export,
            kind="secondary" if found.printed == found.code else "primary",
            icon="print",
            extent="field",
        )
        card.body.addWidget(self.export)
        return card

    def _export(self) -> None:
        found, tr = self._closing, self._desk.tr
        if found is None or found.feedback is None:
            return
        places = QStandardPaths.StandardLocation
        folder = Path(QStandardPaths.writableLocation(places.DocumentsLocation))
        name = tr("{number} sheet", number=bare_number(found.visit))
        target = asked_file_to_write(
            self, tr("Make the sheet"), folder / f"{name}.pdf", tr("PDF (*.pdf)")
        )
        if target is None:
            return
        visit, chosen, lang = found.visit.id, found.feedback.findings, self._desk.lang
        self._desk.act(
            self,
            lambda session: confirmation_sheet(session, visit, chosen, target, lang),
            lambda sheet: self._made(sheet, target),
        )

    def _made(self, sheet: PrintedSheet, target: Path) -> None:
        tr = self._desk.tr
        if QDesktopServices.openUrl(QUrl.fromLocalFile(str(target))):
            words = tr("The sheet {code} was written. It opens to be printed.", code=sheet.code)
        else:
            words = tr(
                "The sheet {code} was written to {path}. No program opened it: open it from there "
                "to print it.",
                code=sheet.code,
                path=target,
            )
        self._desk.say(words)
        # The note of an export changes no fact that a refresh would look for.
        self.stepped.emit("sheet")

    # -- what came back --------------------------------------------------------------------

    def _signed(self, found: Closing) -> Card:
        look, tr = self._desk.look, self._desk.tr
        card = Card(tr("Signed: its photograph"))
        card.head.addStretch(1)
        self.bring = button(look, tr("Take in a file …"), self._bring, icon="import")
        card.head.addWidget(self.bring)
        offered = found.papers[:OFFERED]
        words = (
            tr("Press the photograph of the signed sheet. The newest come first.")
            if offered
            else tr("There is no photograph in this visit yet. Take the signed sheet in.")
        )
        card.body.addWidget(label(words, Type.CAPTION, wrap=True))
        for start in range(0, len(offered), _ACROSS):
            line = row(spacing=tokens.M)
            for item in offered[start : start + _ACROSS]:
                tile = PictureTile(self._desk, item, width=136)
                tile.clicked.connect(lambda _on=False, item=item: self._sign(item.id))
                line.addWidget(tile)
            line.addStretch(1)
            card.body.addLayout(line)
        return card

    def _sign(self, evidence: str) -> None:
        feedback = self._feedback()
        self._desk.act(
            self,
            lambda session: complete_feedback(session, feedback, sheet=evidence),
            lambda _done: self._desk.say(self._desk.tr("The signed sheet is recorded."), undo=True),
            same=("signed", evidence),
        )

    def _bring(self) -> None:
        tr = self._desk.tr
        kinds = tr("Photographs and PDF (*.jpg *.jpeg *.png *.heic *.pdf);;All files (*)")
        paths = asked_files(self, tr("The signed sheet"), kinds)
        if not paths or self._closing is None:
            return
        visit, feedback, path = self._closing.visit.id, self._feedback(), paths[0]

        def work(session: Session) -> object:
            return complete_feedback(session, feedback, sheet=take_in(session, visit, path))

        self._desk.act(
            self,
            work,
            lambda _done: self._desk.say(self._desk.tr("The signed sheet is recorded."), undo=True),
        )

    def _refused(self) -> Card:
        look, tr = self._desk.look, self._desk.tr
        card = Card(tr("Or the signature was refused"))
        reason, witness = self._typed
        self.refusal, self.witness = QLineEdit(reason), QLineEdit(witness)
        self.refusal.setObjectName("refusal")
        self.witness.setObjectName("witness")
        for field, name in (
            (self.refusal, tr("Reason that was given, or that none was given")),
            (self.witness, tr("Witness: who saw it")),
        ):
            field.setAccessibleName(name)
            field.setPlaceholderText(name)
            field.setProperty("extent", "field")
            field.textChanged.connect(self._check)
            card.body.addWidget(field)
        self.refuse = button(look, tr("Record the refusal"), self._refuse, extent="touch")
        card.body.addLayout(row(None, self.refuse))
        self._check()
        return card

    def _check(self) -> None:
        self._typed = self.refusal.text(), self.witness.text()
        self.refuse.setEnabled(all(text.strip() for text in self._typed))

    def _refuse(self) -> None:
        feedback = self._feedback()
        reason, witness = self.refusal.text(), self.witness.text()
        self._desk.act(
            self,
            lambda session: complete_feedback(session, feedback, refusal=reason, witness=witness),
            lambda _done: self._desk.say(self._desk.tr("The refusal is recorded."), undo=True),
            same=("refused", reason, witness),
        )

    def _feedback(self) -> str:
        found = self._closing
        return found.feedback.id if found and found.feedback else ""

    def _done(self, found: Closing) -> Card:
        look, tr = self._desk.look, self._desk.tr
        feedback = found.feedback
        card = Card(tr("Signed") if feedback and feedback.sheet else tr("Refused"))
        card.head.addStretch(1)
        if feedback is None:
            return card
        card.head.addWidget(Badge(look, tr("recorded"), Tone.OK, "check"))
        if feedback.sheet:
            item = next((each for each in found.papers if each.id == feedback.sheet), None)
            if item is not None:
                card.body.addWidget(PictureTile(self._desk, item, width=320))
        if feedback.refusal:
            card.body.addWidget(label(feedback.refusal, wrap=True))
            card.body.addLayout(self._seen_by(feedback))
        on = button(
            look,
            tr("On to the seal"),
            lambda: self.stepped.emit("seal"),
            kind="primary",
            icon="next",
            extent="touch",
        )
        card.body.addLayout(row(None, on))
        return card

    def _seen_by(self, feedback: Feedback) -> QHBoxLayout:
        """Return who saw the refusal, or the field for it where nobody was named."""
        tr = self._desk.tr
        if feedback.witness.strip():
            witness = tr("Witness: {name}", name=feedback.witness)
            return row(label(witness, Type.CAPTION), None)
        self.witness = QLineEdit()
        self.witness.setAccessibleName(tr("Witness: who saw it"))
        self.witness.setPlaceholderText(tr("Witness: who saw it"))
        self.witness.setProperty("extent", "field")
        self.witness.returnPressed.connect(self._name_witness)
        save = button(self._desk.look, tr("Record the witness"), self._name_witness, extent="touch")
        return row(self.witness, save, stretch=0)

    def _name_witness(self) -> None:
        feedback, witness = self._feedback(), self.witness.text().strip()
        if witness:
            self._desk.act(
                self,
                lambda session: complete_feedback(session, feedback, witness=witness),
                same=("witness", witness),
            )
