"""What may be freed, what stays and why, and where an original is, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector.base.i18n import N_
from inspector.domain.numbers import bare_number
from inspector.operations.exchange_text import amount_text
from inspector.operations.freeing import Why
from inspector.operations.originals import Absence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from inspector.base.i18n import Translator
    from inspector.operations.freeing import Amount, Freed, OfVisit, Plan
    from inspector.operations.originals import Whereabouts

_WHY = {
    Why.UNSEALED: N_("the visit is not sealed, or is being supplemented"),
    Why.RECENT: N_("sealed less than {days} days ago"),
    Why.NOT_READ_BACK: N_("written to {names}, not read back there since"),
    Why.NO_DEPOT: N_("only on other computers, which may free it as well; a depot must have it"),
    Why.TOO_FEW: N_("not proved to be in two other places"),
}


def amount(found: Amount, tr: Translator) -> str:
    """Return so many files and their bytes."""
    return tr("{count} files ({amount})", count=found.files, amount=amount_text(found.bytes))


def why_text(found: OfVisit, why: Why, older_than: int, tr: Translator) -> str:
    """Return why originals of a visit stay."""
    return tr(_WHY[why], days=older_than, names=tr(", ").join(sorted(found.unread)))


def stay_text(found: OfVisit, older_than: int, tr: Translator) -> str:
    """Return how much of a visit stays and for which reasons, "" if nothing does."""
    parts = (
        tr("{count}: {why}", count=each.files, why=why_text(found, why, older_than, tr))
        for why, each in found.stay.items()
    )
    return tr("; ").join(parts)


def plan_lines(plan: Plan, tr: Translator) -> Iterator[str]:
    """Yield what may be freed of each visit and what stays, and the sum last."""
    for found in plan.visits:
        name = " ".join(filter(None, (bare_number(found.visit), found.code)))
        if found.free.files:
            yield tr("{visit}: {amount} may go", visit=name, amount=amount(found.free, tr))
        if found.stay:
            stays = stay_text(found, plan.older_than, tr)
            yield tr("{visit}: stays – {why}", visit=name, why=stays)
    yield (
        tr("{amount} may go in all. Thumbnails and previews stay.", amount=amount(plan.free, tr))
        if plan.free.files
        else tr("Nothing may go now.")
    )


def freed_text(done: Freed, tr: Translator) -> str:
    """Return what was freed."""
    return tr(
        "{count} originals freed ({amount}). They lie elsewhere, and come back when asked for.",
        count=done.files,
        amount=amount_text(done.bytes),
    )


def elsewhere_text(where: Whereabouts, tr: Translator) -> str:
    """Return that an original is not here, where it is, and whether it is on its way."""
    said = [
        tr("The original was freed here.")
        if where.absence is Absence.FREED
        else tr("The original has not come yet.")
    ]
    if places := (*where.depots, *where.computers):
        said.append(tr("It is proved to be at: {names}.", names=tr(", ").join(places)))
    elif where.absence is Absence.FREED:
        said.append(tr("It is not proved to be anywhere now. Sync, or read a depot back."))
    if where.unread:
        names = tr(", ").join(where.unread)
        said.append(tr("It was written to {names} and not read back.", names=names))
    if where.asked:
        said.append(tr("The next sync with a place that has it brings it."))
    return "\n".join(said)
