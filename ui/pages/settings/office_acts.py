"""What the holders of the root key and of a recovery sheet do, and whose a signing key is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.opening import operation
from ui.pages.settings.acting import ADMISSION, Acts, own_secret
from ui.pages.settings.membership_asking import same_digits
from ui.pages.settings.office_asking import (
    asked_dropped,
    asked_one,
    asked_recovery,
    show_statements,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from inspector.domain.entities import Person
    from inspector.operations.founding import Root
    from inspector.operations.keys import SealedSecret, Signer
    from inspector.operations.offices import Candidate, InOffice, Said
    from inspector.operations.recovering import Recovered
    from inspector.operations.session import Session


class OfficeActs(Acts):
    """Each method is a button."""

    # -- the root key ------------------------------------------------------------------------------

    def appoint(self) -> None:
        """Make a member an administrator."""
        self._desk.read(
            self,
            lambda session: operation("offices").can_be_appointed(session),
            self._appoint,
            self.refused.emit,
        )

    def _appoint(self, free: Sequence[Candidate]) -> None:
        tr = self._desk.tr
        if not free:
            self.done.emit(
                tr(
                    "Nobody else can be appointed. An administrator needs a computer of the "
                    "organisation and a signing key that was made before it was admitted."
                )
            )
            return
        at = asked_one(
            *(self._desk, self._parent, tr("Appoint an administrator")),
            tr(
                "An administrator admits computers, ends memberships and begins new keys. Each of "
                "them can do this alone, and only the root key takes the office back."
            ),
            tr("Appoint"),
            [" · ".join(part for part in (each.name, each.post) if part) for each in free],
        )
        if at is None:
            return
        chosen = free[at]
        self.rooted(
            lambda session, root, path: operation("offices").appoint(
                session, root, path, chosen.log
            ),
            lambda done: self.done.emit(tr("{name} is an administrator now.", name=done.name)),
        )

    def stand_down(self, who: InOffice, *, last: bool) -> None:
        """Take the office from an administrator. last: nobody else is in office."""
        self._stated(who, lambda said: self._stand_down(who, said, last=last))

    def _stand_down(self, who: InOffice, said: Sequence[Said], *, last: bool) -> None:
        tr = self._desk.tr
        parts = [
            tr(
                "{name} can admit nobody and end no membership any more. What stays valid counts "
                "as before. Dropping an admission puts that computer out; dropping an ended "
                "membership lets that computer in again. Keys always stay, so that everything "
                "sealed can be read. Exchange with the others first: what is not listed here does "
                "not stay.",
                name=who.name,
            )
        ]
        if last:
            parts.append(
                tr(
                    "Nobody else is in office: until the root key appoints somebody, no computer "
                    "can be admitted and no membership ended."
                )
            )
        title = tr("Stand {name} down", name=who.name)
        verb = tr("Stand down") if who.present else tr("Drop")
        dropped = asked_dropped(*(self._desk, self._parent, title, "\n\n".join(parts), verb, said))
        if dropped is None:
            return
        self.rooted(
            lambda session, root, path: operation("offices").stand_down(
                session, root, path, who.key, None if dropped.all else dropped.ids
            ),
            lambda done: self.done.emit(tr("{name} is no administrator any more.", name=done.name)),
        )

    def statements(self, who: InOffice) -> None:
        """Show what an administrator stated."""
        tr = self._desk.tr
        title = tr("What {name} stated", name=who.name)
        text = tr("This counts for everybody in the organisation, whoever brings it.")
        self._stated(who, lambda said: show_statements(self._desk, self._parent, title, text, said))

    def _stated(self, who: InOffice, then: Callable[[Sequence[Said]], None]) -> None:
        self._desk.read(
            self,
            lambda session: operation("offices").stated_by(session, who.key),
            then,
            self.refused.emit,
        )

    # -- keys of people ----------------------------------------------------------------------------

    def vouch(self) -> None:
        """State that a signing key is the own of somebody who signs on the computer of another."""
        self._desk.read(
            self,
            lambda session: operation("person_keys").unvouched(session),
            self._vouch,
            self.refused.emit,
        )

    def _vouch(self, found: Sequence[tuple[Person, str]]) -> None:
        tr = self._desk.tr
        if not found:
            self.done.emit(
                tr(
                    "Every signing key that is known here counts already. One that was made on "
                    "another computer comes with the next exchange."
                )
            )
            return
        at = asked_one(
            *(self._desk, self._parent, tr("Vouch for a signing key")),
            tr(
                "For people who sign on the computer of another member. Their signatures count "
                "for nobody until the office has vouched for the key, and cannot be disowned then."
            ),
            tr("Compare the fingerprint …"),
            [f"{person.name} · {digits}" for person, digits in found],
        )
        if at is None:
            return
        person, digits = found[at]
        text = tr(
            "Let {name} show the fingerprint where the key was made: Settings, Members, “Key for "
            "signing seals”. Only if it is the same the key is {name}'s.",
            name=person.name,
        )
        if not same_digits(self._desk, self._parent, person.name, digits, text):
            return
        self.signed(
            lambda session, signer: operation("person_keys").vouch(
                session, signer, person.id, digits
            ),
            lambda _key: self.done.emit(
                tr("This key is {name}'s own from now on.", name=person.name)
            ),
        )

    # -- the recovery sheet ------------------------------------------------------------------------

    def recover(self, *, belongs: bool) -> None:
        """Open the organisation's keys with a recovery sheet, and take the office if wanted."""
        asked = asked_recovery(self._desk, self._parent, belongs=belongs)
        if asked is None:
            return
        rows = asked.rows
        if asked.office:
            self._desk.read(
                self,
                lambda session: (_recovery_key(rows), own_secret(session)),
                lambda found: self._with_root(*found, belongs=belongs),
                self.refused.emit,
            )
        else:
            self._desk.act(
                self,
                lambda session: operation("recovering").take_back(session, _recovery_key(rows)),
                self._recovered,
                self.refused.emit,
            )

    def _with_root(self, key: str, secret: SealedSecret, *, belongs: bool) -> None:
        tr = self._desk.tr
        own = self.own_passphrase(secret)
        root = None if own is None else self.asked_root()
        if own is None or root is None:
            return
        source = None
        if not belongs:
            # The statements and wrapped keys that an empty workspace lacks.
            source = self.opened_file(tr("Open the admission of any member"), ADMISSION)
            if source is None:
                return
        path, typed = root

        def opened() -> tuple[Root, Signer]:
            return (
                operation("founding").open_root(path, typed),
                operation("keys").unlock(secret, own),
            )

        self.apart(opened, lambda keys: self._take_back(key, path, source, keys))

    def _take_back(
        self, key: str, path: Path, source: Path | None, keys: tuple[Root, Signer]
    ) -> None:
        def work(session: Session) -> tuple[Recovered, int]:
            recovering = operation("recovering")
            by = recovering.RootInHand(keys[0], path, keys[1], source)
            done: tuple[Recovered, int] = recovering.take_back(session, key, by)
            return done

        self._desk.act(self, work, self._recovered, self.refused.emit)

    def _recovered(self, found: tuple[Recovered, int]) -> None:
        done, _wrapped = found
        self.done.emit(
            self._desk.tr(
                "{opened} keys opened; {keys} of {epochs} are here.",
                opened=done.opened,
                keys=done.keys,
                epochs=done.epochs,
            )
        )


def _recovery_key(rows: str) -> str:
    found: str = operation("recovering").read_recovery_key(rows)
    return found
