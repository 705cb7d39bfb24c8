"""Notes typed elsewhere, pasted in: one action for the whole list."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from inspector.base.values import frozen
from inspector.domain.entities import Event, Fact, HeadCount, Remark, Sighting, Visit, Wait
from inspector.domain.paste import parse_notes
from inspector.domain.paste_lines import (
    HeadCountLine,
    ParsedLine,
    RemarkLine,
    SightingLine,
    UnreadLine,
    WaitLine,
)
from inspector.domain.times import DEFAULT_PRECISION, Seen
from inspector.domain.vocabulary import EventKind, TimeSource
from inspector.operations.places import windows_of
from inspector.operations.recording import get, record, require_observer, require_open
from inspector.operations.seeing import day_of, usual_observer, zone_of

if TYPE_CHECKING:
    from datetime import date

    from inspector.domain.changes import Changes
    from inspector.operations.session import Session


def read_notes(session: Session, visit: str, text: str, day: date, zone: int) -> list[ParsedLine]:
    """Return what each line of `text` means, to be shown before it is recorded."""
    found = require_open(session, visit)
    return list(parse_notes(text, windows_of(session, found.hall), day, zone))


def paste(session: Session, visit: str, lines: list[ParsedLine], seen: Seen) -> Changes:
    """Record what `read_notes` returned; lines that were not read are kept as notes.

    `seen` says who observed it and what the times rest on; the times are the lines' own. Its own
    time, if it has one, is that of the lines whose time was not read.
    """
    require_observer(session, visit, seen)
    facts = [fact for line in lines for fact in _facts(session, visit, line, seen)]
    return record(session, visit, *facts)


def _facts(session: Session, visit: str, line: ParsedLine, seen: Seen) -> list[Fact]:
    if isinstance(line, UnreadLine):
        timed = line.start is not None
        at = replace(seen, start=line.start, end=line.end) if timed else seen
        return [_note(session, visit, line, at)]
    if isinstance(line, WaitLine):
        at = replace(seen, start=line.joined, end=line.ended or line.called or line.until)
        return [_wait(session, visit, line, at)]
    at = replace(seen, start=line.start, end=getattr(line, "end", None))
    if isinstance(line, SightingLine):
        return [
            Sighting(
                id=session.store.new_id(),
                visit=visit,
                window=window,
                state=line.state,
                continuous=line.continuous,
                people_waiting=line.people_waiting,
                note=line.note,
                **at.fields(),
            )
            for window in line.windows
        ]
    return [_other(session, visit, line, at)]


def _other(
    session: Session, visit: str, line: HeadCountLine | RemarkLine, at: Seen
) -> HeadCount | Remark:
    new = session.store.new_id()
    if isinstance(line, HeadCountLine):
        return HeadCount(
            id=new,
            visit=visit,
            staffed=line.staffed,
            total=line.total,
            note=line.note,
            **at.fields(),
        )
    return Remark(id=new, visit=visit, kind=line.kind, text=line.text, **at.fields())


def _wait(session: Session, visit: str, line: WaitLine, at: Seen) -> Wait:
    return Wait(
        id=session.store.new_id(),
        visit=visit,
        window=line.window,
        ticket=line.ticket,
        joined=line.joined,
        called=line.called,
        ended=line.ended,
        outcome=line.outcome,
        **at.fields(),
    )


def _note(session: Session, visit: str, line: UnreadLine, seen: Seen) -> Event:
    """Keep an unread line as a note: nothing that was pasted is dropped."""
    return Event(
        id=session.store.new_id(),
        visit=visit,
        kind=EventKind.NOTE,
        note=line.raw,
        **seen.fields(),
    )


@frozen
class Preview:
    """A pasted line with the facts that it would become."""

    line: ParsedLine
    facts: tuple[Fact, ...]


def noted(session: Session, visit: str, observer: str, source: TimeSource | None) -> Seen:
    """Return who saw what stands in notes, and what its times rest on: a note, unless said."""
    found = get(session, Visit, visit)
    source = source or TimeSource.NOTE
    who = observer or usual_observer(session, found)
    return Seen(who, None, None, zone_of(session, found), source, DEFAULT_PRECISION[source])


def preview(
    session: Session, visit: str, text: str, seen: Seen, day: date | None = None
) -> list[Preview]:
    """Return what notes would become.

    Without a `day`, on the one that the visit is known to have happened.
    """
    day = day or day_of(session, get(session, Visit, visit))
    lines = read_notes(session, visit, text, day, seen.zone)
    return [Preview(line, tuple(_facts(session, visit, line, seen))) for line in lines]
