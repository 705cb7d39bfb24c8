"""An open workspace of an organisation, a stick to exchange over, and a colleague's laptop."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from inspector.domain.vocabulary import Role
from inspector.operations.admitting import revoke
from inspector.operations.depot_places import Place, look, note, set_up
from inspector.operations.founding import found
from inspector.operations.keys import keep_key
from inspector.operations.people import add_person
from inspector.operations.syncing import SyncReport, limits, sync
from inspector.operations.workspaces import open_workspace
from inspector.sync.depots.folder import FolderDepot
from tests.support.fixed import CountingEntropy, FixedClock
from tests.support.organisation import Office, join, laptop, quick_key, quick_root, signer_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from inspector.operations.session import Session

COLLEAGUE = "孙敏"
STICK = "督查组 U 盘"


@dataclass
class Exchanging:
    """Where the stick and the colleague's workspace are; the id of the depot on the stick."""

    stick: Path
    colleague: Path
    depot: str
    office: Office

    @contextmanager
    def elsewhere(self) -> Iterator[Session]:
        """Open the colleague's workspace."""
        with open_workspace(self.colleague, FixedClock(), CountingEntropy("elsewhere")) as session:
            yield session

    def colleague_visits(self) -> SyncReport:
        """Let the colleague put the stick into the other laptop and sync."""
        with self.elsewhere() as session:
            return sync(session, FolderDepot(self.stick, CountingEntropy("their stick")))


def begin(session: Session, folder: Path, *, known: bool = True) -> Exchanging:
    """Make an organisation here with a colleague in it, and a depot on a stick.

    known: the stick was added here already. What is open joins as the office machine.
    """
    store = session.store
    keep_key(session, store.user, quick_key(store.entropy), "x")
    own, root = signer_of(session), quick_root(store.entropy)
    found(session, root, own, "市政府督查室", "2026 暗访")
    office = Office(session, own, root, folder / "root.key", folder)
    with laptop(folder / "colleague", COLLEAGUE) as other:
        join(office, other, Role.REPORTER, Role.REVIEWER, name="colleague")
    stick = folder / "stick"
    stick.mkdir()
    place = set_up(store.workspace, look(store.workspace, str(stick)), CountingEntropy("stick"))
    if known:
        note(session, place, STICK)
    return Exchanging(stick, folder / "colleague", place.depot, office)


def visit(session: Session, at: Exchanging, *, files: bool = True) -> SyncReport:
    """Visit the stick from here."""
    depot = FolderDepot(at.stick, CountingEntropy("our stick"))
    return sync(session, depot, expected=at.depot, limits=limits(files=files))


def further(session: Session, at: Exchanging, name: str, text: str) -> Place:
    """Add another depot in a folder of its own."""
    folder = at.stick.parent / name
    folder.mkdir()
    made = set_up(
        session.store.workspace, look(session.store.workspace, str(folder)), CountingEntropy(name)
    )
    note(session, made, text)
    return made


def aside(session: Session, at: Exchanging) -> None:
    """Let the colleague's membership end; what is recorded there afterwards is put aside here.

    One object of theirs is damaged besides.
    """
    at.colleague_visits()
    visit(session, at, files=False)
    revoke(session, at.office.signer, COLLEAGUE, "电脑遗失")
    with at.elsewhere() as other:
        add_person(other, "后来的人")
        sync(other, FolderDepot(at.stick, CountingEntropy("their stick")))
        add_person(other, "更后来的人")
        sync(other, FolderDepot(at.stick, CountingEntropy("their stick")))
        chain = other.store.chain
    theirs = sorted(
        (at.stick / "sp").glob(f"*/s/{chain}/*"), key=lambda each: each.stat().st_mtime_ns
    )
    theirs[-1].write_bytes(b"x" + theirs[-1].read_bytes()[1:])
    visit(session, at, files=False)
