"""What opening a workspace needs from below. All of it runs on the worker.

The operations are imported there too: the libraries behind them take longer to load than the
window to appear.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from inspector.base.paths import Workspace, default_workspace

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from types import ModuleType

    from inspector.base.i18n import Lang
    from inspector.base.progress import Progress
    from inspector.operations.session import Session
    from inspector.operations.starting import Known


def operation(name: str) -> ModuleType:
    """Return a module of operations, imported now if it was not before."""
    return importlib.import_module(f"inspector.operations.{name}")


def opened(root: Path) -> Session:
    """Open a workspace; `ui.upkeep` makes the backup of the day once its first page is shown."""
    session: Session = operation("workspaces").open_workspace(root, back_up=False)
    return session


def made(root: Path, name: str, office: str, pin: str) -> Session:
    """Make a workspace and open it."""
    starting = operation("starting")
    session: Session = starting.begin(root, starting.Beginner(name, office, pin))
    return session


def free_bytes(root: Path) -> int:
    """Return the room where a new workspace would lie; raise why it may not lie there."""
    free: int = operation("starting").require_place(root)
    return free


def known(roots: Sequence[Path]) -> tuple[Known, ...]:
    """Return which workspaces can be found now."""
    found: tuple[Known, ...] = operation("starting").known_workspaces(roots)
    return found


def restored(root: Path, progress: Progress, source: Path | None = None) -> Path:
    """Take a backup back, the newest if none is named, and return the workspace's folder."""
    operation("upkeep").restore(root, source, progress=progress)
    return root


def demonstrated(lang: Lang, progress: Progress) -> Path:
    """Carry the demonstration through in a workspace of its own and return its folder."""
    root = default_workspace().with_name("demo")
    done: Path = operation("demo").run_demo(root, lang=lang, progress=progress).workspace
    return done


def usual_workspace() -> Path | None:
    """Return the workspace the command line uses, if there is one."""
    root = default_workspace()
    return root if Workspace(root).database.exists() else None
