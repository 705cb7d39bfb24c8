"""One fact in one line, for the timeline and the list of corrections."""

from __future__ import annotations

from functools import singledispatch

from inspector.domain import waits
from inspector.domain.absences import was_closed
from inspector.domain.entities import (
    Answer,
    Confirmation,
    Entity,
    Event,
    Evidence,
    Feedback,
    Finding,
    FindingPerson,
    HeadCount,
    Remark,
    Round,
    Sighting,
    Statement,
    Sweep,
    Wait,
)
from inspector.domain.phases import typed_for
from inspector.domain.terms import term
from inspector.domain.vocabulary import EventKind, Phase

# Needed at run time: singledispatch reads the annotations.
from inspector.report.wording import Words


@singledispatch
def tell(fact: Entity, words: Words) -> str:
    """Return `fact` in one line. Kinds that papers never list are told by their id."""
    return words.tr("entry {id}", id=fact.id)


@tell.register
def _event(fact: Event, words: Words) -> str:
    tr = words.tr
    if fact.kind is EventKind.REVEAL:
        text = tr("{name} shows identity", name=words.person(fact.observer))
        if fact.to_whom:
            text = tr("{text} to {person}", text=text, person=fact.to_whom)
        if fact.document:
            text = tr("{text}, document: {document}", text=text, document=fact.document)
        return words.clauses([text, fact.note])
    if fact.kind is EventKind.NOTE and fact.note:
        return fact.note
    if fact.kind is EventKind.PHASE and fact.phase in set(Phase):
        text = tr("Phase begins: {phase}", phase=term(Phase(fact.phase), words.lang))
        return words.clauses([text, fact.note])
    if fact.kind is EventKind.PHOTOS_COUNTED:
        return _photos_counted(fact, words)
    note = fact.note
    if fact.kind is EventKind.RULES_ACCEPTED and (typist := typed_for(fact)):
        note = tr("entered by {name}", name=words.person(typist))
    return words.clauses([term(fact.kind, words.lang), note])


def _photos_counted(fact: Event, words: Words) -> str:
    name = words.person(fact.observer)
    if not fact.note:
        return words.tr("{name}: no photograph is left on telephone or camera", name=name)
    return words.tr(
        "{name}: photographs left on telephone or camera: {note}", name=name, note=fact.note
    )


@tell.register
def _round(fact: Round, words: Words) -> str:
    where = words.part(fact) or words.whole
    return words.tr("Round {number} past the windows: {where}", number=fact.number, where=where)


@tell.register
def _sighting(fact: Sighting, words: Words) -> str:
    tr = words.tr
    text = tr(
        "{window}: {state}", window=words.window(fact.window), state=term(fact.state, words.lang)
    )
    if fact.people_waiting is not None:
        text = words.clauses([text, tr("{count} people waiting", count=fact.people_waiting)])
    watched = tr("watched without a break") if fact.continuous else ""
    closed = tr("outside the opening hours") if was_closed(words.record, fact) else ""
    return words.clauses([text, watched, closed, fact.note])


@tell.register
def _sweep(fact: Sweep, words: Words) -> str:
    where = words.part(fact) or words.whole
    return words.tr(
        "Rest of {where}, {count} windows in one look: {state}",
        where=where,
        count=len(fact.windows),
        state=term(fact.state, words.lang),
    )


@tell.register
def _wait(fact: Wait, words: Words) -> str:
    text = waits.sentence(fact, words.tr)
    return words.clauses([words.tr("Waiting – {text}", text=text), fact.note])


@tell.register
def _head_count(fact: HeadCount, words: Words) -> str:
    where = words.part(fact) or words.whole
    text = words.tr(
        "Head count, {where}: {staffed} of {total} windows staffed",
        where=where,
        staffed=fact.staffed,
        total=fact.total,
    )
    return words.clauses([text, fact.note])


@tell.register
def _remark(fact: Remark, words: Words) -> str:
    text = words.tr("{kind}: {text}", kind=term(fact.kind, words.lang), text=fact.text)
    if fact.reply:
        text = words.tr("{text} – reply: {reply}", text=text, reply=fact.reply)
    return text


@tell.register
def _finding(fact: Finding, words: Words) -> str:
    return words.tr("Finding {number}: {text}", number=words.short_number(fact), text=fact.text)


@tell.register
def _person(fact: FindingPerson, words: Words) -> str:
    identity = " ".join(part for part in (fact.identity, fact.identity_post) if part)
    about = next((each for each in words.record.findings if each.id == fact.finding), None)
    number = words.short_number(about) if about else fact.finding
    return words.tr(
        "Person in finding {number}: {text}",
        number=number,
        text=words.clauses([fact.description, identity]),
    )


@tell.register
def _confirmation(fact: Confirmation, words: Words) -> str:
    about = next((each for each in words.record.findings if each.id == fact.finding), None)
    return words.tr(
        "Finding {number} confirmed by {name}: {method}",
        number=words.short_number(about) if about else fact.finding,
        name=words.person(fact.observer),
        method=term(fact.method, words.lang),
    )


@tell.register
def _feedback(fact: Feedback, words: Words) -> str:
    count = len(fact.findings)
    text = words.tr("{count} findings were told to the unit", count=count)
    return words.clauses([text, words.join(fact.people_present)])


@tell.register
def _statement(fact: Statement, words: Words) -> str:
    return words.position(fact) + (f"\n{fact.text}" if fact.text else "")


@tell.register
def _answer(fact: Answer, words: Words) -> str:
    result = term(fact.conformity, words.lang)
    question = words.question(fact.item)
    if question:
        return words.tr(
            "Item {item}, {question}: {result}", item=fact.item, question=question, result=result
        )
    return words.tr("Item {item}: {result}", item=fact.item, result=result)


@tell.register
def _evidence(fact: Evidence, words: Words) -> str:
    return fact.caption or fact.original_name or fact.sha256
