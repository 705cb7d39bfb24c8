"""What came late to a sealed visit: told beside it, and said to be no part of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from inspector.base.i18n import N_
from inspector.domain.clocktext import clock, iso_day
from inspector.domain.entities import Visit
from inspector.domain.names import field_name, noun_name
from inspector.domain.schema import KIND_OF, KINDS
from inspector.domain.terms import void_reason
from inspector.report.outline import Block, Cell, Column, Table, Text
from inspector.report.telling import tell
from inspector.report.values import value_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from inspector.domain.record import Late
    from inspector.report.wording import Words

#: Fields that say where a thing stands in the record, not what was seen.
_SILENT = frozenset({"void", "visit", "device", "number", "observed_zone", "metadata", "secret"})

ADDED, CHANGED, WITHDRAWN = N_("added late"), N_("changed late"), N_("withdrawn late")
#: A change that was turned down: what was sealed stands again.
SET_BACK = N_("changed late and set back as sealed")


@dataclass(frozen=True, slots=True)
class LateLine:
    """A late addition in words.

    what: the thing, and what is said of it; how: added, changed or withdrawn; by: who wrote it,
    when; edition: that has adopted it, 0 if none has. waits: a supplement can adopt it. stays: why
    none ever can, "" if one can or has, or if nothing is left of it.
    """

    id: str
    noun: str
    how: str
    what: str
    by: str
    edition: int
    waits: bool
    stays: str


def late_lines(words: Words) -> tuple[LateLine, ...]:
    """Return what came late to a visit and the editions before it, as people read it."""
    return tuple(_line(each, words) for each in words.record.late)


def late_chapter(words: Words) -> list[Block]:
    """Return the chapter of a dossier about what came late, nothing if nothing did."""
    lines, tr = late_lines(words), words.tr
    if not lines:
        return []
    columns = (
        Column(tr("Entry"), 50),
        Column(tr("What it is"), 22),
        Column(tr("Written by"), 28),
    )
    rows = tuple((Cell(each.what), Cell(state(each, words)), Cell(each.by)) for each in lines)
    note = tr(
        "These entries reached the record after the visit was sealed, from a device that did not "
        "know of the seal. They are kept, and are no part of what was sealed."
    )
    return [Text(note), Table(columns, rows, tr("Late additions"))]


def state(line: LateLine, words: Words) -> str:
    """Return how something came late, and whether a supplement has adopted it."""
    how = words.tr(line.how)
    if line.stays:
        return words.clauses([how, line.stays])
    if not line.edition:
        return how
    return words.tr("{how}; adopted in edition {number}", how=how, number=line.edition)


def _line(late: Late, words: Words) -> LateLine:
    entity, before = late.entity, late.before
    noun = KIND_OF[type(entity)]
    how = ADDED if before is None else CHANGED if entity.void is None else WITHDRAWN
    if late.is_set_back:
        how = SET_BACK
    what = _told(late, words)
    if how == CHANGED:
        what = words.clauses([what, *_changes(late, words)])
    if entity.void is not None:
        reason = void_reason(entity.void, words.lang)
        what = words.clauses([what, words.tr("withdrawn: {reason}", reason=reason)])
    when = f"{iso_day(late.ms, late.zone)} {clock(late.ms, late.zone)}"
    by = words.tr("{name}, {when}", name=words.person(late.by), when=when)
    waits = late.is_adoptable and not late.edition
    stays = "" if waits or late.edition or late.is_set_back else _why_it_stays(late, words)
    return LateLine(entity.id, noun, how, what, by, late.edition, waits, stays)


def _why_it_stays(late: Late, words: Words) -> str:
    """Say why no supplement can adopt something: it stays named here for good."""
    if late.before is None and late.entity.void is not None:
        return words.tr("it was taken back, so no supplement adopts it; it stays named here")
    return words.tr("no fact of the visit, so no supplement adopts it; it stays named here")


def _told(late: Late, words: Words) -> str:
    told = late.before or late.entity
    if isinstance(told, Visit):
        return noun_name("visit").of(words.lang)
    said = " ".join(tell(told, words).split())
    if said == words.tr("entry {id}", id=told.id):
        return noun_name(KIND_OF[type(told)]).of(words.lang)
    return said


def _changes(late: Late, words: Words) -> Iterator[str]:
    assert late.before is not None  # only what was sealed can have changed
    for item in KINDS[KIND_OF[type(late.entity)]].fields:
        old, new = getattr(late.before, item.name), getattr(late.entity, item.name)
        if old != new and item.name not in _SILENT:
            yield words.tr(
                "{field}: {before} → {now}",
                field=field_name(item.name).of(words.lang),
                before=value_text(item.name, old, words),
                now=value_text(item.name, new, words),
            )
