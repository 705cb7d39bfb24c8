"""Fields of the record as people read them in `history`: named, in the language, with names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from inspector.base.clock import to_datetime
from inspector.domain.clocktext import zone_text
from inspector.domain.entities import Evidence, Finding, Hall, Person, Trip, Unit, Visit, Window
from inspector.domain.names import field_name, paper_name
from inspector.domain.numbers import finding_label, visit_label
from inspector.domain.schema import KINDS
from inspector.domain.terms import severity_name, term, void_reason
from inspector.domain.vocabulary import AuditKind, Phase

if TYPE_CHECKING:
    from collections.abc import Mapping
    from enum import StrEnum

    from inspector.base.i18n import Translator
    from inspector.operations.session import Session

#: Fields that say nothing to people, or that must stay where they are.
_HIDDEN = frozenset({"visit", "metadata", "device", "secret", "burst", "confirmed", "frontier"})
_MOMENTS = frozenset(
    {
        *("observed_from", "observed_to", "identity_from", "identity_to"),
        *("joined", "called", "ended", "camera_ms", "shown_ms"),
    }
)
_ZONES = frozenset({"observed_zone", "identity_zone", "zone_minutes"})
#: Words of a vocabulary in fields that may hold words of a newer version too.
_VOCABULARIES: dict[tuple[str, str], type[StrEnum]] = {
    ("event", "phase"): Phase,
    ("audit_entry", "kind"): AuditKind,
}
_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_HASH = re.compile(r"[0-9a-f]{64}")


class Values:
    """Puts the fields of entries into words. `zone`: of the place, in minutes east of UTC."""

    def __init__(self, session: Session, tr: Translator, zone: int) -> None:
        self.tr = tr
        self._zone = zone
        self._session = session
        self._names: dict[str, str] = {}

    def name(self, entity: str) -> str:
        """Return what an entity is called, the end of its id if it has no name."""
        if entity not in self._names:
            self._names[entity] = _name(self._session, entity, self.tr)
        return self._names[entity] or entity[-6:]

    def value(self, noun: str, name: str, value: Any) -> str:
        """Return one value of a field; – for none."""
        return self._value(_words(noun).get(name), name, value) or "–"

    def said(self, noun: str, fields: Mapping[str, Any]) -> str:
        """Return what was written, without what is empty or says nothing to people."""
        words = _words(noun)
        parts = [
            self.tr("{field}: {value}", field=field_name(name), value=text)
            for name, value in fields.items()
            if name not in _HIDDEN and (text := self._value(words.get(name), name, value))
        ]
        return "  ".join(parts)

    def _value(self, words: type[StrEnum] | None, name: str, value: Any) -> str:
        if value in (None, "", [], {}):
            return ""
        if isinstance(value, bool):
            return self.tr("yes") if value else self.tr("no")
        if isinstance(value, int):
            return self._number(name, value)
        if isinstance(value, dict):
            value = [value["paper"]] if "paper" in value else list(value.values())
        if isinstance(value, list):
            listed = [self._value(None, name, each) for each in value]
            return self.tr(", ").join(filter(None, listed))
        return self._text(words, name, str(value))

    def _number(self, name: str, value: int) -> str:
        if name in _MOMENTS:
            return to_datetime(value, self._zone).strftime("%Y-%m-%d %H:%M:%S")
        if name in _ZONES:
            return zone_text(value)
        if name == "severity":
            return severity_name(value, self.tr.lang)
        if name == "offset_ms":
            return self.tr("{seconds} s", seconds=value // 1000)
        return str(value)

    def _text(self, words: type[StrEnum] | None, name: str, value: str) -> str:
        lang = self.tr.lang
        if name == "void":
            return void_reason(value, lang)
        if name == "detail":
            return paper_name(value).of(lang)
        if words is not None and value in set(words):
            return term(words(value), lang)
        if _ID.fullmatch(value):
            return self.name(value)
        return f"{value[:8]}…" if _HASH.fullmatch(value) else value


def _words(noun: str) -> dict[str, type[StrEnum]]:
    """Return the vocabularies of a noun's fields."""
    spec = KINDS.get(noun)
    words: dict[str, type[StrEnum]] = {
        each.name: each.load
        for each in (spec.fields if spec else ())
        if each.load is not None and not issubclass(each.load, tuple)
    }
    return words | {name: known for (of, name), known in _VOCABULARIES.items() if of == noun}


def _name(session: Session, entity: str, tr: Translator) -> str:
    """Return what people call the thing with this id, "" if it has no name."""
    store = session.store
    kinds: tuple[type[Person | Unit | Hall | Trip], ...] = (Person, Unit, Hall, Trip)
    for kind in kinds:
        named = store.get(kind, entity)
        if named is not None:
            return named.name
    if window := store.get(Window, entity):
        return tr("window {number}", number=window.number or window.label)
    if finding := store.get(Finding, entity):
        return finding_label(finding, tr.lang)
    if file := store.get(Evidence, entity):
        return file.original_name
    visit = store.get(Visit, entity)
    return visit_label(visit, tr.lang) if visit else ""
