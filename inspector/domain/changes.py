"""What one action of a person changed: handed from the store to whoever shows something."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Changes:
    """What one action changed: its id, its operations and the entities touched (noun, id)."""

    action: str
    operations: tuple[str, ...] = ()
    touched: frozenset[tuple[str, str]] = field(default_factory=frozenset)
