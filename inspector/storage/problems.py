"""What a check found."""

from __future__ import annotations

from typing import NamedTuple


class Problem(NamedTuple):
    """Something `check` found. `code` is stable; `where` names the place for a person."""

    code: str
    where: str
