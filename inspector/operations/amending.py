"""The timeline while a visit is open: writing an entry, mending its words, time and observer.

Earlier values stay in the record. After the seal `operations.correcting` does the same.
"""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from inspector.base.errors import MingchaError
from inspector.base.patterns import pattern
from inspector.domain.corrections import check_fact
from inspector.domain.entities import ClockCheck, Event, Fact, Finding, HeadCount, Remark
from inspector.domain.schema import KIND_OF, KINDS
from inspector.domain.vocabulary import EventKind, RemarkKind
from inspector.operations.evidence import void_clock_check
from inspector.operations.findings import amend_finding
from inspector.operations.observing import count_heads, remark
from inspector.operations.recording import amend, get, require_observer, void
from inspector.operations.visits import note_event

if TYPE_CHECKING:
    from inspector.domain.times import Seen
    from inspector.operations.session import Session


class EntryKind(StrEnum):
    """What a line that somebody writes becomes."""

    NOTE = "note"
    REMARK = "remark"
    HEADS = "heads"
    REQUEST = "request"
    ARRIVED = "arrived"
    LEFT = "left"


_EVENTS = {EntryKind.ARRIVED: EventKind.ARRIVED, EntryKind.LEFT: EventKind.LEFT}
_REMARKS = {
    EntryKind.REMARK: RemarkKind.REMARK,
    EntryKind.REQUEST: RemarkKind.SCRIPTED_REQUEST,
}
_RATIO = pattern(r"(\d{1,5})\s*[/／]\s*(\d{1,5})")


def write_entry(
    session: Session, visit: str, kind: EntryKind, text: str, seen: Seen, *, reply: str = ""
) -> None:
    """Record a line as what it is said to be; “9/12” counts the windows that are staffed.

    Raises MingchaError `text_missing` for a note or remark without words, `head_count_unreadable`,
    `head_count_impossible`.
    """
    if kind in _REMARKS:
        entry = Remark(id="", visit=visit, kind=_REMARKS[kind], text=text, reply=reply)
        remark(session, entry, seen)
    elif kind is EntryKind.HEADS:
        found = _RATIO.fullmatch(text.strip())
        if found is None:
            raise MingchaError("head_count_unreadable", text=text[:40])
        staffed, total = map(int, found.groups())
        count_heads(session, HeadCount(id="", visit=visit, staffed=staffed, total=total), seen)
    else:
        if kind is EntryKind.NOTE and not text.strip():
            raise MingchaError("text_missing")
        note_event(session, visit, _EVENTS.get(kind, EventKind.NOTE), seen, text)


def text_field(fact: Fact) -> str:
    """Return the field that holds the words of an entry, "" if it has none."""
    names = KINDS[KIND_OF[type(fact)]].names
    return next((name for name in ("text", "note") if name in names), "")


def may_be_retimed(fact: Fact) -> bool:
    """Tell whether the time of an entry may be changed here.

    The order of phases is checked when they are entered: a wrong one is withdrawn and entered anew.
    """
    return not (isinstance(fact, Event) and fact.kind is EventKind.PHASE)


def mend(
    session: Session, fact: Fact, *, text: str | None = None, seen: Seen | None = None
) -> None:
    """Change the words, or when and by whom it was seen, of an entry of an open visit.

    Raises MingchaError `observer_not_member`, `text_missing`, and what `check_fact` raises.
    """
    fields: dict[str, Any] = {}
    name = text_field(fact)
    if text is not None and name:
        fields[name] = text
    if seen is not None and may_be_retimed(fact):
        require_observer(session, fact.visit, seen)
        fields |= seen.fields()
    current = get(session, type(fact), fact.id)
    changed = {key: value for key, value in fields.items() if getattr(current, key) != value}
    if not changed:
        return
    check_fact(replace(current, **changed))
    if isinstance(fact, Finding):
        amend_finding(session, fact.id, changed)
    else:
        amend(session, type(fact), fact.id, changed)


def withdraw_entry(session: Session, visit: str, noun: str, entry: str, reason: str) -> None:
    """Withdraw one entry of an open visit, with the reason. Raises MingchaError `not_found`."""
    cls = KINDS[noun].cls
    if getattr(get(session, cls, entry), "visit", "") != visit:
        raise MingchaError("not_found", kind=noun, name=entry)
    if cls is ClockCheck:
        void_clock_check(session, entry, reason)
    else:
        void(session, cls, entry, reason)
