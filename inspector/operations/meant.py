"""Which of the named files and folders can be evidence: never what a workspace keeps for itself."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from inspector.base.errors import MingchaError
from inspector.base.i18n import N_
from inspector.base.paths import Workspace
from inspector.base.values import frozen
from inspector.media.intake import TakenFile
from inspector.media.source import shown_name
from inspector.media.survey import Skipped, Survey, survey

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inspector.base.i18n import Translator
    from inspector.media.survey import Why
    from inspector.operations.session import Session


_WHY: dict[Why, str] = {
    "deep": N_("too many folders inside each other"),
    "hidden": N_("hidden, or a file of the system"),
    "link": N_("a link; name its target to take it in"),
    "unreadable": N_("the folder cannot be read"),
    "workspace": N_("a workspace keeps it for itself"),
}


@frozen
class PassedOver:
    """What lies in a named folder and was not taken in: its path, and why."""

    path: Path
    why: Why

    def text(self, tr: Translator) -> str:
        """Return it as a line for people."""
        return tr(
            "passed over  {name}  ({why})", name=shown_name(self.path), why=tr(_WHY[self.why])
        )


@frozen
class Meant:
    """The files to take in, with what was passed over; and the refusals of named paths."""

    found: Survey
    refused: tuple[TakenFile, ...]

    @property
    def passed_over(self) -> tuple[PassedOver, ...]:
        """What was not taken in of folders that were named."""
        return tuple(PassedOver(path, why) for path, why in self.found.skipped)


def meant_files(session: Session, paths: Sequence[Path]) -> Meant:
    """Return which files `paths` mean. They are only looked at, none is opened.

    What lies in this workspace is no evidence: reading the live database from here would drop the
    locks that SQLite holds on it. Neither is what another workspace keeps for itself, its originals
    among it: they belong to the visits of that workspace.
    """
    workspace = session.store.workspace
    refused, meant = [], []
    for path in paths:
        real = path.resolve()
        own = workspace.owns(real) and not real.is_dir()
        if own or _kept_by_workspace(real):
            name = shown_name(path)
            reason = MingchaError("file_of_workspace" if own else "file_of_store", name=name)
            refused.append(TakenFile(path, name, "refused", reason=reason))
        else:
            meant.append(path)
    found = survey(meant)
    kept = {each for each in found.files if is_kept(workspace, each)}
    files = tuple(each for each in found.files if each not in kept)
    skipped = (Skipped(each, "workspace") for each in found.files if each in kept)
    return Meant(Survey(files, (*found.skipped, *skipped)), tuple(refused))


def is_kept(workspace: Workspace, path: Path) -> bool:
    """Say whether a file is what `workspace`, or another one, keeps for itself."""
    return workspace.owns(path) or _kept_by_workspace(path.resolve())


def _kept_by_workspace(real: Path) -> bool:
    """Say whether a file or folder is among what the workspace around it, if any, keeps."""
    inside = real
    for parent in real.parents:
        if inside.name in _KEPT and Workspace(parent).database.is_file():
            return True
        inside = parent
    return False


def _kept_names() -> frozenset[str]:
    own = Workspace(Path())
    folders = (own.media, own.cache, own.previews, own.backups)
    files = (own.database, own.lock, own.restored, own.reserve)
    logs = (own.database.with_name(f"{own.database.name}{end}") for end in ("-wal", "-shm"))
    return frozenset(path.name for path in (*folders, *files, *logs))


#: Names in the folder of a workspace that are its own.
_KEPT = _kept_names()
