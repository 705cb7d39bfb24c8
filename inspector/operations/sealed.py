"""The sealed record: the values of a visit as they were, apart from everything that came later."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from inspector.base.errors import MingchaError
from inspector.domain import entities as nouns
from inspector.domain.catalogues import Situation
from inspector.domain.record import PARTS, VisitRecord
from inspector.domain.schema import KIND_OF, KINDS, from_values
from inspector.domain.vocabulary import CatalogueKind
from inspector.ledger import canonical
from inspector.operations.catalogues import CatalogueInfo, as_checklist, parse_local

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from inspector.domain.catalogues import Checklist
    from inspector.operations.session import Session

VERSION = 1
#: The field under which the automatic side of an entity is sealed: by, milliseconds, zone, and its
#: place in the order of entry, because several things may be entered in one millisecond.
ENTERED = "_entered"
#: The same for who last mended it and when: by, milliseconds, zone. Only of what was mended.
MENDED = "_mended"
SITUATION = "situation"

Values = dict[tuple[str, str, str], Any]


def sealed_values(session: Session, record: VisitRecord) -> Values:
    """Return every value that the seal fixes, by (noun, id, field).

    The registers of the visit and of what it relies on – fields of newer versions included –, who
    entered each thing when, and the texts of the situations it names.
    """
    values: Values = {}
    entities = list(_entities(record))
    for place, entity in enumerate(entities):
        _add(session, values, entity, place)
        if mended := record.mended.get(entity.id):
            values[KIND_OF[type(entity)], entity.id, MENDED] = [mended.by, mended.ms, mended.zone]
    named = {text for value in values.values() for text in _texts(value)}
    for place, person in enumerate(record.persons.values(), start=len(entities)):
        if person.id in named:
            _add(session, values, person, place)
    for situation in record.situations.values():
        for name, text in asdict(situation).items():
            values[SITUATION, situation.code, name] = text
    return values


def _entities(record: VisitRecord) -> Iterator[nouns.Entity]:
    """Yield the visit, its facts, and what they rely on except persons."""
    yield record.visit
    yield record.hall
    if record.trip:
        yield record.trip
    yield from record.units.values()
    yield from record.windows
    yield from record.calendars
    for name in PARTS:
        if name != "seals":
            yield from getattr(record, name)


def _add(session: Session, values: Values, entity: nouns.Entity, place: int) -> None:
    kind = KIND_OF[type(entity)]
    for name, value in session.store.state(kind, entity.id).shown().items():
        values[kind, entity.id, name] = value
    entered = entity.entered
    values[kind, entity.id, ENTERED] = [entered.by, entered.ms, entered.zone, place]


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        yield from (item for item in value if isinstance(item, str))


def to_bytes(visit: str, checklist: Checklist | None, values: Values) -> bytes:
    """Return the sealed values as one canonical document."""
    info = None
    if checklist:
        names = ("code", "version", "zh", "en", "valid_from", "valid_to", "sha256")
        info = {name: getattr(checklist, name) for name in names}
    listed = [[*path, values[path]] for path in sorted(values)]
    return canonical.encode({"v": VERSION, "visit": visit, "checklist": info, "values": listed})


def values_of(data: bytes) -> Values:
    """Return the values that a sealed document holds. Raises MingchaError `seal_damaged`."""
    return {(e, i, f): value for e, i, f, value in _document(data)["values"]}


def load_sealed(session: Session, seal: nouns.Seal) -> VisitRecord:
    """Return the visit as it was sealed. Raises MingchaError `seal_damaged`."""
    document = _document(session.blobs.read(seal.record))
    found: dict[str, dict[str, dict[str, Any]]] = {}
    for kind, entity, name, value in document["values"]:
        found.setdefault(kind, {}).setdefault(entity, {})[name] = value
    entities = {kind: _load(kind, listed) for kind, listed in found.items() if kind in KINDS}
    return _record(
        entities,
        seal.visit,
        checklist=_checklist(session, document["checklist"]),
        situations={code: Situation(**values) for code, values in found.get(SITUATION, {}).items()},
        mended={
            entity: nouns.Entered(*values[MENDED])
            for listed in found.values()
            for entity, values in listed.items()
            if MENDED in values
        },
    )


def _record(
    entities: Mapping[str, list[Any]],
    visit: str,
    checklist: Checklist | None,
    situations: Mapping[str, Situation],
    mended: Mapping[str, nouns.Entered],
) -> VisitRecord:
    parts: dict[str, Any] = {
        name: tuple(entities.get(KIND_OF[cls], ())) for name, cls in PARTS.items()
    }
    trips = entities.get("trip", [])
    windows = entities.get("window", [])
    return VisitRecord(
        visit=next(each for each in entities["visit"] if each.id == visit),
        hall=entities["hall"][0],
        trip=trips[0] if trips else None,
        units={each.id: each for each in entities.get("unit", [])},
        windows=tuple(sorted(windows, key=lambda each: (each.position, each.number))),
        calendars=tuple(entities.get("day_calendar", [])),
        persons={each.id: each for each in entities.get("person", [])},
        checklist=checklist,
        situations=situations,
        mended=mended,
        **parts,
    )


def _load(kind: str, listed: Mapping[str, dict[str, Any]]) -> list[Any]:
    """Return the entities in order of entry."""
    return [
        from_values(KINDS[kind], entity, values, nouns.Entered(*values[ENTERED][:3]))
        for entity, values in sorted(listed.items(), key=lambda item: item[1][ENTERED][3])
    ]


def _checklist(session: Session, info: Mapping[str, str] | None) -> Checklist | None:
    if info is None:
        return None
    loaded = parse_local(CatalogueKind.CHECKLIST, session.blobs.read(info["sha256"]))
    named = {name: text for name, text in info.items() if name != "sha256"}
    return as_checklist(CatalogueInfo(kind=CatalogueKind.CHECKLIST, **named), loaded)


def _document(data: bytes) -> Any:
    try:
        document = canonical.decode(data)
    except canonical.NotCanonical as error:
        raise MingchaError("seal_damaged", detail=str(error)) from error
    if document.get("v") != VERSION:
        raise MingchaError("seal_damaged", detail=f"version {document.get('v')}")
    return document
