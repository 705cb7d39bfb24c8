"""What a depot does not let be written: one object, one after the other, or nothing at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from inspector.sync.depots.protocol import DepotError

#: After so many refusals in a row it is the depot that fails, and not the place of one object.
_MOST_IN_A_ROW = 5


class Refusals:
    """Those of one visit."""

    def __init__(self) -> None:
        self._in_a_row = 0
        self._denied = self._written = self._not_permitted = False

    def took(self) -> None:
        """Note that something was written."""
        self._in_a_row, self._written = 0, True

    def refused(self, error: DepotError) -> None:
        """Note that something could not be written; raise `error` if it is the depot that fails."""
        self._in_a_row += 1
        self.forbade(error)
        if error.trouble in ("away", "full") or self._in_a_row > _MOST_IN_A_ROW:
            raise error

    def forbade(self, error: DepotError) -> None:
        """Note whether it was because nothing may be written there."""
        denied = error.trouble == "denied"
        self._denied = self._denied or denied
        self._not_permitted = self._not_permitted or (denied and not error.medium)

    @property
    def read_only(self) -> bool:
        """Whether nothing at all could be written there, as on a disc."""
        return self._denied and not self._written

    @property
    def not_permitted(self) -> bool:
        """Whether that is for want of a right, as on a share, and not by what the medium is."""
        return self.read_only and self._not_permitted
