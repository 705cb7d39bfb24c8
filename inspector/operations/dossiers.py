"""Papers: the dossier, the sheet the unit signs, the pocket sheet. Every export is recorded."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from inspector.base.errors import MingchaError
from inspector.base.progress import SILENT, Progress
from inspector.domain.entities import AuditEntry, Hall
from inspector.domain.schema import to_fields
from inspector.domain.vocabulary import AuditKind
from inspector.ledger.operation import AUDIT
from inspector.operations.places import windows_of
from inspector.operations.recording import get
from inspector.operations.records import load_edition
from inspector.operations.sealing import fix_numbers
from inspector.operations.upkeep import require_sound
from inspector.operations.visits import is_sealed
from inspector.report.build import PaperResult
from inspector.report.confirmation_sheet import SheetOptions, write_confirmation_sheet
from inspector.report.dossier import DossierOptions, write_dossier
from inspector.report.pocket_sheet import PocketOptions, write_pocket_sheet
from inspector.storage.store import Edit

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from inspector.base.i18n import Lang
    from inspector.domain.record import VisitRecord
    from inspector.operations.session import Session

__all__ = (
    "DossierOptions",
    "PaperResult",
    "ReadyDossier",
    "confirmation_sheet",
    "export_dossier",
    "note_export",
    "pocket_sheet",
    "ready_dossier",
    "write_ready",
)


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


@dataclass(frozen=True, slots=True)
class ReadyDossier:
    """All that a dossier is made of. It needs the store no more and may be written anywhere."""

    record: VisitRecord
    options: DossierOptions
    photos: SessionPhotos


def export_dossier(
    session: Session,
    visit: str,
    target: Path,
    options: DossierOptions,
    progress: Progress = SILENT,
) -> PaperResult:
    """Write the dossier of a visit; a supplement gives the next edition of the whole.

    Exporting an open visit fixes the numbers of its findings and prints a draft. Raises
    MingchaError `record_unsound`, `no_chinese_font`, `export_failed`.
    """
    require_sound(session, progress)
    result = write_ready(ready_dossier(session, visit, options), target, progress)
    note_export(session, visit, result, options.lang)
    return result


def ready_dossier(
    session: Session, visit: str, options: DossierOptions, *, preview: bool = False
) -> ReadyDossier:
    """Gather a dossier. Of an open visit it fixes the numbers, which a `preview` leaves alone."""
    if not preview and not is_sealed(session, visit):
        fix_numbers(session, visit)
    record = load_edition(session, visit)
    options = replace(options, made_ms=_as_of(session, record), made_zone=record.hall.zone_minutes)
    return ReadyDossier(record, options, SessionPhotos(session))


def _as_of(session: Session, record: VisitRecord) -> int:
    """Return the moment to which a paper tells the record: its seal, or what was saved last.

    Not the time of export, which the audit entry has: the same record gives the same bytes.
    """
    if record.seal:
        return record.seal.entered.ms
    return session.store.log.saved_at(record.visit.id) or 0


def write_ready(ready: ReadyDossier, target: Path, progress: Progress = SILENT) -> PaperResult:
    """Write what was gathered; on any thread. Raises MingchaError `export_failed`, Cancelled."""
    with _writing(target):
        return write_dossier(ready.record, ready.options, ready.photos, target, progress)


def note_export(session: Session, visit: str, result: PaperResult, lang: Lang) -> None:
    """Record that a dossier left the workspace."""
    _audit(session, visit, result, "dossier", lang)


def confirmation_sheet(
    session: Session, visit: str, findings: tuple[str, ...], target: Path, lang: Lang
) -> PaperResult:
    """Write the sheet that the unit signs, about the chosen findings.

    What is signed must name the numbers that the dossier will name: an open visit's are fixed.
    """
    if not is_sealed(session, visit):
        fix_numbers(session, visit)
    record = load_edition(session, visit)
    made_ms, made_zone = _as_of(session, record), record.hall.zone_minutes
    options = SheetOptions(findings=findings, lang=lang, made_ms=made_ms, made_zone=made_zone)
    with _writing(target):
        result = write_confirmation_sheet(record, options, target)
    _audit(session, visit, result, "confirmation_sheet", lang)
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


def _audit(session: Session, visit: str, result: PaperResult, paper: str, lang: Lang) -> None:
    """Record what left the workspace: which paper, its hash, its size; never where to."""
    entry = AuditEntry(
        id=session.store.new_id(),
        visit=visit,
        kind=AuditKind.EXPORT.value,
        sha256=result.sha256,
        detail={"paper": paper, "lang": lang, "pages": result.pages, "bytes": result.bytes},
    )
    edit = Edit("audit_entry", entry.id, to_fields(entry))
    session.store.commit([edit], visit=visit, kind=AUDIT)
