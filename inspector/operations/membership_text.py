"""Where a computer stands in its organisation, in words: the same on screen and elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector.base.i18n import N_

if TYPE_CHECKING:
    from inspector.base.i18n import Translator
    from inspector.ledger.statements import Revoked

_SAID = {
    "member": N_("admitted"),
    "succeeds": N_("goes on with another record"),
    "revoked": N_("membership ended"),
    "epoch": N_("another key begun"),
    "forked": N_("record goes on in two ways"),
    "vouched": N_("signing key vouched for"),
    "had_roles": N_("what was decided with a former role stands"),
}


def said_text(kind: str, tr: Translator) -> str:
    """Return what a statement states; a kind of a newer version by its own word."""
    known = _SAID.get(kind)
    return tr(known) if known else kind


def ended_text(ended: Revoked, tr: Translator) -> str:
    """Return what it means for this computer that its membership ended, and what to do."""
    return tr(
        "An administrator has ended the membership of this computer, for this reason: {reason}. "
        "Its entries count up to number {n}. Everything recorded here is safe and can be read and "
        "printed here; what the others record from now on does not come any more. What is recorded "
        "here after that entry waits for an administrator to judge. Call the office. If this "
        "computer is to go on, write a new request: it then begins a record of its own.",
        reason=ended.reason,
        n=ended.n,
    )
