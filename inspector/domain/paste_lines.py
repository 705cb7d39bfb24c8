"""What the lines of pasted notes mean; see `inspector.domain.paste`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from inspector.base.i18n import Translator
    from inspector.domain.vocabulary import RemarkKind, WaitOutcome, WindowState


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What every line has: its number from 1, and its text as pasted. Moments are milliseconds."""

    number: int
    raw: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SightingLine(Line):
    """Windows (ids) in one state; with an `end` they were watched from `start` to it."""

    start: int
    end: int | None
    windows: tuple[str, ...]
    state: WindowState
    people_waiting: int | None
    note: str

    @property
    def continuous(self) -> bool:
        """Whether the window was watched all the time, so that a duration follows."""
        return self.end is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitLine(Line):
    """One person's waiting; `until` is when watching stopped, if it went on then."""

    ticket: str
    window: str | None
    joined: int
    called: int | None
    ended: int | None
    until: int | None
    outcome: WaitOutcome


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadCountLine(Line):
    """Windows staffed of windows in all."""

    start: int
    staffed: int
    total: int
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RemarkLine(Line):
    """Free text."""

    start: int
    end: int | None
    kind: RemarkKind
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UnreadLine(Line):
    """A line that must be read by a person; `reason` is a message id about `detail`.

    start, end: the time that it begins with, where that could be read.
    """

    reason: str
    detail: str = ""
    start: int | None = None
    end: int | None = None

    def explanation(self, tr: Translator) -> str:
        """Return why the line was not read."""
        return tr(self.reason, detail=self.detail)


ParsedLine = SightingLine | WaitLine | HeadCountLine | RemarkLine | UnreadLine
