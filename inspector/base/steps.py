"""Work in steps, between which others may do something on the same thread."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Generator

T = TypeVar("T")


def at_once(steps: Generator[Any, None, T]) -> T:
    """Do all steps without a break and return what they return; raises what they raise."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            done: T = end.value
            return done
