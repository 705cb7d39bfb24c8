"""What a check found."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """Something `check` found. `code` is stable; `where` names the place for a person."""

    code: str
    where: str
