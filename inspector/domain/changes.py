"""What one action of a person changed: handed from the store to whoever shows something."""

from __future__ import annotations

from dataclasses import field

from inspector.base.values import frozen


@frozen
class Changes:
    """What one action changed: its id, its operations and the entities touched (noun, id)."""

    action: str
    operations: tuple[str, ...] = ()
    touched: frozenset[tuple[str, str]] = field(default_factory=frozenset)
