"""Many dossiers at once: which visits can be exported, what keeps them drafts, their files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from inspector.base.errors import MingchaError
from inspector.base.progress import SILENT, Progress
from inspector.base.system_reasons import reason_of
from inspector.domain.completeness import Gap, blockers
from inspector.domain.entities import Visit
from inspector.domain.filenames import NameFields
from inspector.domain.numbers import bare_number
from inspector.operations.dossiers import as_of
from inspector.operations.overview import VisitRow, members_of, newest_days, visit_rows
from inspector.operations.places import halls
from inspector.operations.recording import editions, get
from inspector.operations.records import load_record
from inspector.report.volume import VolumeOptions, VolumeRow, merge_papers, write_volume_index

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from inspector.base.i18n import Lang
    from inspector.operations.session import Session
    from inspector.report.build import PaperResult

__all__ = ("VolumeRow", "blocked", "choices", "merge", "write_index")


@dataclass(frozen=True, slots=True)
class Choice:
    """A visit that a dossier can be made of. `day` is that of its newest moment on the spot."""

    visit: Visit
    hall: str
    code: str
    day: str
    sealed: bool
    photos: int

    def fields(self, lang: Lang) -> NameFields:
        """Return what the name of its file may hold."""
        return NameFields(
            number=bare_number(self.visit),
            code=self.code,
            hall=self.hall,
            day=self.day,
            edition=str(self.visit.edition),
            lang=lang,
        )


@dataclass(frozen=True, slots=True)
class Blocked:
    """What keeps a visit from being sealed, and who took part: whom to call."""

    gaps: tuple[Gap, ...]
    people: tuple[str, ...]


def choices(session: Session) -> list[Choice]:
    """Return every visit that has begun, the newest first."""
    codes = {hall.id: hall.code for hall in halls(session)}
    days = newest_days(session)
    return [
        _choice(row, codes.get(row.visit.hall, ""), _day(session, row.visit.id, days))
        for row in reversed(visit_rows(session))
    ]


def _day(session: Session, visit: str, days: Mapping[str, str]) -> str:
    """Return the day of a visit; what has none of its own has that of the edition it corrects."""
    return next((days[each] for each in editions(session, visit) if each in days), "")


def _choice(row: VisitRow, code: str, day: str) -> Choice:
    return Choice(row.visit, row.hall, code, day, row.sealed, row.photos)


def blocked(session: Session, visit: str) -> Blocked:
    """Return why the dossier of a visit is only a draft. Raises MingchaError `not_found`."""
    get(session, Visit, visit)
    record = load_record(session, visit)
    gaps = () if record.seal else blockers(record)
    return Blocked(gaps, tuple(person.name for person in members_of(session, visit)))


def write_index(
    session: Session, rows: Sequence[VolumeRow], target: Path, lang: Lang
) -> PaperResult:
    """Write the index of a volume, dated as the newest of its dossiers is.

    The same record gives the same bytes whenever it is written. Raises MingchaError
    `export_failed`, `not_found`.
    """
    records = (load_record(session, row.visit) for row in rows)
    dates = [(as_of(session, record), record.hall.zone_minutes) for record in records]
    made_ms, made_zone = max(dates, default=(0, 0))
    options = VolumeOptions(
        lang=lang,
        made_ms=made_ms,
        made_zone=made_zone,
        office=session.store.local("office") or "",
    )
    try:
        return write_volume_index(rows, options, target)
    except OSError as error:
        raise MingchaError("export_failed", path=target, detail=reason_of(error)) from error


def merge(parts: Sequence[Path], target: Path, progress: Progress = SILENT) -> int:
    """Join exported dossiers to one file; on any thread. Raises MingchaError `export_failed`."""
    try:
        return merge_papers(parts, target, progress)
    except OSError as error:
        raise MingchaError("export_failed", path=target, detail=reason_of(error)) from error
