"""When and by whom something was seen, in the mini window: initials and letters for words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector.domain.codes import person_codes
from inspector.domain.vocabulary import TimeSource
from ui.widgets.seen import SeenRow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ui.desk import Desk

#: What a time rests on; the settings say what the letters mean.
SOURCE_CODES: dict[TimeSource, str] = {
    TimeSource.STOPWATCH: "S",
    TimeSource.PHOTOGRAPH: "P",
    TimeSource.TICKET: "T",
    TimeSource.HALL_CLOCK: "C",
    TimeSource.NOTE: "N",
    TimeSource.MEMORY: "M",
}


class ShortSeenRow(SeenRow):
    """The same row in codes."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        tr = desk.tr
        self.at.setPlaceholderText("10:38-10:52")
        self.at.setAccessibleName(tr("Time"))
        self.observer.setAccessibleName(tr("Who"))
        self.source.setAccessibleName(tr("Source"))
        self.source.tip = ""
        self.ahead.setText("!")
        self.ahead.setToolTip("")
        self.source.setItemText(0, "–")
        for place in range(1, self.source.count()):
            self.source.setItemText(place, SOURCE_CODES[self.source.itemData(place)])

    def set_people(self, people: Sequence[tuple[str, str]], me: str, visit: str) -> None:
        """Offer people by their initials; see `SeenRow.set_people`."""
        codes = person_codes([name for _person, name in people])
        super().set_people(
            [(person, code) for (person, _name), code in zip(people, codes, strict=True)],
            me,
            visit,
        )
