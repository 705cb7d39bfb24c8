"""Conflicts: two laptops wrote one field without knowing of each other. A person says what holds.

Nothing waits for it except the seal of the visit it is in. It is found in the candidates of the
record itself, so it cannot be forgotten; equal values are none.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from inspector.base.errors import MingchaError
from inspector.base.i18n import translator
from inspector.domain.entities import Evidence, Hall, Person, Seal, Visit
from inspector.domain.names import field_name, noun_name
from inspector.domain.numbers import device_prefix, visit_label
from inspector.ledger.operation import parse
from inspector.operations.discretion import NO_CODE, covert_now, in_sight
from inspector.operations.things import Things
from inspector.storage.conflicts import count_differing, differing
from inspector.storage.store import Edit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from inspector.base.i18n import Lang
    from inspector.domain.changes import Changes
    from inspector.operations.session import Session
    from inspector.storage.conflicts import Candidate, Differing

#: Nouns whose values tell where an inspector is.
_PLACES = frozenset({"hall", "unit"})
#: Hexadecimal digits by which people name a conflict.
_CODE = 6
_FILES = "void IS NULL AND id IN (SELECT evidence FROM placement WHERE target = ? AND void IS NULL)"


@dataclass(frozen=True, slots=True)
class Side:
    """One of the values: as recorded and as people read it, who wrote it, when, why.

    ms: the claim of the clock of that device; zone: of the place, or of that device for what
    belongs to no visit; device: the prefix of its provisional numbers.
    """

    operation: str
    value: Any
    text: str
    by: str
    name: str
    ms: int
    zone: int
    device: str
    why: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field of a thing with the values that stand beside each other, the shown one first.

    code: by which people name it; it stays as long as the conflict does. title: the thing in one
    line; label: the name of the field; visit, visit_label, place: where it belongs, "" for what
    belongs to no visit. sealed: its visit is sealed, so that choosing changes no sealed paper.
    evidence: the files placed at the thing.
    """

    code: str
    noun: str
    id: str
    field: str
    title: str
    label: str
    visit: str
    visit_label: str
    place: str
    sealed: bool
    sides: tuple[Side, ...]
    evidence: tuple[Evidence, ...]


def count_conflicts(session: Session) -> int:
    """Return how many conflicts there are."""
    return count_differing(session.store.db)


def conflicts(session: Session, lang: Lang, visit: str = "") -> tuple[Conflict, ...]:
    """Return the conflicts, those written to last first; of one `visit` if it is named.

    Places are named by code only while a covert part is going on.
    """
    reader = _Reader(session, lang)
    return tuple(
        reader.conflict(each, belongs)
        for each in differing(session.store.db)
        if (belongs := reader.things.visit_of(each.noun, each.id)) == visit or not visit
    )


def resolve(session: Session, code: str, side: int, why: str = "") -> Changes:
    """Record that the value at `side` (from 1) holds; the operation replaces all candidates.

    Raises MingchaError `conflict_not_found`, `conflict_ambiguous`, `conflict_side_missing`.
    """
    wanted = code.strip().lower()
    found = [each for each in differing(session.store.db) if _code(each).startswith(wanted)]
    if not found or not wanted:
        raise MingchaError("conflict_not_found", code=code)
    if len(found) > 1:
        raise MingchaError("conflict_ambiguous", code=code)
    [open_field] = found
    if not 1 <= side <= len(open_field.candidates):
        raise MingchaError("conflict_side_missing", side=side)
    return _settle(session, open_field, open_field.candidates[side - 1], why)


def resolve_with(session: Session, code: str, operation: str, why: str = "") -> Changes:
    """Record that the value which `operation` wrote holds (see `resolve`).

    For windows: what arrived since they showed the sides changes no number there.
    """
    found = next((each for each in differing(session.store.db) if _code(each) == code), None)
    if found is None:
        raise MingchaError("conflict_not_found", code=code)
    chosen = next((each for each in found.candidates if each.op == operation), None)
    if chosen is None:
        raise MingchaError("conflict_side_missing", side=operation[:8])
    return _settle(session, found, chosen, why)


def _settle(session: Session, found: Differing, chosen: Candidate, why: str) -> Changes:
    things = Things(session, translator("en"), 0)
    edit = Edit(found.noun, found.id, {found.field: chosen.value}, why.strip())
    return session.store.commit([edit], visit=things.visit_of(found.noun, found.id))


def _code(found: Differing) -> str:
    key = "\0".join((found.noun, found.id, found.field))
    return hashlib.sha256(key.encode()).hexdigest()[:_CODE]


class _Reader:
    """Reads what is told of conflicts; what several of them need is read once."""

    def __init__(self, session: Session, lang: Lang) -> None:
        self._session = session
        self._lang = lang
        self._covert = covert_now(session)
        self._by_zone: dict[int, Things] = {}
        self._zone = session.store.clock.read().zone
        self.things = self._told_in(self._zone)

    def _told_in(self, zone: int) -> Things:
        """Return what tells things with times in a zone (minutes east of UTC)."""
        if zone not in self._by_zone:
            self._by_zone[zone] = Things(self._session, translator(self._lang), zone)
        return self._by_zone[zone]

    def conflict(self, found: Differing, visit: str) -> Conflict:
        """Return a conflict in words; times are those of the place."""
        store = self._session.store
        about = store.get(Visit, visit) if visit else None
        hall = store.get(Hall, about.hall) if about else None
        self.things = self._told_in(hall.zone_minutes if hall else self._zone)
        return Conflict(
            code=_code(found),
            noun=found.noun,
            id=found.id,
            field=found.field,
            title=self._title(found),
            label=field_name(found.field).of(self._lang),
            visit=visit,
            visit_label=visit_label(about, self._lang) if about else "",
            place=((hall.code or NO_CODE) if self._covert else hall.name) if hall else "",
            sealed=bool(visit) and bool(store.select(Seal, "visit = ? AND void IS NULL", visit)),
            sides=tuple(self._sides(found, hall.zone_minutes if hall else None)),
            evidence=tuple(map(self._named, store.select(Evidence, _FILES, found.id))),
        )

    def _named(self, file: Evidence) -> Evidence:
        """Return a file whose name names no place either."""
        return replace(file, original_name=self._in_sight(file.original_name))

    def _title(self, found: Differing) -> str:
        if not self._is_hidden(found):
            return self._in_sight(self.things.line(found.noun, found.id))
        hall = self._session.store.get(Hall, found.id)
        code = hall.code if hall else ""
        return f"{noun_name(found.noun).of(self._lang)} {code or NO_CODE}"

    def _is_hidden(self, found: Differing) -> bool:
        """Tell whether it says what a place is called, which nobody may read now."""
        return self._covert and found.noun in _PLACES

    def _text(self, found: Differing, value: Any) -> str:
        if self._is_hidden(found):
            tr = translator(self._lang)
            return tr("shown once nobody is covert any more")
        return self._in_sight(self.things.values.value(found.noun, found.field, value))

    def _in_sight(self, text: str) -> str:
        return in_sight(self._session, text) if self._covert else text

    def _sides(self, found: Differing, zone: int | None) -> Iterator[Side]:
        store = self._session.store
        for candidate in found.candidates:
            raw = store.log.get(candidate.op)
            if raw is None:
                continue
            operation = parse(raw)
            header = operation.header
            person = store.get(Person, header.by) if header.by else None
            why = next(
                (c.why for c in operation.changes if c and (c.entity, c.id) == found[:2]), ""
            )
            yield Side(
                operation=candidate.op,
                value=candidate.value,
                text=self._text(found, candidate.value),
                by=header.by,
                name=person.name if person else "",
                ms=header.reading.ms,
                zone=header.reading.zone if zone is None else zone,
                device=device_prefix(header.log),
                why=self._in_sight(why),
            )
