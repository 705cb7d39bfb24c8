"""Findings and good practice by one key, and the photographs that seem to belong to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector.domain.entities import Finding, Remark
from inspector.domain.placing import NEAR_MS
from inspector.domain.vocabulary import RemarkKind
from inspector.operations.findings import add_finding
from inspector.operations.observing import Recorded, remark

if TYPE_CHECKING:
    from inspector.base.i18n import Lang
    from inspector.domain.entities import Evidence
    from inspector.domain.quick import Quick
    from inspector.domain.times import Seen
    from inspector.operations.session import Session

#: At most so many are suggested.
MOST = 9


def quick_finding(
    session: Session,
    visit: str,
    quick: Quick,
    seen: Seen,
    *,
    text: str = "",
    window: str | None = None,
    people_waiting: int | None = None,
    lang: Lang = "zh",
) -> Finding:
    """Record a usual situation as a finding; it says what `quick` says, and `text` behind it."""
    finding = Finding(
        id="",
        visit=visit,
        situations=(quick.situation,),
        severity=quick.severity,
        window=window,
        people_waiting=people_waiting,
        text=quick.sentence(text, lang),
    )
    return add_finding(session, finding, seen)


def good_practice(
    session: Session, visit: str, text: str, seen: Seen, *, window: str | None = None
) -> Recorded:
    """Record good practice. Raises MingchaError `text_missing`."""
    kind = RemarkKind.GOOD_PRACTICE
    return remark(session, Remark(id="", visit=visit, kind=kind, text=text, window=window), seen)


def suggested(found: list[Evidence], at: int) -> list[Evidence]:
    """Return those photographs that were taken about the moment `at`, the nearest first."""
    near = [
        each
        for each in found
        if each.observed_from is not None and abs(each.observed_from - at) <= NEAR_MS
    ]
    return sorted(near, key=lambda each: abs((each.observed_from or 0) - at))[:MOST]
