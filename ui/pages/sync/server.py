"""The form for a server: what kind it is, where, and how it is entered. It is tried at once."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QDialog, QLineEdit, QWidget

from inspector.base.errors import MingchaError
from inspector.base.i18n import N_
from inspector.base.paths import Workspace
from inspector.operations.depot_places import SERVERS, Place, enter, server_address
from ui.choosing import chosen_file
from ui.models.depots import KINDS
from ui.theme import tokens
from ui.theme.tokens import Tone, Type
from ui.widgets.buttons import button
from ui.widgets.drafts import keep_typed
from ui.widgets.labelled import Labelled
from ui.widgets.surfaces import column, row
from ui.widgets.text import label, retone

if TYPE_CHECKING:
    from PySide6.QtWidgets import QPushButton, QVBoxLayout

    from ui.desk import Desk

#: By kind: what the address is called with an example, and what the user and the password are.
_WORDS = {
    "webdav": (N_("Address"), "https://dav.example/mingcha", N_("User"), N_("Password")),
    "sftp": (N_("Host and folder"), "sftp.example/srv/mingcha", N_("User"), N_("Password")),
    "s3": (N_("Bucket and folder"), "mingcha/team1", N_("Key id"), N_("Secret key")),
}
_WIDE = 520


class ServerDialog(QDialog):
    """Stays open until the server let this computer in, or the person changes their mind."""

    #: The server let us in; how it is entered is kept: `Place`.
    entered = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        tr = desk.tr
        self._desk = desk
        self._kind, self._host_key = SERVERS[0], ""
        self.setWindowTitle(tr("Add a server"))
        self.setFixedWidth(round(_WIDE * desk.look.scale))
        self.chips: dict[str, QPushButton] = {}
        self.place, self.endpoint = QLineEdit(), QLineEdit()
        self.endpoint.setPlaceholderText("https://s3.example")
        self.user, self.password, self.key_file = QLineEdit(), QLineEdit(), QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.said = label("", wrap=True, selectable=True)
        self.try_it = button(desk.look, tr("Try it and keep it"), self.attempt, kind="primary")
        self.try_it.setDefault(True)
        self._cancel = button(desk.look, tr("Cancel"), self.reject)
        self.setLayout(self._parts())
        self.place.textChanged.connect(self._changed)
        self._choose(self._kind)
        keep_typed(desk, self)
        self.finished.connect(self.deleteLater)

    def _parts(self) -> QVBoxLayout:
        tr, look = self._desk.tr, self._desk.look
        group = QButtonGroup(self)
        for kind in SERVERS:
            chip = button(look, tr(KINDS[kind]), partial(self._choose, kind), kind="chip")
            group.addButton(chip)
            self.chips[kind] = chip
        file = button(look, tr("Choose …"), self._choose_file, name=tr("Choose the key file"))
        beside = row(self.key_file, file, stretch=0)
        self._fields = {
            "place": Labelled(tr("Address"), self.place),
            "endpoint": Labelled(tr("Address of the service"), self.endpoint),
            "user": Labelled(tr("User"), self.user),
            "password": Labelled(tr("Password"), self.password),
            "key_file": Labelled(tr("Private SSH key, where there is one"), self.key_file,
                                 beside=beside),
        }  # fmt: skip
        explained = tr(
            "The server is tried now. The password stays in this workspace's folder “keys”, in no "
            "backup and in no depot."
        )
        return column(
            label(tr("Add a server"), Type.SECTION),
            row(*self.chips.values(), None),
            *self._fields.values(),
            label(explained, Type.CAPTION, wrap=True),
            self.said,
            row(None, self._cancel, self.try_it),
            spacing=tokens.M,
            margins=tokens.XL,
        )

    def _choose(self, kind: str) -> None:
        """Show the fields of a kind of server."""
        tr = self._desk.tr
        self._kind = kind
        self.chips[kind].setChecked(True)
        place, example, user, password = _WORDS[kind]
        self.place.setPlaceholderText(example)
        for name, words in (("place", place), ("user", user), ("password", password)):
            self._fields[name].rename(tr(words))
        self._fields["endpoint"].setVisible(kind == "s3")
        self._fields["key_file"].setVisible(kind == "sftp")
        self._changed()
        self.place.setFocus()
        self._fit()

    def _choose_file(self) -> None:
        title = self._desk.tr("Choose the key file")
        found = chosen_file(self, title, Path.home() / ".ssh", f"{title} (*)")
        if found is not None:
            self.key_file.setText(str(found))

    def _changed(self) -> None:
        self._host_key = ""
        self._say("")
        self.try_it.setText(self._desk.tr("Try it and keep it"))
        self.try_it.setEnabled(bool(self.place.text().strip()))

    # -- trying ------------------------------------------------------------------------------------

    def attempt(self) -> None:
        """Let the server be entered, apart from the windows; keep it if it lets us in."""
        root = self._desk.root
        if root is None or not self.try_it.isEnabled():
            return
        try:
            address = server_address(self._kind, self.place.text(), self.endpoint.text())
        except MingchaError as error:
            self._refused(error)
            return
        access = {"user": self.user.text().strip(), "password": self.password.text()}
        if self._kind == "sftp":
            access |= {"key_file": self.key_file.text().strip(), "host_key": self._host_key}
        self.try_it.setEnabled(False)
        self._say(self._desk.tr("The server is being tried …"))
        self._desk.papers.run(
            self,
            lambda _progress: enter(Workspace(root), address, **access),
            self._let_in,
            failed=self._refused,
        )

    def _let_in(self, place: Place) -> None:
        self.accept()
        self.entered.emit(place)

    def _refused(self, error: Exception) -> None:
        self.try_it.setEnabled(True)
        self._say("")
        if not self._desk.foresaw(error):
            return
        self._say(error.text(self._desk.tr), Tone.DANGER)
        if error.code == "depot_host_unknown":
            # Whoever presses again has compared it: the sentence says with whom.
            self._host_key = str(error.fields["fingerprint"])
            self._say(error.text(self._desk.tr), Tone.WARN)
            self.try_it.setText(self._desk.tr("It is the same: go on"))

    def _say(self, text: str, tone: Tone | None = None) -> None:
        self.said.setText(text)
        self.said.setVisible(bool(text))
        retone(self.said, tone)
        self._fit()

    def _fit(self) -> None:
        """Take the height of what is shown: fields come and go, sentences are long or short."""
        layout = self.layout()
        assert layout is not None
        layout.activate()
        self.setFixedHeight(layout.totalHeightForWidth(self.width()))
