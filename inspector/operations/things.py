"""What a thing of any noun is called in one line, without reading more than it needs."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from inspector.base.errors import MingchaError
from inspector.domain.entities import Entity, Visit
from inspector.domain.names import noun_name
from inspector.domain.schema import KINDS
from inspector.operations.records import load_record
from inspector.operations.values import Values
from inspector.report.telling import tell
from inspector.report.wording import Words

if TYPE_CHECKING:
    from inspector.base.i18n import Translator
    from inspector.operations.session import Session

#: Parts of a visit that no line about one of its facts needs.
_WITHOUT = frozenset({"evidence", "placements", "sightings", "clock_checks", "answers"})

#: Nouns whose line says itself what it is about.
_SELF_TOLD = frozenset(
    {
        *("visit", "window", "finding", "finding_person", "confirmation", "answer", "event"),
        *("round", "sighting", "sweep", "wait", "head_count", "remark"),
    }
)


class Things:
    """Puts things into lines; what was read of a visit is kept, so ask one of these for many."""

    def __init__(self, session: Session, tr: Translator, zone: int) -> None:
        """`zone`: minutes east of UTC in which times are told."""
        self.values = Values(session, tr, zone)
        self._session = session
        self._tr = tr
        self._words: dict[str, Words | None] = {}

    def entity(self, noun: str, entity: str) -> Entity | None:
        """Return a thing as the record has it now; None if this version does not know its noun."""
        spec = KINDS.get(noun)
        return cast("Entity | None", self._session.store.get(spec.cls, entity)) if spec else None

    def visit_of(self, noun: str, entity: str) -> str:
        """Return the visit that a thing belongs to, "" for one of none."""
        if noun == "visit":
            return entity
        return str(getattr(self.entity(noun, entity), "visit", "") or "")

    def line(self, noun: str, entity: str) -> str:
        """Return a thing in one line: its noun, and what tells it from others."""
        tr = self._tr
        found = self.entity(noun, entity)
        name = noun_name(noun).of(tr.lang)
        words = self._words_of(self.visit_of(noun, entity)) if noun != "visit" else None
        said = tell(found, words) if found is not None and words is not None else ""
        if not said or said == tr("entry {id}", id=entity):
            said = self.values.name(entity)
        elif noun in _SELF_TOLD:
            return " ".join(said.split())
        if noun in ("visit", "window"):
            return said
        return tr("{kind}: {text}", kind=name, text=" ".join(said.split()))

    def _words_of(self, visit: str) -> Words | None:
        if visit and visit not in self._words:
            self._words[visit] = self._read(visit)
        return self._words.get(visit)

    def _read(self, visit: str) -> Words | None:
        if self._session.store.get(Visit, visit) is None:
            return None
        try:
            record = load_record(self._session, visit, without=_WITHOUT)
        except MingchaError as error:
            # The place, or the sealed values, may not have arrived from the other laptop yet.
            if error.code not in ("not_found", "seal_damaged", "blob_missing"):
                raise
            return None
        return Words(record, self._tr)
