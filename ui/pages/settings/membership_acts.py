"""What is done about an organisation in the settings: asked for, worked on apart, kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector.base.clock import SystemClock
from ui.choosing import chosen_folder, new_file
from ui.messages import asked_text
from ui.opening import operation
from ui.pages.settings.acting import ADMISSION, INVITATION, REQUEST, Acts, documents, own_secret
from ui.pages.settings.membership_asking import asked_name, asked_roles, same_digits
from ui.pages.settings.passphrases import asked_passphrase

if TYPE_CHECKING:
    from pathlib import Path

    from inspector.domain.vocabulary import Role
    from inspector.operations.admitting import Applicant
    from inspector.operations.joining import Offer
    from inspector.operations.keys import SealedSecret
    from inspector.operations.organisation import Member
    from inspector.operations.session import Session
    from ui.desk import Desk
    from ui.pages.settings.membership_asking import Named


class MembershipActs(Acts):
    """Each method is a button."""

    # -- joining -----------------------------------------------------------------------------------

    def take_up(self) -> None:
        """Take up an invitation: compare the digits, then write the request."""
        path = self.opened_file(self._desk.tr("Open an invitation"), INVITATION)
        if path is not None:
            self.take_up_file(path)

    def take_up_file(self, path: Path) -> None:
        """Take up the invitation in a file."""
        self._desk.read(
            self,
            lambda session: operation("joining").read_invitation(session, path)[1],
            lambda offer: self._compare(path, offer),
            self.refused.emit,
        )

    def _compare(self, path: Path, offer: Offer) -> None:
        tr = self._desk.tr
        text = tr(
            "Call the office, not at a number that came with the file, and have it read out the "
            "fingerprint of its organisation. Only if it is the same the invitation is genuine."
        )
        if same_digits(self._desk, self._parent, offer.name, offer.fingerprint, text):
            self.ask(path)

    def ask(self, invitation: Path | None = None) -> None:
        """Write the request of this computer, after taking up an invitation if there is one."""
        tr = self._desk.tr
        name = tr("Request")
        target = self.written_file(tr("Save the request"), f"{name}.{REQUEST}")
        if target is None:
            return

        def work(session: Session) -> str:
            if invitation is not None:
                operation("joining").take_up(session, invitation)
            fingerprint: str = operation("joining").ask(session, target).fingerprint
            return fingerprint

        def told(fingerprint: str) -> None:
            words = tr(
                "The request is written to {path}. Send it to the office and read out the "
                "fingerprint of this computer: {fingerprint}",
                path=target,
                fingerprint=fingerprint,
            )
            self.tell_file(words, target)

        self._desk.act(self, work, told, self.refused.emit)

    def accept(self) -> None:
        """Open the admission that came back."""
        path = self.opened_file(self._desk.tr("Open an admission"), ADMISSION)
        if path is not None:
            self.accept_file(path)

    def accept_file(self, path: Path) -> None:
        """Open the admission in a file."""
        tr = self._desk.tr
        self._desk.act(
            self,
            lambda session: operation("joining").accept(session, path),
            lambda joined: self.done.emit(
                tr("This computer belongs to {name} now.", name=joined.name)
            ),
            self.refused.emit,
        )

    # -- the office --------------------------------------------------------------------------------

    def invite(self) -> None:
        """Write an invitation."""
        tr = self._desk.tr
        name = tr("Invitation")
        target = self.written_file(tr("Save the invitation"), f"{name}.{INVITATION}")
        if target is None:
            return
        self.signed(
            lambda session, signer: operation("admitting").invite(session, signer, target),
            lambda done: self.tell_file(
                tr(
                    "The invitation is written to {path}. Read this out to whoever takes it up: "
                    "{fingerprint}",
                    path=target,
                    fingerprint=done.fingerprint,
                ),
                target,
            ),
        )

    def admit(self) -> None:
        """Let a computer in whose request was brought."""
        path = self.opened_file(self._desk.tr("Open a request"), REQUEST)
        if path is not None:
            self.admit_file(path)

    def admit_file(self, path: Path) -> None:
        """Let the computer in whose request is in a file."""
        self._desk.read(
            self,
            lambda session: operation("admitting").read_request(session, path)[1],
            lambda who: self._let_in(path, who),
            self.refused.emit,
        )

    def _let_in(self, path: Path, who: Applicant) -> None:
        tr = self._desk.tr
        text = tr(
            "Call {name} and have the fingerprint of that computer read out. Only if it is the "
            "same the request is genuine.",
            name=who.name,
        )
        if not same_digits(self._desk, self._parent, who.name, who.fingerprint, text):
            return
        roles: tuple[Role, ...] | None = ()
        if not who.goes_on:
            roles = asked_roles(self._desk, self._parent, who.name, tr("Admit"))
        if roles is None:
            return
        chosen = roles
        target = self.written_file(tr("Save the admission"), f"{who.name}.{ADMISSION}")
        if target is None:
            return
        self.signed(
            lambda session, signer: operation("admitting").admit(
                session, signer, path, target, chosen
            ),
            lambda done: self.tell_file(
                tr(
                    "{name} is a member now. The admission is written to {path}: send it back.",
                    name=done.name,
                    path=target,
                ),
                target,
            ),
        )

    def roles(self, member: Member) -> None:
        """Give a member other roles."""
        tr = self._desk.tr
        chosen = asked_roles(
            self._desk, self._parent, member.name, tr("Change the roles"), member.roles
        )
        if chosen is None:
            return
        self.signed(
            lambda session, signer: operation("admitting").change_roles(
                session, signer, member.log, chosen
            ),
            lambda _after: self.done.emit(tr("The roles of {name} are changed.", name=member.name)),
        )

    def revoke(self, member: Member) -> None:
        """End a membership, with the reason."""
        tr = self._desk.tr
        text = tr(
            "That computer gets no more keys. What it could read before it can still read, and "
            "this cannot be taken back. What it records from now on waits for you. Why?"
        )
        title = tr("End the membership of {name}", name=member.name)
        reason = asked_text(
            self._desk, self._parent, title, text, tr("End the membership"), about=member.log
        )
        if reason:
            self.signed(
                lambda session, signer: operation("admitting").revoke(
                    session, signer, member.log, reason
                ),
                lambda done: self.done.emit(
                    tr("The membership of {name} has ended after entry {n}.", name=done.name,
                       n=done.n)
                ),
            )  # fmt: skip

    # -- making ------------------------------------------------------------------------------------

    def make(self) -> None:
        """Make an organisation on this computer."""
        named = asked_name(self._desk, self._parent)
        if named is not None:
            self._desk.read(
                self,
                lambda session: _foundable(session, named.name),
                lambda secret: self._make(named, secret),
                self.refused.emit,
            )

    def _make(self, named: Named, secret: SealedSecret) -> None:
        tr = self._desk.tr
        text = tr("Your own key signs what you state as administrator.")
        title = tr("Passphrase of {name}:", name=secret.name)
        own = asked_text(self._desk, self._parent, title, text, tr("Go on"), hidden=True)
        if own is None:
            return
        text = tr("The root key is sealed by another passphrase, and nobody can restore it.")
        root = asked_passphrase(self._desk, self._parent, tr("Root key"), text, tr("Go on"))
        if root is None:
            return
        start = documents() / f"{tr('Root key')}.key"
        file = new_file(self._parent, tr("Save the root key"), start, "(*.key)")
        folder = file and chosen_folder(
            self._parent, tr("Folder for the two recovery sheets"), documents()
        )
        if file is None or folder is None:
            return
        self.busy.emit(tr("The key is being worked on …"))
        found = _Founding(self._desk, named, secret, own, root.passphrase, file, folder)

        def prepared(_none: None) -> None:
            self._desk.act(self, found.keep, self._made, self.refused.emit)

        self._desk.papers.run(
            self, lambda _progress: found.apart(), prepared, failed=self.refused.emit
        )

    def _made(self, found: _Founding) -> None:
        self.done.emit(
            self._desk.tr(
                "The organisation is made. Print the two sheets in {folder}, delete the files, and "
                "lock the sheets and the root key away in three different places.",
                folder=found.folder,
            )
        )


class _Founding:
    """An organisation in the making: keys and papers apart from the store, then the store."""

    def __init__(
        self, desk: Desk, named: Named, secret: SealedSecret, own: str, root: str, file: Path,
        folder: Path,
    ) -> None:  # fmt: skip
        self.folder = folder
        self._lang = desk.lang
        self._named, self._secret, self._own, self._root = named, secret, own, root
        self._file = file
        self._made: object = None
        self._signer: object = None

    def apart(self) -> None:
        """Open the founder's key, make the root key, write the papers."""
        founding = operation("founding")
        self._signer = operation("keys").unlock(self._secret, self._own)
        self._made = founding.make_root(self._root)
        sheets = [self.folder / f"recovery-{n}.pdf" for n in range(1, founding.SHEETS + 1)]
        founding.write_papers(
            self._made, self._named.name, self._file, sheets, self._lang, SystemClock().read()
        )

    def keep(self, session: Session) -> _Founding:
        """Make the organisation in the workspace."""
        operation("founding").found(
            session, self._made, self._signer, self._named.name, self._named.space
        )
        return self


def _foundable(session: Session, name: str) -> SealedSecret:
    operation("founding").require_foundable(session, name)
    return own_secret(session)
