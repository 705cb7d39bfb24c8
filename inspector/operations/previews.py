"""Looking at a dossier before it is exported: written for the eye only, and removed afterwards."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from inspector.base.paths import Workspace
from inspector.base.progress import SILENT, Progress
from inspector.operations.dossiers import ReadyDossier, ready_dossier, write_ready
from inspector.report.pages import PagePicture, draw_page

if TYPE_CHECKING:
    from inspector.operations.session import Session
    from inspector.report.dossier import DossierOptions

__all__ = ("PagePicture", "Preview", "make_preview", "page_picture", "ready_preview", "remove")


@dataclass(frozen=True, slots=True)
class Preview:
    """A dossier that was written to be looked at."""

    path: Path
    pages: int


def ready_preview(session: Session, visit: str, options: DossierOptions) -> ReadyDossier:
    """Gather a dossier without fixing numbers. Raises MingchaError `not_found`."""
    return ready_dossier(session, visit, options, preview=True)


def make_preview(root: Path, ready: ReadyDossier, progress: Progress = SILENT) -> Preview:
    """Write a preview into the workspace at `root`; on any thread. Raises as `write_ready`."""
    previews = Workspace(root).previews
    previews.mkdir(exist_ok=True)
    folder = Path(tempfile.mkdtemp(dir=previews))
    try:
        path = folder / "dossier.pdf"
        return Preview(path, write_ready(ready, path, progress).pages)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def page_picture(preview: Preview, number: int, width: int, height: int = 0) -> PagePicture:
    """Return a page (from 0) as a picture `width` pixels wide; raises as `report.pages.draw_page`.

    height: the most it may be high, 0 for any height.
    """
    return draw_page(preview.path, number, width, height)


def remove(preview: Preview) -> None:
    """Remove what was only looked at."""
    shutil.rmtree(preview.path.parent, ignore_errors=True)
