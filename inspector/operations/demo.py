"""The demonstration: the main job from an empty folder to a sealed visit and its dossier.

It calls the operations that people's own actions call, in the order in which they happen; what it
tells stands in `demo_script`, `demo_findings`, `demo_answers` and `demo_photos`.
"""

from __future__ import annotations

import itertools
import tempfile
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING

from inspector.base.clock import Clock, SystemClock, to_datetime
from inspector.base.errors import MingchaError
from inspector.base.i18n import N_
from inspector.base.ids import Entropy, system_entropy
from inspector.base.paths import Workspace
from inspector.base.progress import SILENT, Progress
from inspector.operations import demo_photos, demo_visit
from inspector.operations.demo_script import CHEN, LIN, OFFICE, ZHOU
from inspector.operations.demo_stage import ZONE, Stage
from inspector.operations.dossiers import confirmation_sheet, export_dossier, pocket_sheet
from inspector.operations.records import load_record
from inspector.operations.sealing import seal
from inspector.operations.upkeep import check
from inspector.operations.workspaces import create_workspace
from inspector.report.dossier import DossierOptions

if TYPE_CHECKING:
    from collections.abc import Iterable

    from inspector.base.i18n import Lang
    from inspector.domain.record import VisitRecord
    from inspector.operations.evidence import AddedFile
    from inspector.operations.upkeep import CheckReport
    from inspector.report.build import PaperResult

#: The folder in the workspace that the papers of the demonstration go to.
EXPORTS = "exports"


@dataclass(frozen=True, slots=True)
class DemoResult:
    """What the demonstration made and where.

    visit: its id; number: its official number; dossier: the PDF, with `paper` about it; sheets:
    the papers made on the way; files: what became of each file that was taken in; counts: how
    many of each thing the visit holds, by name.
    """

    workspace: Path
    visit: str
    number: str
    hall: str
    windows: int
    dossier: Path
    paper: PaperResult
    sheets: tuple[Path, ...]
    files: tuple[AddedFile, ...]
    counts: dict[str, int]
    check: CheckReport


def run_demo(
    root: Path,
    photos: Path | None = None,
    lang: Lang = "zh",
    progress: Progress = SILENT,
    clock: Clock | None = None,
    entropy: Entropy = system_entropy,
) -> DemoResult:
    """Carry one visit through all its phases in a new workspace, seal, export and check it.

    The workspace is made in `root`, or beside it under the next free name. `photos`: a folder to
    use; without it photographs are drawn. Raises MingchaError (`file_missing` for that folder, a
    root not fit for a workspace, `no_chinese_font`, `disk_full`) and Cancelled.
    """
    _require_folder(photos)
    clock = clock or SystemClock()
    root = free_root(root)
    with create_workspace(root, clock, entropy) as session:
        (root / EXPORTS).mkdir(exist_ok=True)
        session.store.set_local("office", OFFICE[0 if lang == "zh" else 1])
        stage = demo_visit.prepare(session, day_of_visit(clock), lang)
        sheets, files = _visit(stage, photos, progress)
        seal(session, stage.visit, progress)
        record = load_record(session, stage.visit)
        dossier = root / EXPORTS / f"dossier-{record.visit.official_number}-{lang}.pdf"
        options = DossierOptions(lang=lang, office=stage.say(OFFICE))
        paper = export_dossier(session, stage.visit, dossier, options, progress)
        return DemoResult(
            workspace=root,
            visit=stage.visit,
            number=record.visit.official_number,
            hall=record.hall.name,
            windows=len(record.windows),
            dossier=dossier,
            paper=paper,
            sheets=sheets,
            files=files,
            counts=_counts(record, files),
            check=check(session, progress),
        )


def _require_folder(photos: Path | None) -> None:
    if photos is not None and not photos.is_dir():
        raise MingchaError("file_missing", name=photos.name)


def _visit(
    stage: Stage, photos: Path | None, progress: Progress
) -> tuple[tuple[Path, ...], tuple[AddedFile, ...]]:
    """Carry the visit to the point where it can be sealed; return its papers and files."""
    exports = stage.session.store.workspace.root / EXPORTS
    sheets = tuple(
        exports / f"{name}-{stage.lang}.pdf" for name in ("pocket-sheet", "confirmation-sheet")
    )
    pocket_sheet(stage.session, stage.hall, sheets[0], stage.lang)
    demo_visit.observe(stage)
    files = _photographs(stage, photos, progress)
    problems = demo_visit.find(stage)
    chosen = tuple(problems.values())
    confirmation_sheet(stage.session, stage.visit, chosen, sheets[1], stage.lang)
    demo_visit.give_back(stage, problems)
    demo_visit.place_photographs(stage, problems, files)
    return sheets, tuple(files)


def free_root(root: Path) -> Path:
    """Return `root`, or the first of `root-2`, `root-3` … that holds no workspace yet."""
    root = root.resolve()
    for name in itertools.chain([root.name], (f"{root.name}-{n}" for n in itertools.count(2))):
        folder = root.with_name(name)
        workspace = Workspace(folder)
        if not (workspace.database.exists() or workspace.restored.exists()):
            return folder
    raise AssertionError("unreachable: the names never end")


def day_of_visit(clock: Clock) -> datetime:
    """Return midnight, at the place, of the last Monday to Friday before the clock's today."""
    day: date = to_datetime(clock.read().ms, ZONE).date() - timedelta(days=1)
    while day.isoweekday() > 5:
        day -= timedelta(days=1)
    zone = timezone(timedelta(minutes=ZONE))
    return datetime(day.year, day.month, day.day, tzinfo=zone)


def _photographs(stage: Stage, photos: Path | None, progress: Progress) -> list[AddedFile]:
    """Draw what is needed, take everything in, and correct the slow camera by its clock card."""
    drawn = {shot.name for shot in demo_photos.SHOTS} if photos is None else demo_photos.PAPERS
    names = set(drawn)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        progress.start(N_("Drawing photographs"), len(names))
        demo_photos.draw_into(folder, stage.midnight, stage.lang, names, progress)
        files: list[AddedFile] = []
        for who in (LIN, ZHOU, CHEN):
            if (folder / who).is_dir():
                files += demo_visit.take_in(stage, folder / who, who, progress)
    if photos is not None:
        files += demo_visit.take_in(stage, photos, LIN, progress)
    else:
        demo_visit.correct_clock(stage)
    return files


def _counts(record: VisitRecord, files: Iterable[AddedFile]) -> dict[str, int]:
    parts = ("answers", "rounds", "sightings", "waits", "findings", "evidence", "statements")
    counts = {part: len(getattr(record, part)) for part in parts}
    return counts | dict(Counter(each.taken.status for each in files))
