"""What may be handed over to the inspected unit.

Until pictures can be redacted, nothing made for the unit carries a photograph unless that very
photograph was looked at and confirmed to show no people: faces are sensitive personal data
(个人信息保护法 Art. 26, 28), and bystanders have nothing to do with the unit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector.domain.facts import effective
from inspector.domain.findings import evidence_of

if TYPE_CHECKING:
    from inspector.domain.entities import Evidence, Finding
    from inspector.domain.record import VisitRecord


def may_be_handed_over(record: VisitRecord, item: Evidence) -> bool:
    """Return whether a photograph may go to the unit: it holds, has its bytes, shows no people."""
    erased = {erasure.sha256 for erasure in effective(record.erasures)}
    return item.free_of_people and item in effective(record.evidence) and item.sha256 not in erased


def photos_for_unit(record: VisitRecord, finding: Finding) -> tuple[Evidence, ...]:
    """Return the pictures of a finding that the unit may be shown, in their order there."""
    return tuple(
        item
        for item in evidence_of(record, finding)
        if item.mime.startswith("image/") and may_be_handed_over(record, item)
    )
