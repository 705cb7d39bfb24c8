"""Importing units, halls and windows from a spreadsheet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from inspector.base.errors import MingchaError
from inspector.base.system_reasons import reason_of
from inspector.domain.entities import Hall, Unit, Window
from inspector.domain.places_import import (
    Action,
    ImportPlan,
    PlaceSort,
    PlannedPlace,
    plan_import,
    window_keys,
)
from inspector.domain.schema import plain
from inspector.domain.unit_tree import above
from inspector.operations.places import hall_id, unit_id, window_id
from inspector.operations.recording import find_window
from inspector.operations.spreadsheets import MAX_BYTES, read_tables
from inspector.storage.store import Edit

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from inspector.domain.changes import Changes
    from inspector.domain.tables import Table
    from inspector.operations.session import Session


@dataclass(frozen=True, slots=True)
class KnownPlaces:
    """What is recorded, to compare a table with; it may be carried to another thread."""

    units: tuple[Unit, ...]
    halls: tuple[Hall, ...]
    windows: tuple[Window, ...]


def known_places(session: Session) -> KnownPlaces:
    """Return all units, halls and windows."""
    store = session.store
    return KnownPlaces(
        tuple(store.select(Unit)), tuple(store.select(Hall)), tuple(store.select(Window))
    )


def windows_left_out(session: Session, plan: ImportPlan) -> list[tuple[str, str]]:
    """Return hall code and name of the recorded windows that a table of their hall's leaves out.

    They may be gone; an import withdraws nothing. A table that lists no window of a hall says
    nothing of them.
    """
    listed = [each for each in plan.places if each.sort is PlaceSort.WINDOW]
    named, codes = {each.existing for each in listed}, {each.key[0] for each in listed}
    halls = {
        hall.id: hall.code
        for hall in session.store.select(Hall, "void IS NULL")
        if hall.code in codes
    }
    return [
        (halls[window.hall], window.number or window.label)
        for window in session.store.select(Window, "void IS NULL")
        if window.hall in halls and window.id not in named
    ]


def read_bytes(path: Path) -> bytes:
    """Return the bytes of a table, cut off where it is too large to be read anyway.

    Raises MingchaError `file_unreadable`, `file_not_regular`.
    """
    if path.exists() and not path.is_file():
        # A pipe would be waited for without an end.
        raise MingchaError("file_not_regular", name=path.name)
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        raise MingchaError("file_unreadable", name=path.name, reason=reason_of(error)) from error


def read_places(path: Path) -> tuple[Table, ...]:
    """Return the tables of a file, on any thread.

    Raises MingchaError `file_unreadable`, and what `spreadsheets.read_tables` raises.
    """
    return read_tables(read_bytes(path))


def plan_tables(tables: Sequence[Table], known: KnownPlaces) -> ImportPlan:
    """Return what importing tables would change, on any thread."""
    return plan_import(tables, units=known.units, halls=known.halls, windows=known.windows)


def plan_places(session: Session, data: bytes) -> ImportPlan:
    """Return what importing a CSV or XLSX file would change, with the problems of its rows."""
    return plan_tables(read_tables(data), known_places(session))


def import_places(session: Session, plan: ImportPlan) -> Changes:
    """Carry out a plan as one action.

    Raises MingchaError `import_has_problems`: nothing is imported while rows cannot be read;
    `unit_circle` for a unit that would stand below itself by what is recorded already.
    """
    if plan.problems:
        raise MingchaError("import_has_problems", count=len(plan.problems))
    ids = {(place.sort, place.key): _id(session, place) for place in plan.places}
    withdrawn = {
        each.id
        for cls in (Unit, Hall, Window)
        for each in session.store.select(cls, "void IS NOT NULL")
    }
    edits = [
        Edit(place.sort.value, ids[place.sort, place.key], _fields(session, place, ids))
        for place in plan.places
        if place.action is not Action.UNCHANGED
    ]
    _refuse_circles(session, edits)
    # A withdrawn place is new to the plan, but its derived id is taken: it comes back.
    edits += [Edit(e.kind, e.id, {"void": None}) for e in edits if e.id in withdrawn]
    return session.store.commit(edits)


def _refuse_circles(session: Session, edits: Iterable[Edit]) -> None:
    moved = {
        each.id: each.fields["parent"]
        for each in edits
        if each.kind == PlaceSort.UNIT and "parent" in each.fields
    }
    known = {unit.id: unit for unit in session.store.select(Unit)}
    parents = {unit.id: unit.parent for unit in known.values()} | moved
    for unit in moved:
        if unit in above(parents, unit):
            raise MingchaError("unit_circle", name=known[unit].name if unit in known else unit)


def _id(session: Session, place: PlannedPlace) -> str:
    if place.existing:
        return place.existing
    if place.sort is PlaceSort.UNIT:
        return unit_id(session, place.key[0])
    if place.sort is PlaceSort.HALL:
        return hall_id(session, place.key[0])
    number = str(place.fields.get("number", ""))
    return window_id(session, hall_id(session, place.key[0]), number, place.key[-1])


def _fields(
    session: Session, place: PlannedPlace, ids: dict[tuple[PlaceSort, tuple[str, ...]], str]
) -> dict[str, Any]:
    """Return the planned fields with keys of other places turned into their ids."""
    fields = {name: plain(value) for name, value in place.fields.items()}
    for name in ("unit", "parent"):
        if fields.get(name):
            fields[name] = _known(session, Unit, ids, PlaceSort.UNIT, (fields[name],))
    if fields.get("hall"):
        fields["hall"] = _known(session, Hall, ids, PlaceSort.HALL, (fields["hall"],))
    if fields.get("covered_by"):
        fields["covered_by"] = _covering(session, ids, place.key[0], fields["covered_by"])
    return fields


def _covering(
    session: Session, ids: dict[tuple[PlaceSort, tuple[str, ...]], str], hall: str, name: str
) -> str:
    """Return the id of a window by number or label, of the plan or else of a recorded one."""
    for key in window_keys(hall, name):
        if (PlaceSort.WINDOW, key) in ids:
            return ids[PlaceSort.WINDOW, key]
    return find_window(session, _known(session, Hall, ids, PlaceSort.HALL, (hall,)), name).id


def _known(
    session: Session,
    cls: type[Unit | Hall],
    ids: dict[tuple[PlaceSort, tuple[str, ...]], str],
    sort: PlaceSort,
    key: tuple[str, ...],
) -> str:
    """Return the id of a place in the plan, or else of a recorded one."""
    if (sort, key) in ids:
        return ids[sort, key]
    rows = session.store.select(cls, "code = ? AND void IS NULL", key[0])
    rows = rows or session.store.select(cls, "name = ? AND void IS NULL", key[0])
    return rows[0].id
