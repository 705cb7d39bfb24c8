"""Catalogues in use: the shipped ones and the office's own, which lie in the record."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from inspector.base.clock import to_datetime
from inspector.base.errors import MingchaError
from inspector.domain.authority import check_validity, in_force
from inspector.domain.entities import Catalogue, Event, Hall, Visit
from inspector.domain.facts import effective
from inspector.domain.phases import ON_SITE
from inspector.domain.vocabulary import CatalogueKind
from inspector.operations.catalogues import (
    CatalogueInfo,
    LoadedCatalogue,
    as_checklist,
    checklist,
    index,
    parse_local,
    shipped,
    situations,
)
from inspector.operations.recording import editions, fit, get, stored

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from inspector.domain.catalogues import Checklist, Situation
    from inspector.operations.session import Session

#: So many catalogues are kept read. An office has one or two in force at a time.
KEPT = 8


def import_catalogue(
    session: Session,
    kind: CatalogueKind,
    data: bytes,
    *,
    code: str,
    version: str,
    name: str,
    valid_from: str = "",
    valid_to: str = "",
) -> Catalogue:
    """Take in an office's own catalogue (CSV or XLSX bytes) under `code@version`.

    Its rows are stored as they were read, in canonical form; it is in force from `valid_from` to
    `valid_to` (ISO days, "" leaves an end open). Raises MingchaError for rows that cannot be read,
    `date_unreadable`, `validity_order`, `catalogue_version_taken` (with other rows).
    """
    check_validity(valid_from.strip(), valid_to.strip())
    loaded = parse_local(kind, data)
    entity = fit(
        Catalogue(
            id="",
            kind=kind,
            code=code,
            version=version,
            name=name,
            valid_from=valid_from.strip(),
            valid_to=valid_to.strip(),
            sha256=loaded.sha256,
        )
    )
    # The id rests on what is stored: text as typed may hold what no text of the record may.
    key = session.store.derived_id("catalogue", kind.value, entity.code, entity.version)
    entity = replace(entity, id=key)
    known = session.store.get(Catalogue, key)
    if known and known.sha256 != entity.sha256:
        raise MingchaError("catalogue_version_taken", name=f"{code}@{version}")
    session.blobs.add_bytes(loaded.data)
    session.store.save(entity)
    return stored(session, entity)


def checklist_of(session: Session, reference: str) -> Checklist:
    """Return the checklist `code@version`, the office's own first.

    Raises MingchaError `catalogue_not_found`.
    """
    for own in own_catalogues(session, CatalogueKind.CHECKLIST):
        if f"{own.code}@{own.version}" == reference:
            return as_checklist(_info(own), _loaded(session, own))
    return checklist(reference)


def checklist_data(session: Session, reference: str) -> bytes:
    """Return the canonical bytes of the checklist `code@version`, the office's own first."""
    kind = CatalogueKind.CHECKLIST
    for own in own_catalogues(session, kind):
        if f"{own.code}@{own.version}" == reference:
            return session.blobs.read(own.sha256)
    return shipped(kind, checklist(reference).code).data


def choose_checklist(session: Session, name: str, on: date) -> str:
    """Return the checklist meant by `name` as `code@version`.

    A code alone means its newest version in force on that day, or else the newest that had begun
    (the visit then carries the warning `checklist_expired`). Raises MingchaError
    `catalogue_not_found`.
    """
    if "@" in name:
        return checklist_of(session, name).reference
    day = on.isoformat()
    own = [_info(each) for each in own_catalogues(session, CatalogueKind.CHECKLIST)]
    shipped_ones = [each for each in index() if each.kind is CatalogueKind.CHECKLIST]
    # Of versions that begin on one day, the office's own comes last and is taken.
    known = [each for each in (*shipped_ones, *own) if each.code == name.strip()]
    known.sort(key=lambda each: each.valid_from)
    valid = [each for each in known if in_force(each.valid_from, each.valid_to, on)]
    begun = [each for each in known if each.valid_from <= day]
    for fitting in (valid, begun, known):
        if fitting:
            return fitting[-1].reference
    raise MingchaError("catalogue_not_found", name=name)


def situations_of(session: Session, on: date | None = None) -> Mapping[str, Situation]:
    """Return every situation that may be named on a day, shipped and the office's own, by code.

    Where versions overlap, the one that began last tells what a code means. Without a day, all
    that were ever in force are known.
    """
    found: dict[str, Situation] = {}
    kind = CatalogueKind.SITUATIONS
    for info in index():
        if info.kind is kind and _holds(info.valid_from, info.valid_to, on):
            found |= situations()
    own = [
        each for each in own_catalogues(session, kind) if _holds(each.valid_from, each.valid_to, on)
    ]
    for version in sorted(own, key=lambda each: each.valid_from):
        for entry in _loaded(session, version).entries:
            found[entry.code] = entry
    return found


def day_of_validity(session: Session, visit: str) -> date:
    """Return the day whose catalogues a visit uses: the first at the place, today before that.

    A supplement uses those of the visit it corrects.
    """
    first = list(editions(session, visit))[-1]
    hall = get(session, Hall, get(session, Visit, first).hall)
    events = effective(session.store.select(Event, "visit = ?", first))
    known = [e.observed_from for e in events if e.kind in ON_SITE and e.observed_from is not None]
    moment = min(known, default=session.store.clock.read().ms)
    return to_datetime(moment, hall.zone_minutes).date()


@dataclass(frozen=True, slots=True)
class _Bytes:
    """Content by its hash, and how it is read where it is not known yet."""

    sha256: str
    read: Callable[[str], bytes] = field(compare=False)


@lru_cache(maxsize=KEPT)
def _parsed(kind: CatalogueKind, content: _Bytes) -> LoadedCatalogue:
    return parse_local(kind, content.read(content.sha256))


def _loaded(session: Session, own: Catalogue) -> LoadedCatalogue:
    """Return the rows of an office's own catalogue; the same content is read and parsed once."""
    return _parsed(own.kind, _Bytes(own.sha256, session.blobs.read))


def _holds(valid_from: str, valid_to: str, on: date | None) -> bool:
    return on is None or in_force(valid_from, valid_to, on)


def _info(own: Catalogue) -> CatalogueInfo:
    return CatalogueInfo(
        own.kind, own.code, own.version, own.name, own.name, own.valid_from, own.valid_to
    )


def own_catalogues(session: Session, kind: CatalogueKind) -> list[Catalogue]:
    """Return the office's own catalogues of a kind.

    Not asked of SQL: a field that has its default, as `kind` of a checklist, is not written.
    """
    return [own for own in session.store.select(Catalogue, "void IS NULL") if own.kind is kind]
