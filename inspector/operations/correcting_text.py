"""Corrections as people type them: the fields of a fact and their values as text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from inspector.base.errors import MingchaError
from inspector.base.i18n import N_, translator
from inspector.domain.answer_text import answer_text
from inspector.domain.clocktext import clock, iso_day, parse_moment
from inspector.domain.corrections import correctable
from inspector.domain.entities import Answer, ClockCheck, Event, Fact, Finding, Visit
from inspector.domain.facts import effective
from inspector.domain.names import field_name
from inspector.domain.numbers import finding_label
from inspector.domain.record import PARTS
from inspector.domain.schema import KIND_OF, KINDS, plain
from inspector.domain.terms import SEVERITIES, parse_term, severity_name, term
from inspector.domain.times import Seen
from inspector.domain.vocabulary import AnswerType, Conformity, EventKind, TimeSource
from inspector.operations.correcting import correct, find_fact
from inspector.operations.evidence import find_evidence
from inspector.operations.findings import find_finding
from inspector.operations.local_catalogues import day_of_validity, situations_of
from inspector.operations.people import find_person
from inspector.operations.recording import RUNNING_TEXT, find_window, get
from inspector.operations.records import load_edition
from inspector.operations.seeing import zone_of
from inspector.report.telling import tell
from inspector.report.values import MOMENTS, value_text
from inspector.report.wording import Words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from inspector.base.i18n import Lang
    from inspector.domain.catalogues import Situation
    from inspector.domain.record import VisitRecord
    from inspector.domain.schema import FieldSpec
    from inspector.operations.session import Session

_TRUE = frozenset({"yes", "true", "1", "是"})
_FALSE = frozenset({"no", "false", "0", "否"})

#: What the entries of a visit are called, in the order in which they are listed.
NOUNS: dict[str, str] = {
    "finding": N_("Findings"),
    "answer": N_("Answers"),
    "sighting": N_("Windows seen"),
    "sweep": N_("Windows seen together"),
    "wait": N_("Waiting"),
    "head_count": N_("Windows staffed"),
    "remark": N_("Remarks"),
    "event": N_("Timeline"),
    "evidence": N_("Photographs and files"),
    "feedback": N_("Feedback"),
    "statement": N_("Statements of the unit"),
    "round": N_("Rounds"),
    "confirmation": N_("Confirmations"),
}
#: Fields that follow from others, or that nobody would know by heart.
_NOT_ASKED = frozenset({"observed_zone", "time_precision", "windows"})
_SEEN = frozenset(Seen("", None, None, 0, TimeSource.LIVE, 0).fields())


def read_field(
    session: Session, visit: Visit, fact: Fact, name: str, text: str, day: date | None = None
) -> Any:
    """Return the value that `text` gives a field of `fact` in the supplement `visit`.

    Nothing empties the field. `day` is that of a time without one (the day of the entry). Raises
    MingchaError `field_not_correctable`, `value_unreadable`, and what finding the named thing or
    reading the time raises.
    """
    value = text.strip()
    noun = KIND_OF[type(fact)]
    spec = next((each for each in KINDS[noun].fields if each.name == name), None)
    if spec is None or name not in correctable(type(fact)):
        raise MingchaError("field_not_correctable", field=name, kind=noun)
    if not value:
        return getattr(type(fact)(id=""), name)
    if name in MOMENTS:
        zone = zone_of(session, visit)
        entry = fact.observed_from if fact.observed_from is not None else fact.entered.ms
        return parse_moment(value, day or date.fromisoformat(iso_day(entry, zone)), zone)
    known = _known(session, visit, name, value)
    return known if known is not None else _value(spec, value)


def _known(session: Session, visit: Visit, name: str, value: str) -> Any:
    """Return the id of what a field names; None for a field that names nothing."""
    original = visit.supplement_of or visit.id
    if name in ("observer", "identity_by"):
        return find_person(session, value).id
    if name == "window":
        return find_window(session, visit.hall, value).id
    if name in ("sheet", "evidence"):
        return find_evidence(session, visit.id, value).id
    if name == "finding":
        return find_finding(session, original, value).id
    if name == "findings":
        return tuple(find_finding(session, original, each).id for each in _parts(value))
    return None


def _value(spec: FieldSpec, value: str) -> Any:
    if spec.load is tuple:
        return _parts(value)
    if spec.load is not None and not issubclass(spec.load, tuple):
        return parse_term(spec.load, value)
    if spec.column == "boolean" and value.casefold() in _TRUE | _FALSE:
        return value.casefold() in _TRUE
    if spec.column == "integer" and re.fullmatch(r"-?[0-9]{1,15}", value):
        return int(value)
    if spec.column in ("boolean", "integer"):
        raise MingchaError("value_unreadable", text=value, field=spec.name)
    return value


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part for each in re.split(r"[,，;；、]", text) if (part := each.strip()))


# -- for forms -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FactRow:
    """An entry that a supplement may correct: its noun and how it reads in one line.

    corrected: this supplement says how it should read; withdrawn: it says that it does not hold.
    """

    id: str
    noun: str
    line: str
    corrected: bool
    withdrawn: bool


class Input(StrEnum):
    """How a value is entered."""

    LINE = "line"
    TEXT = "text"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class FieldForm:
    """One field: what was sealed as people read it, and what stands now as `read_field` reads it.

    options: for a choice, what is read back and how it is called.
    """

    name: str
    label: str
    input: Input
    before: str
    text: str
    options: tuple[tuple[str, str], ...] = ()


def correctable_facts(session: Session, supplement: str, lang: Lang) -> tuple[FactRow, ...]:
    """Return the entries that hold of the editions before `supplement`, grouped by noun.

    What this supplement corrects is listed as it reads now.
    """
    record = load_edition(session, supplement)
    words = Words(record, translator(lang))
    rows: list[FactRow] = []
    for noun in NOUNS:
        part = next(name for name, cls in PARTS.items() if KIND_OF[cls] == noun)
        facts = getattr(record, part)
        mine = {each.replaces: each for each in facts if each.visit == supplement and not each.void}
        shown = {each.id for each in effective(facts)} | set(mine)
        for fact in facts:
            if fact.visit == supplement or fact.id not in shown or isinstance(fact, ClockCheck):
                continue
            new = mine.get(fact.id)
            withdrawn = bool(new and new.withdrawn)
            told = fact if new is None or withdrawn else new
            line = " ".join(tell(told, words).split())
            rows.append(FactRow(fact.id, noun, line, new is not None, withdrawn))
    return tuple(rows)


def field_forms(session: Session, supplement: str, fact: str, lang: Lang) -> tuple[FieldForm, ...]:
    """Return the form by which a supplement corrects an entry. Raises `fact_not_found`."""
    old = find_fact(session, supplement, fact)
    record = load_edition(session, supplement)
    words = Words(record, translator(lang))
    new = next(
        (
            each
            for name in PARTS
            for each in getattr(record, name)
            if isinstance(each, Fact) and each.replaces == old.id and each.void is None
        ),
        old,
    )
    named: Mapping[str, Situation] = {}
    if isinstance(old, Finding):
        named = situations_of(session, day_of_validity(session, old.visit))
    return tuple(_forms(words, old, new, named))


def _forms(
    words: Words, old: Fact, new: Fact, named: Mapping[str, Situation]
) -> Iterator[FieldForm]:
    spec = KINDS[KIND_OF[type(old)]]
    asked = [item for item in spec.fields if item.name in correctable(type(old)) - _NOT_ASKED]
    for item in sorted(asked, key=lambda each: each.name in _SEEN):
        if item.name == "phase" and isinstance(old, Event) and old.kind is not EventKind.PHASE:
            continue
        options = (
            _situations(words, new, named)
            if item.name == "situations"
            else _options(words, item, old)
        )
        kind = Input.TEXT if item.name in RUNNING_TEXT else Input.LINE
        yield FieldForm(
            name=item.name,
            label=field_name(item.name).of(words.lang),
            input=Input.CHOICE if options else kind,
            before=_before(words, item, old),
            text=_text(words, item, new),
            options=options,
        )


def _before(words: Words, item: FieldSpec, fact: Fact) -> str:
    value = getattr(fact, item.name)
    if item.name in MOMENTS:
        return _moment(words.record, fact, value) or "–"
    if item.name == "value" and isinstance(fact, Answer):
        return _answer(words, fact)
    if item.name == "findings":
        return _text(words, item, fact)
    named = dict(_options(words, item, fact))
    return named.get(str(plain(value)), "") or value_text(item.name, value, words)


def _text(words: Words, item: FieldSpec, fact: Fact) -> str:
    value = getattr(fact, item.name)
    if value is None:
        return ""
    if item.name in MOMENTS:
        return _moment(words.record, fact, value)
    if item.name == "value" and isinstance(fact, Answer):
        return _answer(words, fact)
    if item.name == "findings":
        known = {each.id: words.short_number(each) for each in words.record.findings}
        return "、".join(known.get(each, each) for each in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return "、".join(str(each) for each in value)
    return str(plain(value))


def _answer(words: Words, fact: Answer) -> str:
    items = words.record.checklist.items if words.record.checklist else ()
    item = next((each for each in items if each.code == fact.item), None)
    if item is None or item.answer_type is AnswerType.YES_NO:
        return term(fact.conformity, words.lang)
    return answer_text(item, fact.value, words.lang, fact.conformity)


def _moment(record: VisitRecord, fact: Fact, ms: int | None) -> str:
    """Return a moment; with its day where that is not the one of the entry."""
    if ms is None:
        return ""
    zone = record.hall.zone_minutes
    text = clock(ms, zone, seconds=bool(ms // 1000 % 60))
    first = fact.observed_from if fact.observed_from is not None else fact.entered.ms
    day = iso_day(ms, zone)
    return text if day == iso_day(first, zone) else f"{day} {text}"


def _options(words: Words, item: FieldSpec, fact: Fact) -> tuple[tuple[str, str], ...]:
    """Return what a field can be; nothing for one that is typed."""
    record, lang = words.record, words.lang
    if item.name == "severity":
        return tuple((str(each), severity_name(each, lang)) for each in SEVERITIES)
    if item.name == "window":
        seen = ((each.id, words.spot(each.id)) for each in record.windows)
        return (("", "–"), *seen)
    if item.name in ("observer", "identity_by"):
        return tuple((each.person, record.person_name(each.person)) for each in record.members)
    if item.name == "finding":
        return tuple((each.id, finding_label(each, lang)) for each in words.findings)
    if item.name in ("sheet", "evidence"):
        files = ((each.id, each.caption or each.original_name) for each in record.evidence)
        return (("", "–"), *files)
    if item.name == "value" and isinstance(fact, Answer):
        return _answers(words, fact)
    if item.column == "boolean":
        return (("yes", words.tr("yes")), ("no", words.tr("no")))
    if item.load is not None and issubclass(item.load, StrEnum):
        return tuple((each.value, term(each, lang)) for each in item.load)
    return ()


def _situations(
    words: Words, fact: Fact, named: Mapping[str, Situation]
) -> tuple[tuple[str, str], ...]:
    """Return what the first situation of a finding can be, with the others as they are.

    named: those in force on the day of the visit; one that a finding names already stays.
    """
    first, *others = getattr(fact, "situations", ()) or ("",)
    known = {**words.record.situations, **named}
    codes = dict.fromkeys((*([first] if first else ()), *named))
    options = [("", "–")] if not others else []
    for code in codes:
        about = known.get(code)
        name = (about.zh if words.lang == "zh" else about.en) if about else ""
        rest = [each for each in others if each != code]
        options.append(("、".join((code, *rest)), f"{code} {name}".strip()))
    return tuple(options)


def _answers(words: Words, fact: Answer) -> tuple[tuple[str, str], ...]:
    items = words.record.checklist.items if words.record.checklist else ()
    item = next((each for each in items if each.code == fact.item), None)
    if item is None or item.answer_type is not AnswerType.YES_NO:
        return ()
    asked = (each for each in Conformity if each is not Conformity.RECORDED)
    return tuple((term(each, words.lang), term(each, words.lang)) for each in asked)


def correct_as_typed(
    session: Session, supplement: str, fact: str, texts: Mapping[str, str], why: str
) -> Fact:
    """Correct fields of an entry by what was typed. Raises as `read_field` and `correct`."""
    visit = get(session, Visit, supplement)
    old = find_fact(session, supplement, fact)
    fields = {name: read_field(session, visit, old, name, text) for name, text in texts.items()}
    return correct(session, supplement, fact, fields, why)
