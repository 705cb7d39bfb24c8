"""The first start: where the workspace may live, who types in it, and what was opened before."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

from inspector.base.clock import Clock, SystemClock
from inspector.base.errors import MingchaError
from inspector.base.ids import Entropy, system_entropy
from inspector.base.paths import Workspace
from inspector.domain.entities import Person
from inspector.domain.limits import NAME_LIMIT, clean
from inspector.operations.people import add_person, use_person
from inspector.operations.pins import require_form, set_pin
from inspector.operations.recording import fit
from inspector.operations.workspaces import create_workspace
from inspector.storage.volume import require_local

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from inspector.operations.session import Session


@dataclass(frozen=True, slots=True)
class Beginner:
    """Who starts a workspace: the person, the office for its papers, and a PIN if one is wanted."""

    name: str = ""
    office: str = ""
    pin: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """A workspace that was opened before, and whether it can be found at the moment."""

    root: Path
    there: bool


def require_place(root: Path) -> int:
    """Return the free bytes where a new workspace in `root` would lie.

    Raises MingchaError `workspace_exists`, or why the folder is not fit (see `storage.volume`).
    """
    require_local(root)
    if _holds_workspace(root):
        raise MingchaError("workspace_exists", path=root)
    existing = next(each for each in (root.absolute(), *root.absolute().parents) if each.exists())
    return shutil.disk_usage(existing).free


def begin(
    root: Path,
    who: Beginner,
    clock: Clock | None = None,
    entropy: Entropy = system_entropy,
) -> Session:
    """Make a workspace, introduce who types in it, and open it.

    Raises MingchaError `name_missing`, `text_too_long` and `pin_form` before anything is made, and
    as `create_workspace`.
    """
    if not who.name.strip():
        raise MingchaError("name_missing")
    fit(Person(id="", name=who.name))
    _office(who.office)
    if who.pin:
        require_form(who.pin)
    session = create_workspace(root, clock or SystemClock(), entropy)
    try:
        introduce(session, who)
    except BaseException:
        session.close()
        raise
    return session


def introduce(session: Session, who: Beginner) -> Person | None:
    """Write down the office and who is typing on this computer from now on, as far as given."""
    if who.office.strip():
        keep_office(session, who.office)
    if not who.name.strip():
        return None
    person = add_person(session, who.name)
    use_person(session, person.id)
    if who.pin:
        set_pin(session, person.id, who.pin)
    return person


def keep_office(session: Session, office: str) -> None:
    """Write down the office for its papers. Raises MingchaError `text_too_long`."""
    session.store.set_local("office", _office(office))


def _office(office: str) -> str:
    return clean("office", office.strip(), limit=NAME_LIMIT)


def known_workspaces(roots: Iterable[Path]) -> tuple[Known, ...]:
    """Return which of the workspaces can be found now, in the same order."""
    return tuple(Known(root, _holds_workspace(root)) for root in roots)


def _holds_workspace(root: Path) -> bool:
    workspace = Workspace(root)
    return workspace.database.exists() or workspace.restored.exists()
