"""Where each thing that a visit lacks is mended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector.operations.visits import name_document
from ui.messages import asked_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from inspector.domain.completeness import Gap
    from ui.desk import Desk

#: Steps of this page.
_STEPS = {
    "confirmation_missing": "choose",
    "outcome_open": "choose",
    "not_fed_back": "choose",
    "feedback_unsigned": "sheet",
    "refusal_without_witness": "sheet",
    "statement_missing": "said",
}
#: Other pages; everything else is mended in the visit itself.
_PAGES = {
    "finding_without_situation": "findings",
    "finding_unsupported": "findings",
    "conflict_open": "conflicts",
    "evidence_unplaced": "evidence",
    "evidence_without_time": "evidence",
    "evidence_outside_visit": "evidence",
}
#: Mended where it is listed.
HERE = frozenset({"photos_not_counted"})


def mend(
    desk: Desk, owner: QWidget, visit: str, gap: Gap, step: Callable[[str, str], None]
) -> None:
    """Lead to where `gap` is mended: a step of this page (its name, an id), or another page.

    What stands on no page is asked for here.
    """
    first = gap.ids[0] if gap.ids else ""
    if gap.code == "authority_missing":
        _ask_document(desk, owner, visit)
    elif gap.code in _STEPS:
        step(_STEPS[gap.code], first)
    else:
        desk.go(_PAGES.get(gap.code, "visit"), visit, gap=gap.code, of=first)


def _ask_document(desk: Desk, owner: QWidget, visit: str) -> None:
    tr = desk.tr
    document = asked_text(
        desk,
        owner,
        tr("Document that authorises the visit"),
        tr("Its title or number, as it stands on the paper."),
        tr("Save"),
    )
    if document is not None:
        desk.act(owner, lambda session: name_document(session, visit, document), lambda _none: None)
