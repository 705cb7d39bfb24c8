"""Papers: the dossier, the sheet the unit signs, the pocket sheet. Every export is recorded."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from inspector.base.errors import MingchaError
from inspector.base.progress import SILENT, Progress
from inspector.domain.entities import Hall
from inspector.domain.vocabulary import AuditKind
from inspector.operations.leaving import record_leaving, with_reserve
from inspector.operations.places import windows_of
from inspector.operations.recording import get
from inspector.operations.records import load_edition
from inspector.operations.sealing import fix_numbers
from inspector.operations.upkeep import require_sound
from inspector.operations.visits import is_sealed
from inspector.report.confirmation_sheet import SheetOptions, write_confirmation_sheet
from inspector.report.dossier import DossierOptions, write_dossier
from inspector.report.pocket_sheet import PocketOptions, write_pocket_sheet

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from inspector.base.i18n import Lang
    from inspector.operations.session import Session
    from inspector.report.build import PaperResult


@dataclass(frozen=True, slots=True)
class SessionPhotos:
    """Gives papers the photographs of a session (`report.photos.PhotoSource`)."""

    session: Session

    def jpeg(self, sha256: str, box_width_px: int, box_height_px: int) -> tuple[bytes, int, int]:
        """Return an upright JPEG that fits the box, with its size in pixels."""
        picture = self.session.derived.resampled(sha256, (box_width_px, box_height_px))
        return picture.jpeg, picture.width, picture.height

    def original(self, sha256: str) -> bytes:
        """Return the original file."""
        return self.session.blobs.read(sha256)


def export_dossier(
    session: Session,
    visit: str,
    target: Path,
    options: DossierOptions,
    progress: Progress = SILENT,
) -> PaperResult:
    """Write the dossier of a visit; a supplement gives the next edition of the whole.

    Exporting an open visit fixes the numbers of its findings and prints a draft. Raises
    MingchaError `record_unsound`, `no_chinese_font`, `export_failed`, `export_not_recorded`.
    """
    require_sound(session, progress)
    if not is_sealed(session, visit):
        with_reserve(lambda: fix_numbers(session, visit))
    record = load_edition(session, visit)
    reading = session.store.clock.read()
    options = replace(options, made_ms=reading.ms, made_zone=reading.zone)
    with _writing(target):
        result = write_dossier(record, options, SessionPhotos(session), target, progress)
    _audit(session, visit, target, result, "dossier", options.lang)
    return result


def confirmation_sheet(
    session: Session, visit: str, findings: tuple[str, ...], target: Path, lang: Lang
) -> PaperResult:
    """Write the sheet that the unit signs, about the chosen findings.

    What is signed must name the numbers that the dossier will name: an open visit's are fixed.
    """
    if not is_sealed(session, visit):
        with_reserve(lambda: fix_numbers(session, visit))
    record = load_edition(session, visit)
    reading = session.store.clock.read()
    options = SheetOptions(findings=findings, lang=lang, made_ms=reading.ms, made_zone=reading.zone)
    with _writing(target):
        result = write_confirmation_sheet(record, options, target)
    _audit(session, visit, target, result, "confirmation_sheet", lang)
    return result


def pocket_sheet(session: Session, hall: str, target: Path, lang: Lang) -> PaperResult:
    """Write the neutral sheet for notes by hand, with the windows of a hall."""
    found = get(session, Hall, hall)
    windows = tuple(windows_of(session, found.id))
    with _writing(target):
        return write_pocket_sheet(windows, PocketOptions(lang=lang), target)


@contextmanager
def _writing(target: Path) -> Iterator[None]:
    """Turn failures to write the file into a catalogued error; the record is not touched."""
    try:
        yield
    except OSError as error:
        raise MingchaError("export_failed", path=target, detail=error.strerror) from error


def _audit(
    session: Session, visit: str, target: Path, result: PaperResult, paper: str, lang: Lang
) -> None:
    """Record the export; a paper that cannot be recorded does not leave."""
    detail = {"paper": paper, "lang": lang, "pages": result.pages, "bytes": result.bytes}
    try:
        record_leaving(session, visit, AuditKind.EXPORT, result.sha256, detail)
    except MingchaError as error:
        target.unlink(missing_ok=True)
        raise MingchaError("export_not_recorded", path=target, reason=error.code) from error
