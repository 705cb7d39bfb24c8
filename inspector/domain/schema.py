"""From the dataclasses of `domain.entities` to the vocabulary of the ledger and back."""

from __future__ import annotations

import json
import types
import typing
from dataclasses import MISSING, fields
from enum import StrEnum
from functools import cache, cached_property
from typing import Any, Literal, NamedTuple, TypeVar

from inspector.base.values import written
from inspector.domain import entities, vocabulary
from inspector.domain.entities import Entered, Entity, Fact, base

if typing.TYPE_CHECKING:
    from collections.abc import Container, Mapping

Column = Literal["text", "integer", "boolean", "json"]
E = TypeVar("E", bound=Entity)

COMPUTED = frozenset({"id", "entered", "conflicts"})
#: Values of these types stand in the ledger as they are.
_PLAIN = frozenset({str, int, bool, type(None)})


class FieldSpec(NamedTuple):
    """One field of an entity kind. `load` turns a stored value into the dataclass's type."""

    name: str
    column: Column
    load: type[StrEnum] | type[tuple[Any, ...]] | None


class KindSpec:
    """An entity kind: its name in the ledger, its dataclass, the names of its fields in order."""

    def __init__(self, name: str, cls: type[Entity]) -> None:
        self.name = name
        self.cls = cls
        self.order = tuple(name for name in written(cls) if name not in COMPUTED)
        self.names = frozenset(self.order)

    @cached_property
    def fields(self) -> tuple[FieldSpec, ...]:
        """The fields in order. Made when they are first asked for: a start needs those of few."""
        kinds = written(self.cls)
        return tuple(_field_spec(name, kinds[name]) for name in self.order)

    @cached_property
    def defaults(self) -> tuple[tuple[str, Any], ...]:
        """The names of the fields with their defaults, which nobody changes."""
        return tuple(
            (item.name, item.default if item.default_factory is MISSING else item.default_factory())
            for item in fields(self.cls)
            if item.name in self.names
        )


#: What the types beside the fields of nouns are named by.
_NAMES = {**vars(base), **vars(vocabulary)}


@cache
def _type(written: str) -> Any:
    """`typing.get_type_hints` would evaluate the same few for every field, at every start."""
    return eval(written, _NAMES)


@cache
def _field_spec(name: str, written: str) -> FieldSpec:
    """`written` is the type beside the field. Nouns share many fields; each is made once."""
    hint = _type(written)
    options = [hint]
    if isinstance(hint, types.UnionType):
        options = [option for option in typing.get_args(hint) if option is not type(None)]
    kind = options[0]
    origin = typing.get_origin(kind)
    if origin is tuple:
        return FieldSpec(name, "json", tuple)
    if origin is dict:
        return FieldSpec(name, "json", None)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return FieldSpec(name, "text", kind)
    columns: dict[type, Column] = {str: "text", bool: "boolean", int: "integer"}
    return FieldSpec(name, columns[kind], None)


KINDS: dict[str, KindSpec] = {
    name: KindSpec(name, cls)
    for name, cls in (
        ("person", entities.Person),
        ("unit", entities.Unit),
        ("hall", entities.Hall),
        ("window", entities.Window),
        ("day_calendar", entities.DayCalendar),
        ("trip", entities.Trip),
        ("visit", entities.Visit),
        ("visit_member", entities.VisitMember),
        ("event", entities.Event),
        ("round", entities.Round),
        ("sighting", entities.Sighting),
        ("sweep", entities.Sweep),
        ("wait", entities.Wait),
        ("head_count", entities.HeadCount),
        ("remark", entities.Remark),
        ("answer", entities.Answer),
        ("finding", entities.Finding),
        ("finding_person", entities.FindingPerson),
        ("confirmation", entities.Confirmation),
        ("evidence", entities.Evidence),
        ("placement", entities.Placement),
        ("clock_check", entities.ClockCheck),
        ("feedback", entities.Feedback),
        ("statement", entities.Statement),
        ("catalogue", entities.Catalogue),
        ("seal", entities.Seal),
        ("erasure", entities.Erasure),
        ("audit_entry", entities.AuditEntry),
        ("person_key", entities.PersonKey),
        ("seal_signature", entities.SealSignature),
        ("receipt", entities.Receipt),
        ("review", entities.Review),
        ("link", entities.Link),
        ("setting", entities.Setting),
    )
}
KIND_OF: dict[type[Entity], str] = {spec.cls: name for name, spec in KINDS.items()}
FACT_KINDS: tuple[str, ...] = tuple(
    name for name, spec in KINDS.items() if issubclass(spec.cls, Fact)
)


def to_fields(
    entity: Entity, *, only: Container[str] | None = None, also: Container[str] = ()
) -> dict[str, Any]:
    """Return the ledger fields of `entity`: `only`, or those not at their default and `also`."""
    result: dict[str, Any] = {}
    for name, default in KINDS[KIND_OF[type(entity)]].defaults:
        value = getattr(entity, name)
        if (value != default or name in also) if only is None else name in only:
            result[name] = value if type(value) in _PLAIN else plain(value)
    return result


def plain(value: Any) -> Any:
    """Return `value` as the ledger writes it: tuples become lists, enums their text."""
    if type(value) in _PLAIN:
        return value
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    return value


def from_row(spec: KindSpec, row: Mapping[str, Any]) -> Any:
    """Return the dataclass for a projected row (see `storage.projection` for its columns).

    A NULL, or a word of an enum that a newer version wrote, leaves the field at its default.
    """
    values: dict[str, Any] = {
        "id": row["id"],
        "conflicts": row["_conflict"],
        "entered": Entered(row["_by"] or "", row["_t"] or 0, row["_tz"] or 0),
    }
    for item in spec.fields:
        stored = row[item.name]
        if stored is None:
            continue
        values_or_none = _load(item, stored)
        if values_or_none is not None:
            values[item.name] = values_or_none
    return spec.cls(**values)


def from_values(spec: KindSpec, entity: str, values: Mapping[str, Any], entered: Entered) -> Any:
    """Return the dataclass for plain values, as a sealed record holds them."""
    known: dict[str, Any] = {"id": entity, "entered": entered}
    for item in spec.fields:
        value = values.get(item.name)
        if value is None:
            continue
        loaded = tuple(value) if item.load is tuple else _word(item, value)
        if loaded is not None:
            known[item.name] = loaded
    return spec.cls(**known)


def _load(spec: FieldSpec, stored: Any) -> Any:
    if spec.column == "json":
        parsed = json.loads(stored)
        return tuple(parsed) if spec.load is tuple else parsed
    if spec.column == "boolean":
        return bool(stored)
    return _word(spec, stored)


def _word(spec: FieldSpec, stored: Any) -> Any:
    if spec.load is None or not issubclass(spec.load, StrEnum):
        return stored
    try:
        return spec.load(stored)
    except ValueError:
        return None
