"""Signing a seal: a passphrase for each inspector who has a key here, and who has signed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLineEdit, QWidget

from inspector.domain.signing import SignatureState
from inspector.operations.keys import signing_keys, unlock_each
from inspector.operations.signing import sign_seal, signers_of
from inspector.operations.signing_text import flaw_text, state_text
from ui.theme import tokens
from ui.theme.tokens import Tone, Type
from ui.widgets.buttons import button
from ui.widgets.surfaces import Badge, Card, bring_into_view, cleared, column, row
from ui.widgets.text import label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QLabel

    from inspector.base.errors import MingchaError
    from inspector.domain.entities import SealSignature
    from inspector.domain.signing import SealSigner
    from inspector.operations.closing import MemberRow
    from inspector.operations.keys import KeyState, SealedSecret, Signer
    from inspector.operations.session import Session
    from ui.desk import Desk

_TONES = {
    SignatureState.VALID: (Tone.OK, "check"),
    SignatureState.INVALID: (Tone.DANGER, "warning"),
    SignatureState.MISSING: (Tone.WARN, "clock"),
    SignatureState.NO_KEY: (Tone.NEUTRAL, ""),
}

Keys = list[tuple["KeyState", "SealedSecret | None"]]


class PassphraseLine(QWidget):
    """The name of an inspector, how things stand, and the passphrase where one can be typed."""

    def __init__(self, name: str, badge: Badge, field: QLineEdit | None = None) -> None:
        super().__init__()
        self.field = field
        self.wrong: QLabel = label("", Type.CAPTION, tone=Tone.DANGER, wrap=True)
        self.line = row(label(name, Type.STRONG), badge, spacing=tokens.M)
        if field is None:
            self.line.addStretch(1)
        else:
            self.line.addWidget(field, 1)
        layout = column(self.line, self.wrong, spacing=tokens.XS)
        self.setLayout(layout)
        self.wrong.hide()

    def refuse(self, text: str) -> None:
        """Say why the passphrase was not taken; what is typed is taken away."""
        self.wrong.setText(text)
        self.wrong.setVisible(bool(text))
        if text and self.field is not None:
            self.field.clear()
            self.field.setFocus()
            # Only once the sentence has its place.
            QTimer.singleShot(0, self, partial(bring_into_view, self))


def passphrase_field(desk: Desk, name: str, hint: str) -> QLineEdit:
    """Return a field in which the passphrase of `name` is typed unseen; `hint` says what for."""
    made = QLineEdit()
    made.setEchoMode(QLineEdit.EchoMode.Password)
    made.setAccessibleName(desk.tr("{name}: passphrase", name=name))
    made.setPlaceholderText(hint)
    made.setProperty("extent", "field")
    return made


class Signing(Card):
    """Before the seal: who signs it at once. Who types nothing stays unsigned."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.tr("Signatures on the seal"))
        self._desk = desk
        words = desk.tr(
            "Whoever types a passphrase signs the seal at once; others may sign later. Who has no "
            "key is named as unsigned. Keys are made in the settings, under members."
        )
        self.body.addWidget(label(words, Type.CAPTION, wrap=True))
        self._lines = column(spacing=tokens.S)
        self.body.addLayout(self._lines)
        self._shown: Keys = []
        self._names: dict[str, str] = {}
        self.lines: dict[str, PassphraseLine] = {}

    def show_members(self, members: Sequence[MemberRow]) -> None:
        """Read the keys of the inspectors; what is typed already stays.

        They are called as among the members: by letter who is still inside unrecognised.
        """
        names = {each.person.id: each.person.name for each in members}
        show = partial(self._show, names)
        self._desk.read(self, lambda session: signing_keys(session, names), show)

    def _show(self, names: dict[str, str], keys: Keys) -> None:
        if (names, keys) == (self._names, self._shown):
            return
        self._names, self._shown = names, keys
        cleared(self._lines)
        self.lines = {}
        for state, secret in keys:
            made = self._line(state, secret)
            self.lines[state.person.id] = made
            self._lines.addWidget(made)

    def _line(self, state: KeyState, secret: SealedSecret | None) -> PassphraseLine:
        look, tr, name = self._desk.look, self._desk.tr, self._names[state.person.id]
        if secret is not None:
            badge = Badge(look, tr("key on this computer"), Tone.INFO, "shield")
            field = passphrase_field(self._desk, name, tr("Passphrase, to sign now"))
            return PassphraseLine(name, badge, field)
        if state.key is not None:
            return PassphraseLine(name, Badge(look, tr("key on another computer"), Tone.INFO))
        return PassphraseLine(name, Badge(look, tr("no key"), Tone.NEUTRAL))

    def typed(self) -> list[tuple[SealedSecret, str]]:
        """Return the sealed keys and what was typed to open them."""
        found = []
        for state, secret in self._shown:
            field = self.lines[state.person.id].field
            if secret is not None and field is not None and field.text():
                found.append((secret, field.text()))
        return found

    def refuse(self, closed: dict[str, MingchaError]) -> None:
        """Say whose passphrase was wrong; nothing, and nothing typed remains, where none was."""
        for person, line in self.lines.items():
            error = closed.get(person)
            line.refuse(error.text(self._desk.tr) if error else "")

    def clear(self) -> None:
        """Take away what was typed."""
        for line in self.lines.values():
            if line.field is not None:
                line.field.clear()


class Signatures(Card):
    """After the seal: who has signed it, verified; who has not may do so now."""

    def __init__(self, desk: Desk, visit: str) -> None:
        super().__init__(desk.tr("Signatures on the seal"))
        self._desk, self._visit = desk, visit
        self._lines = column(spacing=tokens.S)
        self.body.addLayout(self._lines)
        self.lines: dict[str, PassphraseLine] = {}
        self._busy = False
        self.read()

    def read(self) -> None:
        """Verify the signatures anew."""
        visit = self._visit

        def work(session: Session) -> tuple[list[SealSigner], Keys]:
            signers = signers_of(session, visit)
            unsigned = [
                each.person
                for each in signers
                if each.state in (SignatureState.MISSING, SignatureState.NO_KEY)
            ]
            return signers, signing_keys(session, unsigned)

        self._desk.read(self, work, lambda found: self._show(*found))

    def _show(self, signers: list[SealSigner], keys: Keys) -> None:
        cleared(self._lines)
        self.lines = {}
        secrets = {state.person.id: secret for state, secret in keys}
        for signer in signers:
            line = self._line(signer, secrets.get(signer.person))
            self.lines[signer.person] = line
            self._lines.addWidget(line)
            if signer.fingerprint:
                self._lines.addWidget(label(signer.fingerprint, Type.CAPTION, selectable=True))

    def _line(self, signer: SealSigner, secret: SealedSecret | None) -> PassphraseLine:
        tr, look = self._desk.tr, self._desk.look
        tone, icon = _TONES[signer.state]
        badge = Badge(look, state_text(signer, tr), tone, icon)
        if secret is None:
            line = PassphraseLine(signer.name, badge)
            line.refuse(flaw_text(signer.flaw, tr) if signer.flaw else "")
            return line
        field = passphrase_field(self._desk, signer.name, tr("Passphrase"))
        line = PassphraseLine(signer.name, badge, field)

        def sign() -> None:
            self._sign(line, secret, field.text())

        press = button(look, tr("Sign"), sign, extent="touch")
        press.setAccessibleName(tr("{name}: sign the seal", name=signer.name))
        field.returnPressed.connect(sign)
        line.line.addWidget(press)
        return line

    def _sign(self, line: PassphraseLine, secret: SealedSecret, passphrase: str) -> None:
        """Open the key apart from windows and store, which takes long on purpose; then sign."""
        if not passphrase or self._busy:
            return
        self._busy = True
        self._desk.papers.run(
            self,
            lambda _progress: unlock_each([(secret, passphrase)]),
            lambda found: self._opened(line, *found),
            ended=self._ended,
        )

    def _ended(self) -> None:
        self._busy = False

    def _opened(
        self, line: PassphraseLine, signers: list[Signer], closed: dict[str, MingchaError]
    ) -> None:
        for error in closed.values():
            line.refuse(error.text(self._desk.tr))
        visit = self._visit
        for signer in signers:

            def work(session: Session, signer: Signer = signer) -> SealSignature:
                return sign_seal(session, visit, signer)

            self._desk.act(self, work, lambda _done: self._signed())

    def _signed(self) -> None:
        self._desk.say(self._desk.tr("The seal is signed."))
        self.read()
