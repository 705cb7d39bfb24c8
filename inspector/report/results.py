"""Checklist results, windows and waiting."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from inspector.domain import absence_text, waits
from inspector.domain.absences import absences, looks_when_closed
from inspector.domain.answer_text import answer_text, limit_text
from inspector.domain.clocktext import clock
from inspector.domain.facts import effective
from inspector.domain.figures import figures
from inspector.domain.floor_text import floor_name
from inspector.domain.observations import round_states
from inspector.domain.terms import term
from inspector.domain.vocabulary import Conformity, WindowState
from inspector.report import page, rounds
from inspector.report.outline import (
    Bar,
    Bars,
    Block,
    Cell,
    Column,
    MapBlock,
    MapRow,
    Mark,
    Table,
    Text,
    WindowMap,
)
from inspector.report.page import Style

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from inspector.base.i18n import Translator
    from inspector.domain.catalogues import Item
    from inspector.domain.entities import Answer, Round, Wait, Window
    from inspector.report.wording import Words

#: So many windows are named in the heading of the map.
_NAMED = 8
#: Order of a section's lines: what does not conform stands first.
_ORDER = (
    Conformity.DOES_NOT_CONFORM,
    Conformity.CONFORMS,
    Conformity.RECORDED,
    Conformity.NOT_SEEN,
    Conformity.NOT_APPLICABLE,
)


def checklist(words: Words) -> list[Block]:
    """Return the answers by section; items that nobody answered are counted, not listed."""
    record, tr = words.record, words.tr
    answers = effective(record.answers)
    if record.checklist is None or not answers:
        return [Text(tr("No checklist item was answered."))]
    items = {item.code: item for item in record.checklist.items}
    fitting = [i for i in record.checklist.items if record.hall.level in i.applies_to]
    answered = {answer.item for answer in answers}
    entered, on_one_day = words.entry_times(answers)
    name = record.checklist.zh if words.lang == "zh" else record.checklist.en
    blocks: list[Block] = [
        Text(
            tr(
                "{name}, version {version}: {answered} of {total} items that apply here "
                "were answered. {counts}.",
                name=name,
                version=record.checklist.version,
                answered=len(answered & {item.code for item in fitting}),
                total=len(fitting),
                counts=_counts(answers, words),
            )
            + on_one_day
        )
    ]
    sections: dict[str, list[tuple[Item, Answer]]] = {}
    for answer in answers:
        item = items.get(answer.item)
        if item is not None:
            sections.setdefault(item.section, []).append((item, answer))
    rows = [
        row for section in sorted(sections) for row in _section(sections[section], words, entered)
    ]
    if rows:
        blocks.append(Table(_checklist_columns(tr), tuple(rows)))
    return blocks + _unknown(words, items)


def _checklist_columns(tr: Translator) -> tuple[Column, ...]:
    return (
        Column(tr("Item"), 12, fits=True),
        Column(tr("Requirement"), 46),
        Column(tr("Result"), 22),
        Column(tr("Observed"), 24, fits=True),
        Column(tr("Entered"), 20, fits=True),
    )


def _unknown(words: Words, items: Mapping[str, Item]) -> list[Block]:
    """Return a note on answers to items that the checklist's version does not hold."""
    unknown = [item.item for item in effective(words.record.answers) if item.item not in items]
    if not unknown:
        return []
    text = words.tr(
        "Answers to items that this version of the checklist does not hold: {list}.",
        list=words.join(unknown),
    )
    return [Text(text, style=Style.NOTE, indent=False)]


def _counts(answers: tuple[Answer, ...], words: Words) -> str:
    counts = Counter(answer.conformity for answer in answers)
    return words.join(
        words.tr("{name} {count}", name=term(kind, words.lang), count=counts[kind])
        for kind in _ORDER
        if counts[kind]
    )


def _section(
    pairs: list[tuple[Item, Answer]], words: Words, entered: Callable[[Answer], str]
) -> list[tuple[Cell, ...]]:
    """Return the heading of a section and its answers, as rows of the table."""
    first = pairs[0][0]
    pairs = sorted(pairs, key=lambda pair: (_ORDER.index(pair[1].conformity), pair[0].code))
    heading = words.tr(
        "{section} ({counts})",
        section=first.section_zh if words.lang == "zh" else first.section_en,
        counts=_counts(tuple(answer for _, answer in pairs), words),
    )
    rows = [(*_answer_row(*pair, words), Cell(entered(pair[1]))) for pair in pairs]
    return [(Cell(heading),), *rows]


def _answer_row(item: Item, answer: Answer, words: Words) -> tuple[Cell, ...]:
    limit = limit_text(item, words.lang)
    text = item.zh if words.lang == "zh" else item.en
    if limit:
        text += "\n" + words.tr("Limit: {limit}", limit=limit)
    result = answer_text(item, answer.value, words.lang, answer.conformity)
    failed = answer.conformity is Conformity.DOES_NOT_CONFORM
    return (
        Cell(item.code),
        Cell(text),
        Cell(
            result + (f"\n{answer.note}" if answer.note else ""),
            colour=page.DANGER if failed else page.INK,
        ),
        Cell(f"{words.observed(answer)} {words.person(answer.observer)}"),
    )


# -- windows -----------------------------------------------------------------------------------

#: Letter in Chinese, letter in English, fill, ink. Fills differ in grey as well as in colour.
_MARKS: dict[WindowState, tuple[str, str, str, str]] = {
    WindowState.SERVING: ("S", "办", "#E0F3E8", "#177245"),
    WindowState.IDLE: ("I", "闲", "#DFF2F7", "#0A6480"),
    WindowState.UNATTENDED: ("U", "空", "#B3261E", "#FFFFFF"),
    WindowState.ABSENT_WITH_NOTICE: ("N", "告", "#FCEFD6", "#8A5200"),
    WindowState.COVERED: ("B", "代", "#E4EDFA", "#174C9C"),
    WindowState.PAUSED: ("P", "停", "#E9EDF2", "#475464"),
    WindowState.CLOSED: ("C", "关", "#C9D1DB", "#17202B"),
    WindowState.NOT_LOOKED_AT: ("–", "–", "#FFFFFF", "#5E6B7A"),
}


def mark_of(state: WindowState, words: Words) -> Mark:
    """Return how a window state looks in a chart."""
    english, chinese, fill, ink = _MARKS[state]
    letter = chinese if words.lang == "zh" else english
    return Mark(letter, term(state, words.lang), fill, ink)


def windows(words: Words) -> list[Block]:
    """Return the map of window states, head counts and waits.

    Of a place without windows only what was recorded.
    """
    record, tr = words.record, words.tr
    walks = effective(record.rounds)
    blocks: list[Block] = []
    if walks and record.windows:
        blocks.append(_map(walks, words))
    elif words.has_windows:
        blocks.append(Text(tr("No round past the windows was recorded.")))
    counts = effective(record.head_counts)
    if counts:
        rows = tuple(
            (
                Cell(words.observed(count)),
                Cell(words.part(count) or words.whole),
                Cell(tr("{staffed} of {total}", staffed=count.staffed, total=count.total)),
                Cell(count.note or "–"),
                Cell(words.entered(count)),
            )
            for count in counts
        )
        columns = (
            Column(tr("Observed"), 2),
            Column(tr("Where"), 3),
            Column(tr("Windows staffed"), 3, fits=True),
            Column(tr("Note"), 5),
            Column(tr("Entered"), 3, fits=True),
        )
        blocks.append(Table(columns, rows, tr("Head counts")))
    blocks += _absences(words)
    return [*blocks, *_waits(words)] if words.has_windows or record.waits else blocks


def _absences(words: Words) -> list[Block]:
    """Return what may be said about absences: durations only where watching was continuous."""
    found = absences(words.record)
    known = [(item, words.windows[item.window]) for item in found if item.window in words.windows]
    if not known:
        return []
    tr = words.tr
    limit = absence_text.limit_in_force(words.record.checklist)
    columns = (Column(tr("What was seen"), 70), Column(tr("Observer"), 30, fits=True))
    blocks: list[Block] = []
    for hours_known, title in absence_text.titles(tr).items():
        rows = tuple(
            (
                Cell(
                    absence_text.sentence(
                        item, window, tr, limit, day=words.other_day(item.first, item.zone)
                    )
                ),
                Cell(words.join(map(words.person, item.observers))),
            )
            for item, window in known
            if item.hours_known is hours_known
        )
        if rows:
            blocks.append(Table(columns, rows, title))
    note = absence_text.calendar_note([item for item, _ in known], words.record.calendars, tr)
    return [*([Text(note, style=Style.NOTE, indent=False)] if note else []), *blocks]


def _map(walks: tuple[Round, ...], words: Words) -> WindowMap:
    record, tr = words.record, words.tr
    states = {walk.id: round_states(record, walk.id) for walk in walks}
    zones: dict[str, list[Window]] = {}
    for window in sorted(record.windows, key=lambda item: (item.position, item.number)):
        zones.setdefault(floor_name(window.floor, tr) or window.zone, []).append(window)
    blocks = []
    for label, group in zones.items():
        rows = tuple(
            MapRow(
                _round_name(walk, tr),
                tuple(
                    mark_of(states[walk.id].get(w.id, WindowState.NOT_LOOKED_AT), words)
                    for w in group
                ),
            )
            for walk in walks
            if any(rounds.covers(walk, window) for window in group)
        )
        names = tuple(window.number or window.label for window in group)
        blocks.append(MapBlock(label or tr("Windows"), names, rows))
    seen = {state for by_window in states.values() for state in by_window.values()}
    legend = tuple(mark_of(state, words) for state in _MARKS if state in seen)
    scope = tr(
        "{date}. The heading counts every look in the opening hours: {rounds} rounds, single "
        "looks and watching. The map shows the rounds past {windows} windows, and when each round "
        "began; – means not looked at, which is not 0.",
        date=words.date(),
        rounds=len(walks),
        windows=len(record.windows),
    )
    if outside := looks_when_closed(record):
        scope += tr(
            " Looks at an empty window outside the opening hours, not counted: {count}.",
            count=outside,
        )
    return WindowMap(_map_title(words), scope, tuple(blocks), legend)


def _round_name(walk: Round, tr: Translator) -> str:
    """Name a round, with when it began if that is known."""
    if walk.observed_from is None:
        return tr("Round {number}", number=walk.number)
    began = clock(walk.observed_from, walk.observed_zone)
    return tr("Round {number}, {time}", number=walk.number, time=began)


def _map_title(words: Words) -> str:
    """Return the conclusion: how many windows were seen unattended, which ones, how often."""
    tr, record = words.tr, words.record
    times = rounds.times_unattended(record)
    total = len(rounds.windows_looked_at(record))
    if not times:
        return tr(
            "None of the {total} windows looked at was seen unattended in the opening hours",
            total=total,
        )
    # The most often seen stand first when there are too many to name.
    named = sorted(times, key=lambda window: -times[window])[:_NAMED]
    often = [
        tr("{window} {times}×", window=words.window(window), times=times[window])
        if times[window] > 1
        else words.window(window)
        for window in (times if len(times) <= _NAMED else named)
    ]
    text = tr(
        "{count} of {total} windows looked at were seen unattended: {list}",
        count=len(times),
        total=total,
        list=words.join(often),
    )
    return text if len(times) <= _NAMED else tr("{text} and others", text=text)


def _waits(words: Words) -> list[Block]:
    tr = words.tr
    recorded = effective(words.record.waits)
    if not recorded:
        return [Text(tr("No waiting was recorded."))]
    timed = [(wait, duration) for wait in recorded if (duration := waits.waiting(wait))]
    blocks: list[Block] = []
    if timed:
        bars = tuple(_bar(wait, words) for wait, _ in timed)
        scope = tr(
            "{date}, {count} waits, from joining the queue to being called or giving up",
            date=words.date(),
            count=len(timed),
        )
        title = _waits_title(words)
        blocks.append(Bars(title, scope, bars, tr("min"), tr("promised limit")))
    rows = tuple(
        (
            Cell(words.observed(wait)),
            Cell(words.window(wait.window) or "–"),
            Cell(words.clauses([waits.sentence(wait, tr), wait.note])),
            Cell(words.source(wait)),
            Cell(words.entered(wait)),
        )
        for wait in recorded
    )
    columns = (
        Column(tr("Observed"), 18, fits=True),
        Column(tr("Window"), 16, fits=True),
        Column(tr("What was seen"), 40),
        Column(tr("Time rests on"), 27, fits=True),
        Column(tr("Entered"), 20, fits=True),
    )
    return [*blocks, Table(columns, rows)]


def _waits_title(words: Words) -> str:
    """Return the conclusion about waits, from the same counts as the key figures."""
    tr, known = words.tr, figures(words.record).waits
    parts = []
    if known.over_promise.d:
        parts.append(
            tr(
                "{over} of {count} waits with a promised limit passed it",
                over=known.over_promise.n,
                count=known.over_promise.d,
            )
        )
    if known.longest.value is not None:
        parts.append(tr("the longest took {minutes} minutes", minutes=known.longest.value))
    at_least = known.longest_at_least.value
    if at_least is not None and at_least > (known.longest.value or 0):
        parts.append(tr("one not seen to its end at least {minutes} minutes", minutes=at_least))
    said = words.clauses(parts)
    return said[:1].upper() + said[1:]


def _bar(wait: Wait, words: Words) -> Bar:
    tr = words.tr
    duration = waits.waiting(wait)
    minutes = duration.minutes if duration else 0
    over = waits.minutes_over(wait)
    note = tr("{minutes} min", minutes=minutes)
    if duration and duration.at_least:
        note = tr("at least {minutes} min", minutes=minutes)
    if over:
        note = tr("{note}, {over} over", note=note, over=over)
    start = clock(wait.joined or 0, wait.observed_zone)
    who = wait.ticket or words.window(wait.window)
    return Bar(f"{start} {who}", minutes, note, wait.promised_minutes, bool(over))
