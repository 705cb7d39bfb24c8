"""Expected failures: a code, whose job it is to mend it, and the sentences a person reads.

Every message says what happened, what is safe and what to do. Codes never change their meaning,
scripts rely on them. The sentences stand in `base.failures`, one file per room that raises them,
one each for tables that are read in, keys and upkeep; add an entry there before raising a new code.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from inspector.base.failures.spec import ErrorSpec
    from inspector.base.i18n import Translator

#: Loaded with the first failure: a start has none.
_CATALOGUE = "inspector.base.failures.catalogue"


class MingchaError(Exception):
    """An expected failure named by a catalogued code; `fields` fill its message."""

    def __init__(self, code: str, /, **fields: object) -> None:
        self.code = code
        self.fields = fields
        self.spec: ErrorSpec = import_module(_CATALOGUE).CATALOGUE[code]
        super().__init__(f"{code}: {self.spec.message.format_map(_Known(fields))}")

    def text(self, tr: Translator) -> str:
        """Return the message in the user's language."""
        return tr(self.spec.message, **self.fields)


class _Known(dict[str, object]):
    """Leaves a field that was not given visible instead of raising a second error."""

    def __missing__(self, key: str) -> str:
        return "{" + key + "}"
