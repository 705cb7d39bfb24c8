"""From tables of units, halls and windows to a plan of what would change.

Halls are matched by their code, windows by hall and number, or label where they have no number,
units by code or else by name. An empty cell or a missing column leaves what is recorded as it is.
All rows are read before anything is reported; a plan with problems is not meant to be carried out.

A row that names a window is about that window (its hall columns may repeat); one that names a
hall is about the hall; one with neither is about a unit.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from inspector.base.errors import MingchaError
from inspector.domain.facts import effective
from inspector.domain.places_columns import column_names, read_cell

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from inspector.base.i18n import Translator
    from inspector.domain.entities import Entity, Hall, Json, Unit, Window
    from inspector.domain.tables import Table, TableRow

Key = tuple[str, ...]

#: Which columns fill which field of the entity.
_UNIT = {"unit_code": "code", "unit_name": "name", "unit_parent": "parent", "unit_kind": "kind"}
_HALL = {
    "hall_code": "code",
    "hall_name": "name",
    "kind": "kind",
    "level": "level",
    "address": "address",
    "hours": "hours",
}
_WINDOW = {
    "window_number": "number",
    "window_label": "label",
    "floor": "floor",
    "zone": "zone",
    "matters": "matters",
    "covered_by": "covered_by",
    "window_hours": "hours",
}
#: Fields that hold an id in the ledger and a code or number in a plan.
REFERENCES = frozenset({"parent", "unit", "hall", "covered_by"})


class PlaceSort(StrEnum):
    """What a planned change is about."""

    UNIT = "unit"
    HALL = "hall"
    WINDOW = "window"


class Action(StrEnum):
    """What carrying out a planned change does."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class PlannedPlace:
    """One unit, hall or window as the tables want it.

    key: (unit code or name), (hall code) or what `window_key` returns; `existing`: the id of
    what is changed. `fields` holds only what is new or different. References in it are keys, not
    ids: `unit` and `parent` the key of a unit, `hall` a hall code, `covered_by` the number, or
    label, of a window of the same hall.
    """

    sort: PlaceSort
    action: Action
    key: Key
    existing: str | None
    fields: Json
    row: int


def window_key(hall: str, number: str, label: str) -> Key:
    """Return what tells a window of a hall from others: its number, or its label without one.

    Zeros before a number do not count: spreadsheets drop them.
    """
    return (hall, number.lstrip("0") or number) if number else (hall, "", label)


def window_keys(hall: str, name: str) -> tuple[Key, Key]:
    """Return the keys that `name` may stand for: a number means the window that has it."""
    return window_key(hall, name, ""), window_key(hall, "", name)


@dataclass(frozen=True, slots=True)
class RowProblem:
    """Why a row cannot be used: where it stands and the catalogued error."""

    sheet: str
    row: int
    column: str
    error: MingchaError

    def text(self, tr: Translator) -> str:
        """Return the sentence for people, with the place in front."""
        parts = [tr("row {row}", row=self.row)]
        if self.sheet:
            parts.insert(0, tr("sheet “{sheet}”", sheet=self.sheet))
        if self.column:
            parts.append(tr("column “{column}”", column=self.column))
        place = ", ".join(parts)
        return tr("{place}: {problem}", place=place, problem=self.error.text(tr))


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """Units (parents first), halls and windows in the order of the tables, and all problems.

    unused_columns: headers that are not understood; what stands below them is left out.
    """

    places: tuple[PlannedPlace, ...]
    problems: tuple[RowProblem, ...]
    unused_columns: tuple[str, ...] = ()

    def count(self, sort: PlaceSort, action: Action) -> int:
        """Return how many places of that sort would be new, changed or unchanged."""
        return sum(each.sort is sort and each.action is action for each in self.places)


@dataclass(slots=True)
class _Draft:
    """What all rows together say about one place.

    `implied_name`: a unit was only mentioned by this word, which may be its code or its name.
    """

    sheet: str
    row: int
    fields: Json
    columns: dict[str, str]
    implied_name: str = ""


@dataclass(slots=True)
class _Drafts:
    """Everything read so far, by sort and key."""

    units: dict[Key, _Draft] = field(default_factory=dict)
    halls: dict[Key, _Draft] = field(default_factory=dict)
    windows: dict[Key, _Draft] = field(default_factory=dict)
    problems: list[RowProblem] = field(default_factory=list)
    unused: list[str] = field(default_factory=list)


def plan_import(
    tables: Iterable[Table],
    *,
    units: Iterable[Unit] = (),
    halls: Iterable[Hall] = (),
    windows: Iterable[Window] = (),
) -> ImportPlan:
    """Return what importing `tables` into the recorded places would change.

    Problems carry: `import_no_columns`, `import_code_missing`, `import_twice`,
    `import_contradiction`, `import_reference`, `import_circle`, `import_name_missing`,
    `import_window_missing`, `cell_without_value`, or the code of a cell that cannot be read.
    """
    drafts = _Drafts()
    for table in tables:
        _read_table(table, drafts)
    known = _Known.of(units, halls, windows)
    _unify_units(drafts, known)
    _check_references(drafts, known)
    places = (
        *_planned(PlaceSort.UNIT, _parents_first(drafts), known.units, known, drafts.problems),
        *_planned(PlaceSort.HALL, drafts.halls, known.halls, known, drafts.problems),
        *_planned(PlaceSort.WINDOW, drafts.windows, known.windows, known, drafts.problems),
    )
    problems = sorted(drafts.problems, key=lambda each: (each.sheet, each.row))
    return ImportPlan(places, tuple(problems), tuple(dict.fromkeys(drafts.unused)))


# -- reading rows --------------------------------------------------------------------------


def _read_table(table: Table, drafts: _Drafts) -> None:
    columns = column_names(table.header)
    if not set(columns.values()) & {"hall_code", "unit_code", "unit_name"}:
        error = MingchaError("import_no_columns", header=", ".join(table.header)[:200])
        drafts.problems.append(RowProblem(table.sheet, 1, "", error))
        return
    drafts.unused += (header for header in table.header if header not in columns)
    headers = {name: header for header, name in columns.items()}
    for row in table.rows:
        _read_row(table.sheet, row, headers, drafts)


def _read_row(sheet: str, row: TableRow, headers: dict[str, str], drafts: _Drafts) -> None:
    said = _said(sheet, row, headers, drafts)
    if row.unvalued.keys() & set(headers.values()):
        return
    draft = _Draft(sheet, row.number, {}, headers)
    hall_code = said.get("hall_code", "")
    unit = said.get("unit_code") or said.get("unit_name")
    if unit and "unit_code" not in said:
        mention = _Draft(sheet, row.number, _picked(said, _UNIT), headers, implied_name=unit)
        mention.fields.pop("name")
        _merge(drafts.units, (unit,), mention, _UNIT, drafts)
    elif unit:
        told = replace(draft, fields=_picked(said, _UNIT))
        _merge(drafts.units, (unit,), told, _UNIT, drafts)
    if not hall_code:
        if not unit or said.keys() & {"window_number", "window_label"}:
            _problem(drafts, draft, "hall_code", MingchaError("import_code_missing"))
        return
    hall = _picked(said, _HALL) | ({"unit": unit} if unit else {})
    _merge(drafts.halls, (hall_code,), replace(draft, fields=hall), _HALL, drafts)
    window = _picked(said, _WINDOW)
    key = window_key(hall_code, window.get("number", ""), window.get("label", ""))
    if key[-1]:
        _add_window(key, replace(draft, fields=window | {"hall": hall_code}), drafts)
    elif window:
        _problem(drafts, draft, "window_number", MingchaError("import_window_missing"))


def _said(sheet: str, row: TableRow, headers: dict[str, str], drafts: _Drafts) -> dict[str, Any]:
    """Return what the cells of a row say; cells that cannot be read become problems."""
    said: dict[str, Any] = {}
    for name, header in headers.items():
        try:
            if text := row.text(header).strip():
                said[name] = read_cell(name, text)
        except MingchaError as error:
            drafts.problems.append(RowProblem(sheet, row.number, header, error))
    return said


def _picked(said: dict[str, Any], names: Mapping[str, str]) -> Json:
    return {target: said[column] for column, target in names.items() if column in said}


def _merge(
    into: dict[Key, _Draft], key: Key, draft: _Draft, columns: Mapping[str, str], drafts: _Drafts
) -> None:
    """Add what one row says about a unit or hall, whose columns may repeat on many rows.

    Repeated cells may add and must not contradict.
    """
    before = into.setdefault(key, draft)
    if before is draft:
        return
    for name, value in draft.fields.items():
        if before.fields.setdefault(name, value) != value:
            column = next((each for each, target in columns.items() if target == name), name)
            error = MingchaError("import_contradiction", first=before.row)
            _problem(drafts, draft, column, error)


def _add_window(key: Key, draft: _Draft, drafts: _Drafts) -> None:
    """Add a window, which has one row only."""
    before = drafts.windows.setdefault(key, draft)
    if before is not draft:
        column = "window_number" if key[1] else "window_label"
        _problem(drafts, draft, column, MingchaError("import_twice", first=before.row))


def _problem(drafts: _Drafts, draft: _Draft, column: str, error: MingchaError) -> None:
    header = draft.columns.get(column, column)
    drafts.problems.append(RowProblem(draft.sheet, draft.row, header, error))


# -- against what is recorded --------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Known:
    """What is recorded, by the keys of the plan; `keys` maps ids back to them."""

    units: dict[Key, Entity]
    halls: dict[Key, Entity]
    windows: dict[Key, Entity]
    keys: dict[str, str]

    @classmethod
    def of(cls, units: Iterable[Unit], halls: Iterable[Hall], windows: Iterable[Window]) -> _Known:
        """Index the recorded places that are not void."""
        by_unit: dict[Key, Entity] = {}
        keys: dict[str, str] = {}
        for unit in effective(units):
            by_unit.setdefault((unit.name,), unit)
            if unit.code:
                by_unit[(unit.code,)] = unit
            keys[unit.id] = unit.code or unit.name
        by_hall: dict[Key, Entity] = {}
        for hall in effective(halls):
            by_hall[(hall.code,)] = hall
            keys[hall.id] = hall.code
        by_window: dict[Key, Entity] = {}
        for window in effective(windows):
            by_window[window_key(keys.get(window.hall, ""), window.number, window.label)] = window
            keys[window.id] = window.number or window.label
        return cls(by_unit, by_hall, by_window, keys)


def _unify_units(drafts: _Drafts, known: _Known) -> None:
    """Let code and name of a unit mean the same unit, whichever a row uses."""
    meant = {key[0]: known.keys[unit.id] for key, unit in known.units.items()}
    for key, draft in drafts.units.items():
        if draft.fields.get("name"):
            meant.setdefault(draft.fields["name"], meant.get(key[0], key[0]))
    merged: dict[Key, _Draft] = {}
    for key, draft in drafts.units.items():
        _merge(merged, (meant.get(key[0], key[0]),), draft, _UNIT, drafts)
    drafts.units = merged
    for draft in (*drafts.units.values(), *drafts.halls.values()):
        for name in {"parent", "unit"} & draft.fields.keys():
            draft.fields[name] = meant.get(draft.fields[name], draft.fields[name])


def _check_references(drafts: _Drafts, known: _Known) -> None:
    for draft in drafts.units.values():
        parent = draft.fields.get("parent")
        if parent and (parent,) not in drafts.units and (parent,) not in known.units:
            _problem(drafts, draft, "unit_parent", MingchaError("import_reference", key=parent))
    for key, draft in drafts.windows.items():
        other = draft.fields.get("covered_by")
        if not other:
            continue
        meant = window_keys(key[0], other)
        found = [each for each in meant if each in drafts.windows or each in known.windows]
        if not found or found[0] == key:
            _problem(drafts, draft, "covered_by", MingchaError("import_reference", key=other))


def _parents_first(drafts: _Drafts) -> dict[Key, _Draft]:
    """Return the units so that each comes after its parent; circles become problems."""
    ordered: dict[Key, _Draft] = {}
    waiting = dict(drafts.units)
    while waiting:
        ready = [
            key for key, draft in waiting.items() if (draft.fields.get("parent"),) not in waiting
        ]
        if not ready:
            key, draft = next(iter(waiting.items()))
            _problem(drafts, draft, "unit_parent", MingchaError("import_circle", key=key[0]))
            ready = list(waiting)
        for key in ready:
            ordered[key] = waiting.pop(key)
    return ordered


def _planned(
    sort: PlaceSort,
    drafts: Mapping[Key, _Draft],
    recorded: Mapping[Key, Entity],
    known: _Known,
    problems: list[RowProblem],
) -> list[PlannedPlace]:
    """Compare drafts with what is recorded; a new hall or unit without a name is a problem."""
    planned: list[PlannedPlace] = []
    for position, (key, draft) in enumerate(drafts.items(), start=1):
        entity = recorded.get(key)
        wanted = dict(draft.fields)
        if entity is None:
            if draft.implied_name:
                wanted.setdefault("name", draft.implied_name)
            if sort is PlaceSort.WINDOW:
                wanted["position"] = position
            elif not wanted.get("name"):
                error = MingchaError("import_name_missing", key=key[0])
                problems.append(RowProblem(draft.sheet, draft.row, "", error))
            planned.append(PlannedPlace(sort, Action.NEW, key, None, wanted, draft.row))
            continue
        if sort is PlaceSort.WINDOW:
            wanted.pop("number", None)  # the same but for zeros, see `window_key`
        changed = {
            name: value
            for name, value in wanted.items()
            if _told(name, _now(entity, name, known)) != _told(name, value)
        }
        action = Action.CHANGED if changed else Action.UNCHANGED
        planned.append(PlannedPlace(sort, action, key, entity.id, changed, draft.row))
    return planned


def _now(entity: Entity, name: str, known: _Known) -> Any:
    """Return the recorded value of a field, references as keys."""
    value = getattr(entity, name)
    return known.keys.get(value, value) if name in REFERENCES and value else value


def _told(name: str, value: Any) -> Any:
    """Return what is compared of a value: of a window its key."""
    return window_key("", value or "", "") if name == "covered_by" else value
