"""Each finding with its facts and photographs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector.domain.facts import effective
from inspector.domain.findings import (
    describer,
    evidence_of,
    identification,
    lost_its_paper,
    needs_confirmation,
    rests_on_covert_only,
    stands,
    statements_in_order,
)
from inspector.domain.numbers import finding_label
from inspector.domain.terms import term
from inspector.report.exhibits import is_picture, photo
from inspector.report.outline import (
    Block,
    Grid,
    Heading,
    Photos,
    Text,
)
from inspector.report.wording import numeral

if TYPE_CHECKING:
    from inspector.domain.entities import Evidence, Finding, FindingPerson
    from inspector.report.wording import Words


def findings(words: Words, shown: set[str]) -> list[Block]:
    """Return every finding that holds; evidence whose picture was printed goes into `shown`."""
    standing = words.findings
    if not standing:
        return [Text(words.tr("No finding was recorded."))]
    blocks: list[Block] = []
    for position, finding in enumerate(standing):
        blocks += _finding(finding, position, words, shown)
    return blocks


def _finding(finding: Finding, position: int, words: Words, shown: set[str]) -> list[Block]:
    evidence = evidence_of(words.record, finding)
    title = finding_label(finding, words.lang)
    kind = words.kind(finding)
    if kind:
        title += ("　" if words.lang == "zh" else ": ") + kind
    if words.lang == "zh":
        title = f"（{numeral(position + 1)}）{title}"
    blocks: list[Block] = [
        Heading(2, title, f"finding-{finding.id}"),
        Grid(tuple(row for row in _grid(finding, evidence, words) if row[1])),
        Text(finding.text or "–"),
        Grid(tuple(row for row in _told(finding, words) if row[1])),
    ]
    pictures = [item for item in evidence if is_picture(item) and item.id not in shown]
    if pictures:
        shown.update(item.id for item in pictures)
        blocks.append(Photos(tuple(photo(item, words) for item in pictures)))
    return blocks


def _grid(finding: Finding, evidence: tuple[Evidence, ...], words: Words) -> list[tuple[str, str]]:
    tr = words.tr
    waiting = finding.people_waiting
    return [
        (tr("Time:"), words.seen(finding)),
        (tr("Place:"), words.place(finding.window)),
        (tr("Severity:"), words.severity(finding.severity)),
        (tr("Category:"), words.category(finding)),
        (tr("Waiting:"), "" if waiting is None else tr("{count} people", count=waiting)),
        (tr("Evidence:"), words.join(map(words.exhibit, sorted(evidence, key=words.number)))),
        (tr("Obtained:"), _obtained(finding, words)),
        (tr("Second person:"), _confirmed(finding, words)),
    ]


def _told(finding: Finding, words: Words) -> list[tuple[str, str]]:
    """Return what the finding rests on, what the unit says and what became of it."""
    tr = words.tr
    outcome = term(finding.outcome, words.lang)
    if finding.outcome_reason:
        outcome = tr("{outcome}: {reason}", outcome=outcome, reason=finding.outcome_reason)
    return [
        (tr("Basis:"), words.clauses([finding.basis, finding.rule])),
        (tr("Persons:"), _persons(finding, words)),
        (tr("Statement:"), _statements(finding, words)),
        (tr("Outcome:"), outcome),
    ]


def _obtained(finding: Finding, words: Words) -> str:
    text = words.acquisition(finding)
    if rests_on_covert_only(words.record, finding):
        note = words.tr(
            "nothing obtained openly supports this yet: a clue, no ground for sanctions"
        )
        return words.clauses([text, note])
    return text


def _persons(finding: Finding, words: Words) -> str:
    people = [p for p in effective(words.record.finding_persons) if p.finding == finding.id]
    return "\n".join(_person(person, words) for person in people)


def _person(person: FindingPerson, words: Words) -> str:
    """Return what was seen and, apart from it, who the person was confirmed to be."""
    tr = words.tr
    seen = tr(
        "as seen: {description} ({observer}, {time})",
        description=person.description,
        observer=words.person(describer(person)),
        time=words.times(person),
    )
    if not person.description:
        seen = tr("not described")
    if not (person.identity or person.identity_post):
        return words.clauses([seen, tr("identity not confirmed")])
    source = term(person.identity_source, words.lang) if person.identity_source else "–"
    who = " ".join(part for part in (person.identity, person.identity_post) if part)
    confirmed = tr(
        "identity: {who} (source: {source}; confirmed by {by}, {time})",
        who=who,
        by=words.person(person.identity_by),
        source=source,
        time=words.times(identification(person)),
    )
    return words.clauses([seen, confirmed])


def _confirmed(finding: Finding, words: Words) -> str:
    tr = words.tr
    given = [c for c in effective(words.record.confirmations) if c.finding == finding.id]
    texts = []
    for item in given:
        text = tr(
            "{name}, {method}, {time}",
            name=words.person(item.observer),
            method=term(item.method, words.lang),
            time=words.times(item),
        )
        if lost_its_paper(words.record, item):
            text = tr("{confirmation} (its photograph was withdrawn)", confirmation=text)
        elif not stands(words.record, finding, item):
            text = tr("{confirmation} (given for what was said before)", confirmation=text)
        texts.append(text)
    if needs_confirmation(words.record, finding):
        texts.append(tr("still missing (required from level 3 on)"))
    return words.clauses(texts)


def _statements(finding: Finding, words: Words) -> str:
    tr = words.tr
    lines = []
    for item in statements_in_order(words.record):
        if item.finding == finding.id:
            said = words.clauses([words.position(item), words.statement(item)])
            lines.append(tr("{text} ({time})", text=said, time=words.times(item)))
    return "\n".join(lines)
