"""Expected failures: a code, whose job it is to mend it, and the sentences a person reads.

Every message says what happened, what is safe and what to do. Codes never change their meaning,
scripts rely on them. Add an entry here before raising a new code; unknown codes are our bug.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from inspector.base.i18n import N_, Translator

Kind = Literal["user", "environment", "bug"]


@dataclass(frozen=True, slots=True)
class ErrorSpec:
    """Whose job it is (`kind`) and what is said (`message`, an English message id)."""

    kind: Kind
    message: str


class MingchaError(Exception):
    """An expected failure named by a catalogued code; `fields` fill its message."""

    def __init__(self, code: str, **fields: object) -> None:
        self.code = code
        self.fields = fields
        self.spec = CATALOGUE[code]
        super().__init__(f"{code}: {self.spec.message.format_map(_Known(fields))}")

    def text(self, tr: Translator) -> str:
        """Return the message in the user's language."""
        return tr(self.spec.message, **self.fields)


class _Known(dict[str, object]):
    """Leaves a field that was not given visible instead of raising a second error."""

    def __missing__(self, key: str) -> str:
        return "{" + key + "}"


# Each section belongs to the room that raises its codes.
CATALOGUE: dict[str, ErrorSpec] = {
    # -- values people enter (domain) ------------------------------------------------------
    "text_too_long": ErrorSpec(
        "user",
        N_(
            "{field} has {length} characters; at most {limit} can be kept. Nothing was saved. "
            "Shorten it or split it into two entries."
        ),
    ),
    # -- ledger ----------------------------------------------------------------------------
    # -- storage ---------------------------------------------------------------------------
    # -- media -----------------------------------------------------------------------------
    # -- report ----------------------------------------------------------------------------
    # -- operations ------------------------------------------------------------------------
}
