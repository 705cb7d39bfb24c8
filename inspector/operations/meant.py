"""Which of the named files and folders can be evidence: never what a workspace keeps for itself."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from inspector.base.errors import MingchaError
from inspector.base.paths import Workspace
from inspector.media.intake import TakenFile, shown_name
from inspector.media.survey import Survey, survey

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inspector.operations.session import Session


@dataclass(frozen=True, slots=True)
class Meant:
    """The files to take in, with what was passed over; and the refusals of named paths."""

    found: Survey
    refused: tuple[TakenFile, ...]


def meant_files(session: Session, paths: Sequence[Path]) -> Meant:
    """Return which files `paths` mean. They are only looked at, none is opened.

    What lies in this workspace is no evidence: reading the live database from here would drop the
    locks that SQLite holds on it. Neither is what another workspace keeps for itself, its originals
    among it: they belong to the visits of that workspace.
    """
    root = session.store.workspace.root.resolve()
    refused, meant = [], []
    for path in paths:
        real = path.resolve()
        own = real.is_relative_to(root) and not real.is_dir()
        if own or _kept_by_workspace(real):
            name = shown_name(path)
            reason = MingchaError("file_of_workspace" if own else "file_of_store", name=name)
            refused.append(TakenFile(path, name, "refused", reason=reason))
        else:
            meant.append(path)
    found = survey(meant)
    kept = {each for each in found.files if _is_kept(each.resolve(), root)}
    files = tuple(each for each in found.files if each not in kept)
    return Meant(Survey(files, found.skipped), tuple(refused))


def _is_kept(real: Path, root: Path) -> bool:
    return real.is_relative_to(root) or _kept_by_workspace(real)


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
