"""The key with which a member signs seals: made, printed, its passphrase changed, replaced."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths

from ui.messages import asked_file_to_write
from ui.opening import operation
from ui.pages.settings.passphrases import asked_passphrase, asked_sheet
from ui.theme import tokens
from ui.theme.tokens import Tone, Type
from ui.widgets.buttons import button
from ui.widgets.surfaces import Badge, Card, row
from ui.widgets.text import label, retone

if TYPE_CHECKING:
    from collections.abc import Callable

    from inspector.base.clock import Reading
    from inspector.operations.keys import KeyState, MadeKey, SealedSecret
    from inspector.operations.session import Session
    from ui.desk import Desk


class SigningKey(Card):
    """The key of the member who is chosen in the table."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.tr("Key for signing seals"), tokens.M)
        self._desk = desk
        self._state: KeyState | None = None
        self._person = ""
        self._busy = False
        tr, look = desk.tr, desk.look
        self.badge = Badge(look, "")
        self.head.addWidget(self.badge)
        self.head.addStretch(1)
        self.words = label("", Type.CAPTION, wrap=True)
        self.print = label("", selectable=True)
        self.said = label("", wrap=True)
        self.make = button(look, tr("Make a key …"), self._make, kind="primary", icon="shield")
        self.sheet = button(look, tr("Print the recovery sheet …"), self._sheet, icon="dossier")
        self.change = button(look, tr("Change the passphrase …"), self._change)
        self.restore = button(look, tr("Restore from its sheet …"), self._restore)
        self.replace = button(look, tr("Replace the key …"), self._replace, kind="text")
        for part in (self.words, self.print):
            self.body.addWidget(part)
        self._buttons = (self.make, self.sheet, self.change, self.restore, self.replace)
        self.body.addLayout(row(*self._buttons, None))
        self.body.addWidget(self.said)
        self.hide()

    def show_person(self, person: str) -> None:
        """Show the key of a member; "" hides the card."""
        if person != self._person:
            self._say("")
        self._person = person
        self.setVisible(bool(person))
        if person:
            self._desk.read(
                self, lambda session: operation("keys").key_state(session, person), self._show
            )

    def _show(self, state: KeyState) -> None:
        if state.person.id != self._person:
            return  # another member was chosen meanwhile
        self._state = state
        tr = self._desk.tr
        has, here = state.key is not None, state.here
        if here:
            self.badge.say(tr("key on this computer"), Tone.OK)
            text = tr(
                "Keep its recovery sheet under lock. Nobody can restore a passphrase, or a key "
                "without its sheet."
            )
        elif state.damaged:
            self.badge.say(tr("key damaged"), Tone.DANGER)
            text = tr(
                "The file of this key on this computer cannot be read any more, so nobody signs "
                "with it here. What was signed with it stays valid. Restore it from its sheet."
            )
        elif has:
            self.badge.say(tr("key on another computer"), Tone.INFO)
            text = tr("This member signs there. The printed sheet brings the key here.")
        else:
            self.badge.say(tr("no key"), Tone.NEUTRAL)
            text = tr("Without a key this member is named as unsigned on every seal.")
        self.words.setText(text)
        self.print.setText(state.fingerprint)
        self.print.setVisible(has)
        self.make.setVisible(not has)
        for shown in (self.sheet, self.change):
            shown.setVisible(here)
        self.restore.setVisible(not here)
        self.replace.setVisible(has)

    # -- acting --------------------------------------------------------------------------------

    def _make(self) -> None:
        tr, state = self._desk.tr, self._state
        if state is None or self._busy:
            return
        text = tr(
            "{name} will sign seals with it. The passphrase is kept nowhere: nobody can restore "
            "it. At least 10 letters, or 5 Chinese characters; best a sentence of one's own.",
            name=state.person.name,
        )
        typed = asked_passphrase(self._desk, self, tr("Make a key"), text, tr("Make the key"))
        if typed is not None:
            self._slowly(
                lambda: operation("keys").make_key(typed.passphrase),
                lambda session, made: operation("keys").keep_key(session, state.person.id, made),
                tr("The key is made. Print its recovery sheet now."),
            )

    def _replace(self) -> None:
        tr, state = self._desk.tr, self._state
        if state is None or self._busy:
            return
        text = tr(
            "The present key of {name} signs no more; what was signed with it stays valid. This is "
            "for a forgotten passphrase, or a key that others may have.",
            name=state.person.name,
        )
        typed = asked_passphrase(
            *(self._desk, self, tr("Replace the key"), text, tr("Replace the key")),
            first=tr("Why it is replaced"),
            hidden=False,
        )
        if typed is not None:
            person, why = state.person.id, typed.first
            self._slowly(
                lambda: operation("keys").make_key(typed.passphrase),
                lambda session, made: operation("keys").keep_key(session, person, made, why),
                tr("The key is made. Print its recovery sheet now."),
            )

    def _change(self) -> None:
        tr, state = self._desk.tr, self._state
        if state is None or self._busy:
            return
        text = tr("Sheets printed before open with the former passphrase: print a new one then.")
        typed = asked_passphrase(
            *(self._desk, self, tr("Change the passphrase"), text, tr("Change the passphrase")),
            first=tr("Present passphrase"),
        )
        if typed is None:
            return
        self._with_secret(
            state,
            lambda secret: self._slowly(
                lambda: operation("keys").sealed_anew(secret, typed.first, typed.passphrase),
                lambda session, made: operation("keys").keep_changed(session, made),
                tr("The passphrase is changed. Print a new recovery sheet, destroy the old."),
            ),
        )

    def _restore(self) -> None:
        tr, state = self._desk.tr, self._state
        if state is None or self._busy:
            return
        text = tr(
            "Type the rows as they are printed, or paste what the code on the sheet holds. Blanks, "
            "row numbers and small letters do not matter."
        )
        title = tr("Restore the key of {name}", name=state.person.name)
        typed = asked_sheet(self._desk, self, title, text, tr("Restore the key"))
        if typed is not None:
            person = state.person.id
            self._slowly(
                lambda: operation("keys").from_sheet(typed.first, typed.passphrase),
                lambda session, made: operation("keys").keep_restored(session, made, person),
                tr("The key is on this computer again."),
            )

    def _sheet(self) -> None:
        tr, state, lang = self._desk.tr, self._state, self._desk.lang
        if state is None or self._busy:
            return
        places = QStandardPaths.StandardLocation
        where = Path(QStandardPaths.writableLocation(places.DocumentsLocation))
        name = tr("Recovery sheet") + ".pdf"
        target = asked_file_to_write(
            self, tr("Print the recovery sheet"), where / name, "PDF (*.pdf)"
        )
        if target is None:
            return

        def read(session: Session) -> tuple[SealedSecret, Reading]:
            secret: SealedSecret = operation("keys").secret_of(session, state.person.id)
            return secret, session.store.clock.read()

        def write(found: tuple[SealedSecret, Reading]) -> None:
            secret, made = found
            self._desk.papers.run(
                self,
                lambda _progress: operation("key_sheets").write_sheet(secret, target, lang, made),
                lambda _paper: self._written(state, target),
                failed=partial(self._refused, state),
            )

        self._desk.read(self, read, write, partial(self._refused, state))

    def _written(self, state: KeyState, target: Path) -> None:
        tr = self._desk.tr
        words = tr("Written to {path}. Print it, lock it away, then delete the file.", path=target)
        self._tell(state, words, Tone.OK)

    def _with_secret(self, state: KeyState, then: Callable[[SealedSecret], None]) -> None:
        def read(session: Session) -> SealedSecret:
            secret: SealedSecret = operation("keys").secret_of(session, state.person.id)
            return secret

        self._desk.read(self, read, then, partial(self._refused, state))

    def _slowly(
        self,
        make: Callable[[], MadeKey],
        keep: Callable[[Session, MadeKey], object],
        said: str,
    ) -> None:
        """Work on a key apart from windows and store, which takes long on purpose; then keep it."""
        state = self._state
        if state is None:
            return
        self._hold(busy=True)
        self._say(self._desk.tr("The key is being worked on …"))

        def kept(made: MadeKey) -> None:
            self._desk.act(
                self,
                lambda session: keep(session, made),
                lambda _done: self._done(state, said),
                partial(self._refused, state),
            )

        self._desk.papers.run(
            self, lambda _progress: make(), kept, failed=partial(self._refused, state)
        )

    def _hold(self, *, busy: bool) -> None:
        self._busy = busy
        for each in self._buttons:
            each.setEnabled(not busy)

    def _done(self, state: KeyState, said: str) -> None:
        """Say what became of the key of a member, beside that member's key or by name."""
        self._hold(busy=False)
        self._tell(state, said, Tone.OK)
        self.show_person(self._person)

    def _refused(self, state: KeyState, error: Exception) -> None:
        self._hold(busy=False)
        self._say("")
        if self._desk.foresaw(error):
            self._tell(state, error.text(self._desk.tr), Tone.DANGER)

    def _tell(self, state: KeyState, text: str, tone: Tone) -> None:
        """Another member may have been chosen since: then it is not said beside their key."""
        if state.person.id == self._person:
            self._say(text, tone)
            return
        tr = self._desk.tr
        self._say("")
        self._desk.say(tr("{name}: {text}", name=state.person.name, text=text))

    def _say(self, text: str, tone: Tone | None = None) -> None:
        self.said.setText(text)
        self.said.setVisible(bool(text))
        retone(self.said, tone)
