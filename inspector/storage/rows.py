"""Between a row of the projection and the registers of an entity."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from inspector.domain.schema import KINDS, FieldSpec
from inspector.ledger import canonical
from inspector.ledger.operation import MAX_CHANGES
from inspector.ledger.registers import Candidates, EntityState
from inspector.storage.kinds import KIND_NUMBER, KIND_SLOTS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from inspector.domain.schema import KindSpec

#: By noun and field: the field's place, what it is, and the type of value that the column takes as
#: it is (none for those that must be turned into another).
_FIELDS: dict[str, dict[str, tuple[int, FieldSpec, type | None]]] = {
    name: {
        spec.name: (place, spec, {"text": str, "integer": int}.get(spec.column))
        for place, spec in enumerate(kind.fields)
    }
    for name, kind in KINDS.items()
}

#: Where a field of a newer version goes: nowhere.
_NO_FIELD = (0, None, None)

_TYPES: dict[str, type] = {
    "text": str,
    "integer": int,
    "boolean": bool,
}


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

    def columns(self) -> list[Any]:
        """Return the values of all columns after `_seq` and `id`, in table order."""
        creator = self.state.creator or (0, "")
        clocks: dict[str, Any] = {}
        unknown: dict[str, Any] = {}
        values: list[Any] = [None] * len(self.kind.fields)
        fields = _FIELDS[self.kind.name]
        for name, items in self.state.registers.items():
            if not items:
                continue
            counter, short, value = items[0]
            if len(items) > 1:
                clocks[name] = None
            elif value is None or short != creator[1] or counter != creator[0]:
                clocks[name] = [short, counter]
            place, spec, plain = fields.get(name, _NO_FIELD)
            if type(value) is plain:
                values[place] = value
            elif spec is None or not (value is None or fits(spec, value)):
                unknown[name] = value
            else:
                values[place] = _column(spec, value)
        by, ms, zone = self.state.entered
        return [
            *values,
            creator[1],
            creator[0],
            ms,
            zone,
            by,
            _json(clocks),
            _json(unknown),
            len(self.state.conflicts()) if None in clocks.values() else 0,
        ]


def fits(spec: FieldSpec, value: Any) -> bool:
    """Tell whether `value` has the type of the column; a newer version may write another."""
    if spec.column == "integer" and isinstance(value, bool):
        return False
    if spec.column == "json":
        return isinstance(value, list if spec.load is tuple else dict)
    return isinstance(value, _TYPES[spec.column])


def load(
    kind: KindSpec,
    row: Mapping[str, Any],
    candidates: Callable[[str, str], dict[str, Candidates]],
) -> Row:
    """Return the `Row` for a projected row; `candidates(kind, id)` gives fields in conflict."""
    state = EntityState((row["_lc"], row["_c"]), (row["_by"], row["_t"], row["_tz"]))
    clocks = json.loads(row["_fc"]) if row["_fc"] else {}
    values = json.loads(row["_x"]) if row["_x"] else {}
    for spec in kind.fields:
        stored = row[spec.name]
        if stored is not None:
            values[spec.name] = _value(spec, stored)
    for name in values.keys() | clocks.keys():
        clock = clocks.get(name, [row["_c"], row["_lc"]])
        if clock is not None:
            state.registers[name] = ((clock[1], clock[0], values.get(name)),)
    many = [name for name, clock in clocks.items() if clock is None]
    if many:
        state.registers.update(candidates(kind.name, row["id"]))
    return Row(kind, row["id"], row["_seq"], state, stored=True, many=many)


def _value(spec: FieldSpec, stored: Any) -> Any:
    if spec.column == "json":
        return json.loads(stored)
    return bool(stored) if spec.column == "boolean" else stored


def _column(spec: FieldSpec, value: Any) -> Any:
    if value is None or spec.column not in ("json", "boolean"):
        return value
    return int(value) if spec.column == "boolean" else _json(value, empty=True)


def _json(value: Any, *, empty: bool = False) -> str | None:
    return canonical.encode(value).decode() if value or empty else None
