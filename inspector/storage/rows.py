"""Between a row of the projection and the registers of an entity."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cache, lru_cache
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from inspector.domain.schema import KINDS
from inspector.ledger import canonical
from inspector.ledger.operation import MAX_CHANGES
from inspector.ledger.registers import Candidates, EntityState
from inspector.storage.kinds import KIND_NUMBER, KIND_SLOTS, META

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from inspector.domain.schema import FieldSpec, KindSpec
    from inspector.ledger.operation import Header

_TYPES: dict[str, type] = {
    "text": str,
    "integer": int,
    "boolean": bool,
}
#: Places of columns in a row, see `names`, and the values there. The others are empty.
Filled = tuple[tuple[int, ...], tuple[Any, ...]]
#: By column, the type of value that it takes as it is.
_PLAIN = {"text": str, "integer": int}


def sequence(place: int, index: int, kind: str) -> int:
    """Return `_seq` of an entity that the change `index` of the operation at `place` made."""
    return (place * MAX_CHANGES + index) * KIND_SLOTS + KIND_NUMBER[kind]


@dataclass(slots=True)
class Row:
    """An entity in memory: its registers, its place, and whether the table has it already."""

    kind: KindSpec
    id: str
    seq: int
    state: EntityState
    stored: bool
    document_before: str = ""
    replaces_before: str | None = None
    many: list[str] = field(default_factory=list)
    #: What `columns` gave for the row in the table; empty for one that is not there yet.
    columns_before: tuple[Any, ...] = ()

    def columns(self) -> list[Any]:
        """Return the values of all columns after `_seq` and `id`, in table order."""
        lc, short = self.state.creator or (0, "")
        clocks: dict[str, Any] = {}
        shown: dict[str, Any] = {}
        for name, items in self.state.registers.items():
            if not items:
                continue
            counter, writer, value = items[0]
            shown[name] = value
            if len(items) > 1:
                clocks[name] = None
            elif value is None or writer != short or counter != lc:
                clocks[name] = [writer, counter]
        conflicts = len(self.state.conflicts()) if None in clocks.values() else 0
        return _columns(self.kind, shown, clocks, (short, lc, self.state.entered), conflicts)


def filled(row: Sequence[Any]) -> Filled:
    """Return the places of the values that a row has, in order, and the values.

    Most columns of a row are empty. To hand an empty one over to SQLite takes Python longer than a
    text, so only those that are not are named when a row is inserted.
    """
    places, values = _filled(tuple(map(type, row)))
    return places, values(row)


@lru_cache(maxsize=1024)
def _filled(types: tuple[type, ...]) -> tuple[tuple[int, ...], Callable[[Sequence[Any]], Any]]:
    places = tuple(place for place, found in enumerate(types) if found is not type(None))
    return places, itemgetter(*places)  # at least `_seq` and `id`: what it gives is a tuple


def filled_first(
    kind: KindSpec, seq: int, entity: str, header: Header, short: str, shown: Mapping[str, Any]
) -> Filled:
    """Return what `filled` makes of an entity that nothing but the operation `short` has written.

    It replaced nothing, and `shown` is what it wrote.
    """
    reading = header.reading
    places = _straight(kind.name, tuple(shown), tuple(map(type, shown.values())))
    if places is not None:
        entered = reading.ms, reading.zone, header.by
        return places, (seq, entity, *shown.values(), short, header.lc, *entered, 0)
    clocks = {name: [short, header.lc] for name, value in shown.items() if value is None}
    created = short, header.lc, (header.by, reading.ms, reading.zone)
    return filled([seq, entity, *_columns(kind, shown, clocks, created, 0)])


@lru_cache(maxsize=1024)
def _straight(
    kind: str, fields: tuple[str, ...], types: tuple[type, ...]
) -> tuple[int, ...] | None:
    """Return the places of `_seq`, `id`, fields and what is known of their first operation.

    None if a column does not take the value as it is. The same few combinations of fields come
    again and again.
    """
    spec = KINDS[kind]
    plain = {each.name: _PLAIN.get(each.column) for each in spec.fields}
    if any(plain.get(name) is not found for name, found in zip(fields, types, strict=True)):
        return None
    known = "_seq", "id", *fields, "_c", "_lc", "_t", "_tz", "_by", "_conflict"
    return tuple(map(names(spec).index, known))


def _columns(
    kind: KindSpec,
    shown: Mapping[str, Any],
    clocks: dict[str, Any],
    created: tuple[str, int, tuple[str, int, int]],
    conflicts: int,
) -> list[Any]:
    values: list[Any] = list(map(shown.get, kind.order))
    unknown = {}
    turned = _turned(kind.name, tuple(map(type, values)))
    if turned:
        unknown = _turn(kind, values, turned)
    # As many as there are: then none of them is a field of a newer version.
    if len(shown) != len(values) - values.count(None) + len(unknown):
        unknown |= {name: value for name, value in shown.items() if name not in kind.names}
    short, lc, (by, ms, zone) = created
    return [*values, short, lc, ms, zone, by, _json(clocks), _json(unknown), conflicts]


@lru_cache(maxsize=1024)
def _turned(kind: str, types: tuple[type, ...]) -> tuple[int, ...]:
    """Return the places of values that the columns do not take as they are.

    The same few combinations of fields come again and again.
    """
    return tuple(
        place
        for place, (spec, found) in enumerate(zip(KINDS[kind].fields, types, strict=True))
        if found is not type(None) and found is not _PLAIN.get(spec.column)
    )


def _turn(kind: KindSpec, values: list[Any], places: Iterable[int]) -> dict[str, Any]:
    """Turn values into what their columns take; return those that do not fit, by field."""
    unknown = {}
    for place in places:
        spec, value = kind.fields[place], values[place]
        fit = fits(spec, value)
        values[place] = _column(spec, value) if fit else None
        if not fit:
            unknown[spec.name] = value
    return unknown


def fits(spec: FieldSpec, value: Any) -> bool:
    """Tell whether `value` has the type of the column; a newer version may write another."""
    if spec.column == "integer" and isinstance(value, bool):
        return False
    if spec.column == "json":
        return isinstance(value, list if spec.load is tuple else dict)
    return isinstance(value, _TYPES[spec.column])


def load(
    kind: KindSpec,
    row: tuple[Any, ...],
    candidates: Callable[[str, str], dict[str, Candidates]],
) -> Row:
    """Return the `Row` for the columns `names`; `candidates(kind, id)` gives fields in conflict."""
    seq, entity, *columns = row
    short, lc, ms, zone, by, fc, unknown, _conflict = columns[-len(META) :]
    values = json.loads(unknown) if unknown else {}
    for spec, stored in zip(kind.fields, columns, strict=False):
        if stored is not None:
            values[spec.name] = stored if spec.column in _PLAIN else _value(spec, stored)
    registers: dict[str, Candidates] = {
        name: ((lc, short, value),) for name, value in values.items()
    }
    state = EntityState((lc, short), (by, ms, zone), registers)
    many = []
    for name, clock in json.loads(fc).items() if fc else ():
        if clock is None:
            many.append(name)
            registers.pop(name, None)
        else:
            registers[name] = ((clock[1], clock[0], values.get(name)),)
    if many:
        registers.update(candidates(kind.name, entity))
    return Row(kind, entity, seq, state, stored=True, many=many, columns_before=tuple(columns))


@cache
def names(kind: KindSpec) -> tuple[str, ...]:
    """Return the columns of a projected table: `_seq`, `id`, and those of `Row.columns`."""
    return ("_seq", "id", *kind.order, *META)


def _value(spec: FieldSpec, stored: Any) -> Any:
    if spec.column == "json":
        return json.loads(stored)
    return bool(stored) if spec.column == "boolean" else stored


def _column(spec: FieldSpec, value: Any) -> Any:
    if value is None or spec.column not in ("json", "boolean"):
        return value
    return int(value) if spec.column == "boolean" else _json(value, empty=True)


def _json(value: Any, *, empty: bool = False) -> str | None:
    return canonical.text_of(value) if value or empty else None
