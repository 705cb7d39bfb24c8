"""What acts on an organisation have in common: files, passphrases, keys opened apart."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, QStandardPaths, Signal

from ui.choosing import chosen_file, new_file
from ui.messages import asked_text
from ui.opening import operation

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from inspector.operations.founding import Root
    from inspector.operations.keys import SealedSecret, Signer
    from inspector.operations.session import Session
    from ui.desk import Desk

T = TypeVar("T")
INVITATION, REQUEST, ADMISSION = "mcinvite", "mcrequest", "mcadmit"


class Acts(QObject):
    """`done` tells a sentence; `refused` an error nobody expected here; `busy` what takes long."""

    done = Signal(str)
    refused = Signal(object)
    busy = Signal(str)
    #: A file was written that is to go to somebody: its path.
    wrote = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._parent = desk, parent

    def tell_file(self, text: str, path: Path) -> None:
        """Tell a sentence about a file that was written."""
        self.done.emit(text)
        self.wrote.emit(path)

    def opened_file(self, title: str, *kinds: str) -> Path | None:
        """Ask for a file that exists."""
        names = " ".join(f"*.{kind}" for kind in kinds)
        return chosen_file(self._parent, title, documents(), f"{title} ({names})")

    def written_file(self, title: str, name: str) -> Path | None:
        """Ask where a file is to be written."""
        start = documents() / name
        return new_file(self._parent, title, start, f"{title} (*{start.suffix})", replaces=True)

    def signed(self, work: Callable[[Session, Signer], T], then: Callable[[T], None]) -> None:
        """Ask for the passphrase, open the key apart from windows and store, then do `work`."""

        def opened(signer: Signer) -> None:
            self._desk.act(self, lambda session: work(session, signer), then, self.refused.emit)

        def asked(secret: SealedSecret) -> None:
            typed = self.own_passphrase(secret)
            if typed is not None:
                self.apart(lambda: operation("keys").unlock(secret, typed), opened)

        self._desk.read(self, own_secret, asked, self.refused.emit)

    def own_passphrase(self, secret: SealedSecret) -> str | None:
        """Ask who types here for the passphrase of their key; None if they changed their mind."""
        tr = self._desk.tr
        return asked_text(
            *(self._desk, self._parent, tr("Passphrase of {name}:", name=secret.name)),
            tr("What administrators state is signed with their own key."),
            tr("Sign"),
            hidden=True,
        )

    def asked_root(self) -> tuple[Path, str] | None:
        """Ask for the file of the root key and its passphrase."""
        tr = self._desk.tr
        path = self.opened_file(tr("Open the root key"), "key")
        if path is None:
            return None
        typed = asked_text(
            *(self._desk, self._parent, tr("Passphrase of the root key:")),
            tr("Only the root key appoints administrators. Take its stick out again afterwards."),
            tr("Sign"),
            hidden=True,
        )
        return None if typed is None else (path, typed)

    def rooted(self, work: Callable[[Session, Root, Path], T], then: Callable[[T], None]) -> None:
        """Ask for the root key, open it apart from windows and store, then do `work`."""
        asked = self.asked_root()
        if asked is None:
            return
        path, typed = asked

        def opened(root: Root) -> None:
            self._desk.act(self, lambda session: work(session, root, path), then, self.refused.emit)

        self.apart(lambda: operation("founding").open_root(path, typed), opened)

    def apart(self, work: Callable[[], T], then: Callable[[T], None]) -> None:
        """Work on keys apart from windows and store, which takes long on purpose."""
        self.busy.emit(self._desk.tr("The key is being worked on …"))
        self._desk.papers.run(self, lambda _progress: work(), then, failed=self.refused.emit)


def own_secret(session: Session) -> SealedSecret:
    """Return the sealed key of who types here. Raises MingchaError as `keys.secret_of`."""
    person = operation("organisation").require_user(session)
    found: SealedSecret = operation("keys").secret_of(session, person.id)
    return found


def documents() -> Path:
    """Return where people begin to look for a file."""
    places = QStandardPaths.StandardLocation
    return Path(QStandardPaths.writableLocation(places.DocumentsLocation))
