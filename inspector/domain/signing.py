"""Whether a seal was signed, and by whom."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from inspector.domain.entities import Entered


class SignatureState(StrEnum):
    """How an inspector stands to the seal of a visit.

    VALID: signed, verified. INVALID: there is a signature that nobody may rely on. MISSING: there
    is a key, named by the seal or made later, and nobody signed with it yet. NO_KEY: there is none.
    """

    VALID = "valid"
    INVALID = "invalid"
    MISSING = "missing"
    NO_KEY = "no_key"


class Flaw(StrEnum):
    """Why a signature does not count."""

    ALTERED = "altered"
    OTHER_KEY = "other_key"
    UNKNOWN_KEY = "unknown_key"
    NOT_MEMBER = "not_member"


@dataclass(frozen=True, slots=True)
class SealSigner:
    """An inspector and the signature, or why there is none.

    person: id; fingerprint: of the key that signed or that is to sign, "" without one; signed:
    when the signature was recorded, a claim of that computer's clock; retired: why the key is no
    longer used, "" while it is.
    """

    person: str
    name: str
    state: SignatureState
    fingerprint: str = ""
    signed: Entered | None = None
    flaw: Flaw | None = None
    retired: str = ""
