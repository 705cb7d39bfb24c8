"""Where photographs belong: suggestions, taking out again, setting aside what is not used.

Nothing is deleted: a photograph that is not used keeps its bytes, its hash and its leaf in the
seal; it is withdrawn with a reason of its own, and can be taken back as long as the visit is open.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector.base.errors import MingchaError
from inspector.domain.entities import (
    Answer,
    ClockCheck,
    Confirmation,
    Evidence,
    Feedback,
    Finding,
    Placement,
)
from inspector.domain.facts import effective
from inspector.domain.numbers import finding_label
from inspector.domain.placing import Suggestion, Target, placed_at, suggested_for, targets
from inspector.domain.schema import KIND_OF
from inspector.domain.terms import NOT_USED_REASON, REMOVED_REASON, term
from inspector.domain.vocabulary import TargetKind
from inspector.operations.recording import get, require_open, void
from inspector.report.telling import tell
from inspector.report.wording import Words
from inspector.storage.store import Edit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inspector.base.i18n import Translator
    from inspector.domain.changes import Changes
    from inspector.domain.record import VisitRecord
    from inspector.operations.session import Session

__all__ = (
    "Suggestion",
    "Target",
    "is_set_aside",
    "place_name",
    "place_text",
    "set_aside",
    "suggested_for",
    "take_back",
    "targets",
    "unplace",
)


def unplace(session: Session, placement: str) -> Changes:
    """Say that a photograph does not belong there. Raises MingchaError `visit_sealed`."""
    return void(session, Placement, placement, REMOVED_REASON)


def is_set_aside(evidence: Evidence) -> bool:
    """Return whether a photograph was looked at and is not used."""
    return evidence.void == NOT_USED_REASON


def set_aside(session: Session, visit: str, files: Sequence[str]) -> Changes:
    """Say that photographs (ids) of a visit were looked at and are not used, as one action.

    They are taken out of where they were placed. Raises MingchaError `evidence_needed` for one
    that other entries rest on, `evidence_not_found`, `visit_sealed`.
    """
    require_open(session, visit)
    edits: list[Edit] = []
    for each in files:
        found = get(session, Evidence, each)
        if found.visit != visit:
            raise MingchaError("evidence_not_found", name=found.original_name)
        if _is_needed(session, found):
            raise MingchaError("evidence_needed", name=found.original_name)
        edits.append(_withdrawal(Evidence, each, NOT_USED_REASON))
        placed = session.store.select(Placement, "evidence = ? AND void IS NULL", each)
        edits += [_withdrawal(Placement, placement.id, REMOVED_REASON) for placement in placed]
    return session.store.commit(edits, visit=visit)


def take_back(session: Session, evidence: str) -> Changes:
    """Use a photograph after all. Raises MingchaError `visit_sealed`, `not_found`.

    One that was withdrawn for another reason stays withdrawn.
    """
    found = get(session, Evidence, evidence)
    require_open(session, found.visit)
    edits = [Edit("evidence", evidence, {"void": None})] if is_set_aside(found) else []
    return session.store.commit(edits, visit=found.visit)


def _withdrawal(cls: type[Evidence] | type[Placement], entity: str, reason: str) -> Edit:
    return Edit(KIND_OF[cls], entity, {"void": reason}, reason)


def _is_needed(session: Session, evidence: Evidence) -> bool:
    """Tell whether an entry rests on the photograph itself, not only on what it shows."""
    store = session.store
    return bool(
        effective(store.select(ClockCheck, "evidence = ?", evidence.id))
        or effective(store.select(Feedback, "sheet = ?", evidence.id))
        or effective(store.select(Confirmation, "evidence = ?", evidence.id))
    )


# -- in words ----------------------------------------------------------------------------------


def place_name(record: VisitRecord, kind: TargetKind, target: str, tr: Translator) -> str:
    """Return in a few words what a photograph is placed at, such as “Finding 3” or “window 04”."""
    words = Words(record, tr)
    if kind is TargetKind.WINDOW:
        return words.window(target) or target
    found = placed_at(record, kind, target)
    if isinstance(found, Finding):
        return finding_label(found, tr.lang)
    if isinstance(found, Answer):
        return tr("Item {code}", code=found.item)
    return term(kind, tr.lang)


def place_text(record: VisitRecord, kind: TargetKind, target: str, tr: Translator) -> str:
    """Return what stands there: the text of a finding, the question of an item …"""
    words = Words(record, tr)
    if kind is TargetKind.WINDOW:
        known = words.windows.get(target)
        return words.join([words.part(known), *known.matters]) if known else ""
    found = placed_at(record, kind, target)
    if isinstance(found, Finding):
        # Several findings may say the same of different windows.
        return " – ".join(filter(None, (" ".join(found.text.split()), words.spot(found.window))))
    if isinstance(found, Answer):
        return _question(record, found, tr)
    return " ".join(tell(found, words).split()) if found is not None else ""


def _question(record: VisitRecord, answer: Answer, tr: Translator) -> str:
    items = record.checklist.items if record.checklist else ()
    item = next((each for each in items if each.code == answer.item), None)
    asked = "" if item is None else item.zh if tr.lang == "zh" else item.en
    return f"{asked} – {term(answer.conformity, tr.lang)}" if asked else ""
