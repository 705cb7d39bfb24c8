"""What came late to a sealed visit, beside what was sealed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector.operations.adopting import adopt
from ui.messages import asked_text
from ui.theme.tokens import Tone, Type
from ui.widgets.surfaces import Badge, Banner, Card, row
from ui.widgets.text import Line, label

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from inspector.operations.closing import Closing
    from ui.desk import Desk


def late_card(desk: Desk, found: Closing) -> Card:
    """Return a card with the late additions of a visit, in words."""
    look, tr = desk.look, desk.tr
    card = Card(tr("Late additions"))
    waiting = sum(each.waits for each in found.late_lines)
    if waiting:
        card.head.addWidget(Badge(look, str(waiting), Tone.WARN, "clock"))
    card.head.addStretch(1)
    words = tr("They reached this laptop after the seal and are no part of it.")
    if waiting:
        words = tr(
            "They reached this laptop after the seal and are no part of it. A supplement adopts "
            "them."
        )
    card.body.addWidget(label(words, Type.CAPTION, wrap=True))
    for each in found.late_lines:
        card.body.addWidget(Line())
        how = Badge(look, tr(each.how), Tone.WARN if each.waits else Tone.NEUTRAL)
        card.body.addLayout(row(label(each.what, wrap=True), how, stretch=0))
        about = " · ".join(filter(None, (each.by, each.stays)))
        card.body.addWidget(label(about, Type.CAPTION, wrap=True))
    return card


def late_banner(desk: Desk, found: Closing, page: QWidget) -> Banner | None:
    """Return what offers to take the late additions into the open supplement, None without any.

    Those that none can adopt are named beside the sealed visit, with why they stay.
    """
    waiting = [each for each in found.late_lines if each.waits]
    if not waiting:
        return None
    tr, visit, count = desk.tr, found.visit.id, len(waiting)

    def ask() -> None:
        why = asked_text(
            desk,
            page,
            tr("Why are they adopted?"),
            "\n".join(each.what for each in waiting),
            tr("Adopt"),
            visit=visit,
        )
        if why is not None:
            desk.act(page, lambda session: adopt(session, visit, why=why), same="adopt")

    words = tr("{count} entries reached the sealed visit late and are no part of it.", count=count)
    return Banner(desk.look, words, Tone.WARN, "clock", tr("Adopt into this supplement …"), ask)
