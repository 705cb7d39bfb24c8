"""What stands in a form, held against what is recorded of the thing it shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

V = TypeVar("V")


class Showing(Generic[V]):
    """Counts how often a form was filled, and tells whether something was typed since.

    Saving takes a while, and meanwhile one may go on to another thing: what was saved of an earlier
    turn changes nothing in a later one. read: returns what stands in the fields.
    """

    def __init__(self, read: Callable[[], V]) -> None:
        self._read = read
        self._recorded: V | None = None
        #: Which showing of a thing it is.
        self.turn = 0

    @property
    def typed(self) -> V:
        """What stands in the fields."""
        return self._read()

    @property
    def is_changed(self) -> bool:
        """Whether something was typed or chosen that is not recorded."""
        return self._recorded is not None and self.typed != self._recorded

    def begin(self) -> None:
        """Begin another turn: what stands here now is what is recorded."""
        self.turn += 1
        self.take(self.typed)

    def take(self, recorded: V) -> None:
        """Take something for recorded; what was typed since stays, and is not."""
        self._recorded = recorded

    def is_at(self, turn: int) -> bool:
        """Tell whether the thing of that turn is still shown."""
        return turn == self.turn
