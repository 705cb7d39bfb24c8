"""Where the demonstration stands: its workspace, its visit, its day, its people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from inspector.base.clock import to_ms
from inspector.domain.times import DEFAULT_PRECISION, Seen
from inspector.domain.vocabulary import TimeSource
from inspector.operations.recording import find_window

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from inspector.base.i18n import Lang
    from inspector.domain.entities import Window
    from inspector.operations.demo_script import Say
    from inspector.operations.session import Session

#: Minutes east of UTC at the place.
ZONE = 480


@dataclass(frozen=True, slots=True)
class Stage:
    """What every scene needs. people: ids by their short names; trip, visit, hall: ids."""

    session: Session
    midnight: datetime
    lang: Lang
    people: Mapping[str, str]
    hall: str
    trip: str
    visit: str

    def say(self, text: Say) -> str:
        """Return the text in the language of the demonstration."""
        return text[0 if self.lang == "zh" else 1]

    def ms(self, at: str) -> int | None:
        """Return a local time like 10:38 as a moment; None for an empty text."""
        if not at:
            return None
        hour, minute = at.split(":")
        return to_ms(self.midnight + timedelta(hours=int(hour), minutes=int(minute)))

    def seen(
        self, who: str, at: str = "", end: str = "", source: TimeSource = TimeSource.NOTE
    ) -> Seen:
        """Return who saw something when."""
        precision = DEFAULT_PRECISION[source]
        return Seen(self.people[who], self.ms(at), self.ms(end), ZONE, source, precision)

    def window(self, number: str) -> Window:
        """Return a window of the hall."""
        return find_window(self.session, self.hall, number)
