"""What was put aside, and what came of judging it, in words: the same on screen and line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector.base.i18n import N_
from inspector.domain.clocktext import clock, iso_day
from inspector.operations.aside import came_before
from inspector.operations.exchange_text import aside_text

if TYPE_CHECKING:
    from inspector.base.i18n import Translator
    from inspector.operations.aside import Aside, Judged
    from inspector.storage.aside import Quarantined

#: How something that was put aside stands.
_SETTLED = {
    "": N_("to be judged"),
    "accepted": N_("counts now"),
    "dismissed": N_("left out"),
    "healed": N_("mended"),
    "gone": N_("gone from its depot"),
}


def aside_lines(aside: Aside, tr: Translator) -> list[str]:
    """Return what a person needs to judge something that was put aside; the first line names it."""
    row = aside.row
    day = f"{iso_day(aside.at, aside.zone)} {clock(aside.at, aside.zone)}"
    said = tr(
        "{number}. {name}: {what} – {day}, {depot}",
        number=row.number,
        name=aside.name or tr("nobody named"),
        what=aside_text(row, tr),
        day=day,
        depot=aside.depot,
    )
    settled = [tr("decided: {how}", how=settled_text(row, tr))] if row.settled else []
    return [said, *(f"   {line}" for line in [*settled, *aside.contents])]


def settled_text(row: Quarantined, tr: Translator) -> str:
    """Return how something that was put aside stands, in a word or two."""
    if row.settled == "dismissed" and came_before(row):
        return tr("in the record")
    return tr(_SETTLED[row.settled])


def accepted_text(judged: Judged, tr: Translator) -> str:
    """Return what came of letting entries count."""
    if judged.operations:
        return tr("{count} entries count from now on.", count=judged.operations)
    if came_before(judged.row):
        return tr("They counted already and go on counting.")
    # Known from elsewhere by now, or too large to be kept until somebody judges.
    return tr("They count; what is not here yet comes with the next visit.")


def dismissed_text(judged: Judged, tr: Translator) -> str:
    """Return what came of leaving something out."""
    if came_before(judged.row):
        return tr("These entries stay in the record; it is asked about them no more.")
    return tr("It stays out. The list of everything put aside still shows it.")
