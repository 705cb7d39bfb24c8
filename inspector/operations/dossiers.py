"""Papers: the dossier, the sheet the unit signs, the pocket sheet. Every export is recorded."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from inspector.base.errors import MingchaError
from inspector.base.progress import SILENT, Progress
from inspector.base.system_reasons import reason_of
from inspector.domain.entities import AuditEntry, Hall
from inspector.domain.record_code import record_code
from inspector.domain.vocabulary import AuditKind
from inspector.operations.leaving import record_leaving, with_reserve
from inspector.operations.places import windows_of
from inspector.operations.recording import get
from inspector.operations.records import load_edition, newer_edition
from inspector.operations.sealing import fix_numbers
from inspector.operations.signing import signers_of
from inspector.operations.upkeep import require_sound
from inspector.operations.visits import is_sealed
from inspector.report.build import PaperResult
from inspector.report.confirmation_sheet import SheetOptions, write_confirmation_sheet
from inspector.report.dossier import DossierOptions, write_dossier
from inspector.report.pocket_sheet import PocketOptions, write_pocket_sheet

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


#: How the sheet for signature is called in the notes of exports.
_SHEET = "confirmation_sheet"


@dataclass(frozen=True, slots=True)
class SessionPhotos:
    """Gives papers the photographs of a session (`report.photos.PhotoSource`)."""

    session: Session

    def jpeg(self, sha256: str, box_width_px: int, box_height_px: int) -> tuple[bytes, int, int]:
        """Return an upright JPEG that fits the box, with its size in pixels."""
        picture = self.session.derived.for_paper(sha256, (box_width_px, box_height_px))
        return picture.jpeg, picture.width, picture.height

    def stands_in(self, sha256: str) -> bool:
        """Tell whether a smaller picture stands in for an original that is not here."""
        return self.session.derived.stand_in(sha256) is not None

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
    MingchaError `record_unsound`, `no_chinese_font`, `export_failed`, `export_not_recorded`.
    """
    require_sound(session, progress)
    result = write_ready(ready_dossier(session, visit, options), target, progress)
    note_export(session, visit, target, result, options.lang)
    return result


def ready_dossier(
    session: Session, visit: str, options: DossierOptions, *, preview: bool = False
) -> ReadyDossier:
    """Gather a dossier. Of an open visit it fixes the numbers, which a `preview` leaves alone."""
    if not preview and not is_sealed(session, visit):
        with_reserve(lambda: fix_numbers(session, visit))
    record = load_edition(session, visit)
    if record.seal:
        record = replace(
            record,
            signers=tuple(signers_of(session, visit)),
            newer_edition=newer_edition(session, visit),
        )
    options = replace(options, made_ms=as_of(session, record), made_zone=record.hall.zone_minutes)
    return ReadyDossier(record, options, SessionPhotos(session))


def as_of(session: Session, record: VisitRecord) -> int:
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


def note_export(
    session: Session, visit: str, target: Path, result: PaperResult, lang: Lang
) -> None:
    """Record that a dossier left the workspace.

    Raises MingchaError `export_not_recorded`; the file is removed again then.
    """
    _audit(session, visit, target, result, "dossier", lang)


@dataclass(frozen=True, slots=True)
class PrintedSheet:
    """A sheet for signature and the record code printed on it (`domain.record_code`)."""

    paper: PaperResult
    code: str


def confirmation_sheet(
    session: Session, visit: str, findings: tuple[str, ...], target: Path, lang: Lang
) -> PrintedSheet:
    """Write the sheet that the unit signs, about the chosen findings.

    What is signed must name the numbers that the dossier will name: an open visit's are fixed. The
    record code is kept with the note of the export.
    """
    if not is_sealed(session, visit):
        with_reserve(lambda: fix_numbers(session, visit))
    record = load_edition(session, visit)
    code = record_code(record, findings)
    options = SheetOptions(
        findings=findings,
        code=code,
        lang=lang,
        made_ms=as_of(session, record),
        made_zone=record.hall.zone_minutes,
    )
    with _writing(target):
        result = write_confirmation_sheet(record, options, target)
    _audit(session, visit, target, result, _SHEET, lang, code=code, findings=list(findings))
    return PrintedSheet(result, code)


def printed_code(session: Session, visit: str, findings: tuple[str, ...]) -> str:
    """Return the record code of the sheet last made about `findings`; "" if there is none."""
    made = session.store.select(AuditEntry, "visit = ? AND kind = ?", visit, AuditKind.EXPORT)
    for entry in reversed(made):
        if entry.detail.get("paper") == _SHEET and entry.detail.get("findings") == list(findings):
            return str(entry.detail.get("code", ""))
    return ""


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
        raise MingchaError("export_failed", path=target, detail=reason_of(error)) from error


def _audit(
    session: Session,
    visit: str,
    target: Path,
    result: PaperResult,
    paper: str,
    lang: Lang,
    **more: object,
) -> None:
    """Record what left the workspace: which paper, its hash, its size; never where to."""
    detail = {"paper": paper, "lang": lang, "pages": result.pages, "bytes": result.bytes, **more}
    try:
        record_leaving(session, visit, AuditKind.EXPORT, result.sha256, detail)
    except MingchaError as error:
        target.unlink(missing_ok=True)
        raise MingchaError("export_not_recorded", path=target, reason=error.code) from error
