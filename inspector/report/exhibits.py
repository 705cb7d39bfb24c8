"""Photographs as papers print them: what is said below each, and where it belongs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector.domain.entities import Confirmation, Fact
from inspector.domain.facts import effective
from inspector.domain.handover import may_be_handed_over
from inspector.domain.numbers import finding_label
from inspector.domain.placing import placed_at
from inspector.domain.terms import file_marks, term
from inspector.domain.vocabulary import TargetKind
from inspector.report.outline import Photo
from inspector.report.telling import tell

if TYPE_CHECKING:
    from inspector.domain.entities import Entity, Evidence, Placement
    from inspector.report.wording import Words


def is_picture(evidence: Evidence) -> bool:
    """Return whether a piece of evidence is printed as a photograph."""
    return evidence.mime.startswith("image/")


def photo(evidence: Evidence, words: Words) -> Photo:
    """Return a photograph as printed: caption, time and its source, hash, how it was obtained."""
    tr = words.tr
    caption = tr(
        "Photograph {label}  {caption}",
        label=words.exhibit(evidence),
        caption=evidence.caption or evidence.original_name,
    )
    time = tr(
        "Taken {time} ({source})",
        time=words.observed(evidence, seconds=True),
        source=words.source(evidence),
    )
    if evidence.observed_from is None:
        time = tr("Time taken not known")
    by = tr("by {name}", name=words.person(evidence.observer)) if evidence.observer else ""
    marks = [
        tr("entered {time}", time=words.entered(evidence)),
        words.acquisition(evidence),
        *file_marks(evidence, words.lang),
    ]
    details = (
        words.join([time, by]),
        " · ".join(mark for mark in marks if mark),
        tr("SHA-256 {prefix}…", prefix=evidence.sha256[:16]),
    )
    return Photo(
        evidence.sha256,
        evidence.original_name,
        caption,
        details,
        evidence.orientation,
        _missing(evidence, words),
    )


def _missing(evidence: Evidence, words: Words) -> str:
    """Return why a photograph is not printed; "" if it is."""
    erased = [e for e in effective(words.record.erasures) if e.sha256 == evidence.sha256]
    if erased:
        return words.tr("Removed on purpose: {reason}", reason=erased[0].reason)
    if words.for_unit and not may_be_handed_over(words.record, evidence):
        return words.tr(
            "Not confirmed to show no people, so it is not handed over. The original is kept."
        )
    return ""


# -- where evidence belongs ------------------------------------------------------------------------


def belongs(evidence: Evidence, words: Words) -> str:
    """Return the entries that a piece of evidence belongs to, in words; "" if it has no place."""
    record, tr = words.record, words.tr
    texts = [
        _target(placement, words)
        for placement in effective(record.placements)
        if placement.evidence == evidence.id
    ]
    if any(item.sheet == evidence.id for item in effective(record.feedbacks)):
        texts.append(tr("signed sheet of the feedback"))
    texts += [
        tr("second person's confirmation of {finding}", finding=_finding(item.finding, words))
        for item in effective(record.confirmations)
        if item.evidence == evidence.id
    ]
    if any(item.evidence == evidence.id for item in effective(record.clock_checks)):
        texts.append(tr("clock card: the camera was set right by it"))
    return words.clauses(dict.fromkeys(texts))


def _target(placement: Placement, words: Words) -> str:
    match placement.target_kind:
        case TargetKind.WINDOW:
            return words.spot(placement.target) or placement.target
        case TargetKind.FINDING:
            return _finding(placement.target, words)
    found = placed_at(words.record, placement.target_kind, placement.target)
    if found is None:
        return term(placement.target_kind, words.lang)
    if isinstance(found, Confirmation):
        return words.tr(
            "second person's confirmation of {finding}", finding=_finding(found.finding, words)
        )
    return _marked(tell(found, words), found, words)


def _finding(finding: str, words: Words) -> str:
    found = next((each for each in words.record.findings if each.id == finding), None)
    return _marked(finding_label(found, words.lang), found, words) if found else finding


def _marked(text: str, entity: Entity, words: Words) -> str:
    gone = entity.void is not None or (isinstance(entity, Fact) and entity.withdrawn)
    return words.tr("{entry} (withdrawn)", entry=text) if gone else text
