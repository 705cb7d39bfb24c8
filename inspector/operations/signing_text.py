"""Who signed a seal, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector.base.i18n import N_
from inspector.domain.signing import Flaw, SignatureState

if TYPE_CHECKING:
    from inspector.base.i18n import Translator
    from inspector.domain.signing import SealSigner

_STATES = {
    SignatureState.VALID: N_("signed"),
    SignatureState.INVALID: N_("signature does not count"),
    SignatureState.MISSING: N_("not signed yet"),
    SignatureState.NO_KEY: N_("unsigned, no key"),
}
_FLAWS = {
    Flaw.ALTERED: N_("The signature does not fit the seal: one of them was altered."),
    Flaw.OTHER_KEY: N_("It was made with another key than the one that the seal names."),
    Flaw.UNKNOWN_KEY: N_("It was made with a key that nobody vouches to be this person's."),
    Flaw.NOT_MEMBER: N_("It was made by somebody who is no inspector of this visit."),
}


def state_text(signer: SealSigner, tr: Translator) -> str:
    """Return how an inspector stands to a seal, in a few words."""
    text = tr(_STATES[signer.state])
    if signer.retired:
        return tr("{state}; this key was replaced later", state=text)
    return text


def flaw_text(flaw: Flaw, tr: Translator) -> str:
    """Return why a signature does not count, in a sentence."""
    return tr(_FLAWS[flaw])
