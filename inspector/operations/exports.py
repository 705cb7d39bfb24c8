"""Tables for spreadsheet programs, and copies of originals."""

from __future__ import annotations

import codecs
import csv
import io
from typing import TYPE_CHECKING, Any

from inspector.base.clock import to_datetime
from inspector.base.errors import MingchaError
from inspector.base.i18n import N_
from inspector.base.progress import SILENT, Progress
from inspector.base.system_reasons import reason_of
from inspector.domain.entities import Finding, Hall, Person, Unit, Visit, Window
from inspector.domain.hours_text import to_text
from inspector.domain.numbers import finding_label, visit_label
from inspector.domain.schedules import parse
from inspector.domain.terms import severity_name, term
from inspector.domain.vocabulary import AuditKind
from inspector.media.clock_card import clock_card
from inspector.operations.late import as_sealed
from inspector.operations.leaving import record_leaving
from inspector.operations.originals import require_original
from inspector.operations.places import halls, windows_of
from inspector.operations.recording import get
from inspector.operations.records import named_situations
from inspector.operations.spreadsheets import neutral_cell
from inspector.operations.visits import visits
from inspector.storage.holding import holds

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from inspector.base.clock import Reading
    from inspector.base.i18n import Lang
    from inspector.operations.session import Session

__all__ = (
    "copy_original",
    "findings_csv",
    "halls_csv",
    "write_clock_card",
    "write_export",
    "write_findings",
)

#: Findings that one step of a long table writes.
_STEP = 200

_FINDING_HEADERS = {
    "zh": (
        *("走访", "场所", "问题", "情形编码", "情形", "程度", "窗口", "起", "止", "时间来源"),
        *("等候人数", "内容", "依据", "规定", "认定", "认定理由", "发现人", "录入时间"),
    ),
    "en": (
        *("visit", "place", "finding", "situation codes", "situations", "severity", "window"),
        *("from", "to", "time source", "people waiting", "text", "basis", "rule", "outcome"),
        *("reason", "seen by", "entered"),
    ),
}
#: As `hall import` reads them back.
_HALL_HEADERS = {
    "zh": (
        *("大厅编码", "大厅名称", "类型", "级别", "单位", "地址", "办公时间"),
        *("窗口号", "窗口名称", "楼层", "区域", "事项", "顶岗窗口", "窗口办公时间"),
    ),
    "en": (
        *("hall_code", "hall_name", "kind", "level", "unit_name", "address", "hours"),
        *("window_number", "window_label", "floor", "zone", "matters", "covered_by"),
        "window_hours",
    ),
}


def findings_csv(session: Session, chosen: Sequence[Visit], lang: Lang) -> bytes:
    """Return the findings that hold of some visits (of all if none is given) as CSV.

    One that a supplement corrects does not hold; the correction stands with the supplement.
    UTF-8 with a byte order mark, which spreadsheet programs need for Chinese. Times are the
    place's own; cells that would be run as formulas are made text.
    """
    persons = {person.id: person.name for person in session.store.select(Person)}
    wanted = f"visit = ? AND {holds(Finding)}"
    rows: list[Sequence[object]] = []
    for visit in chosen or visits(session):
        found = {each.id: each for each in session.store.select(Finding, wanted, visit.id)}
        findings = list(as_sealed(session, found).values())
        rows += _finding_rows(session, visit, findings, persons, lang).values()
    return _csv(_FINDING_HEADERS[lang], rows)


def write_findings(
    session: Session, places: Sequence[int], target: Path, lang: Lang, progress: Progress = SILENT
) -> Iterator[None]:
    """Write the findings at these places in the record as `findings_csv` does, in their order.

    Each step writes some of them; the file appears under its name when all are written, and
    nothing is left of it if it is stopped. Raises MingchaError `export_failed`.
    """
    part = target.with_name(f"{target.name}.part")
    try:
        with part.open("wb") as file:
            file.write(_csv(_FINDING_HEADERS[lang], ()))
            progress.start(N_("Writing the table"), len(places))
            for start in range(0, len(places), _STEP):
                some = places[start : start + _STEP]
                file.write(_lines(_findings_at(session, some, lang)))
                progress.step(len(some))
                yield
        part.replace(target)
    except OSError as error:
        raise MingchaError("export_failed", path=target, detail=reason_of(error)) from error
    finally:
        part.unlink(missing_ok=True)


def _findings_at(session: Session, places: Sequence[int], lang: Lang) -> Iterator[Sequence[object]]:
    marks = ", ".join("?" * len(places))
    found = session.store.select(Finding, f"_seq IN ({marks})", *places)
    by_visit: dict[str, list[Finding]] = {}
    for finding in found:
        by_visit.setdefault(finding.visit, []).append(finding)
    persons = {person.id: person.name for person in session.store.select(Person)}
    rows: dict[str, Sequence[object]] = {}
    for visit, findings in by_visit.items():
        rows |= _finding_rows(session, get(session, Visit, visit), findings, persons, lang)
    # They were read in order of entry, which is the order of their places.
    at = dict(zip(sorted(places), found, strict=True))
    return (rows[at[place].id] for place in places)


def _finding_rows(
    session: Session,
    visit: Visit,
    findings: Sequence[Finding],
    persons: Mapping[str, str],
    lang: Lang,
) -> dict[str, Sequence[object]]:
    """Return the cells of findings of one visit, by finding."""
    hall = get(session, Hall, visit.hall)
    windows = {w.id: w.number or w.label for w in windows_of(session, hall.id)}
    known = named_situations(session, visit.id, findings)
    rows: dict[str, Sequence[object]] = {}
    for finding in findings:
        named = [known[code] for code in finding.situations if code in known]
        names = (
            *(visit_label(visit, lang), hall.name, finding_label(finding, lang)),
            ", ".join(finding.situations),
            "；".join(each.zh for each in named)
            if lang == "zh"
            else "; ".join(each.en for each in named),
        )
        window = windows.get(finding.window or "", "")
        observer = persons.get(finding.observer, finding.observer)
        rows[finding.id] = (*names, *_finding_cells(finding, window, observer, lang))
    return rows


def _finding_cells(finding: Finding, window: str, observer: str, lang: Lang) -> tuple[object, ...]:
    zone = finding.observed_zone
    waiting = finding.people_waiting
    return (
        severity_name(finding.severity, lang),
        window,
        _moment(finding.observed_from, zone),
        _moment(finding.observed_to, zone),
        term(finding.time_source, lang),
        "" if waiting is None else waiting,
        finding.text,
        finding.basis,
        finding.rule,
        term(finding.outcome, lang),
        finding.outcome_reason,
        observer,
        _moment(finding.entered.ms, zone),
    )


def _moment(ms: int | None, zone: int) -> str:
    return "" if ms is None else to_datetime(ms, zone).strftime("%Y-%m-%d %H:%M:%S")


def halls_csv(session: Session, lang: Lang) -> bytes:
    """Return all places with their windows as CSV that `hall import` reads back."""
    units = {unit.id: unit.name for unit in session.store.select(Unit)}
    rows: list[Sequence[object]] = []
    for hall in halls(session):
        windows = windows_of(session, hall.id)
        numbers = {window.id: window.number or window.label for window in windows}
        cells = (
            *(hall.code, hall.name, term(hall.kind, lang), hall.level.value),
            *(units.get(hall.unit or "", ""), hall.address, _hours(hall.hours, lang)),
        )
        for window in windows or [Window(id="")]:
            covering = numbers.get(window.covered_by or "", "")
            rows.append((*cells, *_window_cells(window, covering, lang)))
    return _csv(_HALL_HEADERS[lang], rows)


def _window_cells(window: Window, covering: str, lang: Lang) -> tuple[object, ...]:
    return (
        *(window.number, window.label, window.floor, window.zone),
        *("；".join(window.matters), covering, _hours(window.hours, lang)),
    )


def _hours(hours: dict[str, Any], lang: Lang) -> str:
    return to_text(parse(hours), lang)


def _csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Return a whole table; the byte order mark tells spreadsheet programs that it is UTF-8."""
    return codecs.BOM_UTF8 + _lines([header, *rows])


def _lines(rows: Iterable[Sequence[object]]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out).writerows([neutral_cell(str(cell)) for cell in row] for row in rows)
    return out.getvalue().encode()


def write_export(target: Path, data: bytes) -> None:
    """Write an exported file. Raises MingchaError `export_failed`."""
    try:
        target.write_bytes(data)
    except OSError as error:
        raise MingchaError("export_failed", path=target, detail=reason_of(error)) from error


def write_clock_card(target: Path, reading: Reading) -> None:
    """Write the clock card of a moment as PNG. Raises MingchaError `export_failed`."""
    write_export(target, clock_card(reading))


def copy_original(session: Session, evidence: str, target: Path) -> None:
    """Write a copy of an original to `target` and record that it was taken out.

    Raises MingchaError `export_failed`, also if the file exists already, `evidence_erased`,
    `original_elsewhere`, and what reading a blob raises.
    """
    found = require_original(session, evidence)
    data = session.blobs.read(found.sha256)
    record_leaving(session, found.visit, AuditKind.OPEN_ORIGINAL, found.sha256, {})
    try:
        with target.open("xb") as file:
            file.write(data)
    except OSError as error:
        raise MingchaError("export_failed", path=target, detail=reason_of(error)) from error
