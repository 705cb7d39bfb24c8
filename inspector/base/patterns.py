"""Regular expressions that are compiled when they are first used.

To compile one takes up to several milliseconds, and what is shown first needs hardly any of them.
"""

from __future__ import annotations

import re
from typing import Any, cast


def pattern(written: str, flags: int = 0) -> re.Pattern[str]:
    """Return a pattern with all that a compiled one has; what is wrong in it is told at first use.

    It is no `re.Pattern` where somebody looks: call its methods, do not hand it to `re`.
    """
    return cast("re.Pattern[str]", _Later(written, flags))


class _Later:
    """Keeps what it was asked for, so that asking again costs nothing."""

    def __init__(self, written: str, flags: int) -> None:
        self._made = (written, flags)

    def __getattr__(self, name: str) -> Any:
        # Only asked for what it does not have yet; `re` remembers what it compiled.
        found = getattr(re.compile(*self._made), name)
        setattr(self, name, found)
        return found
