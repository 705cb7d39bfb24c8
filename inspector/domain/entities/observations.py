"""What is seen, counted, asked and answered during a visit."""

from __future__ import annotations

from dataclasses import field

from inspector.domain.entities.base import Fact, Json, noun
from inspector.domain.vocabulary import Conformity, RemarkKind, WaitOutcome, WindowState


@noun
class Round(Fact):
    """One walk past the windows of a floor or zone (empty: all of them)."""

    number: int = 0
    floor: str = ""
    zone: str = ""


@noun
class Sighting(Fact):
    """The state of one window. Only `continuous` watching gives a duration."""

    round: str | None = None
    window: str = ""
    state: WindowState = WindowState.NOT_LOOKED_AT
    continuous: bool = False
    people_waiting: int | None = None
    note: str = ""


@noun
class Sweep(Fact):
    """“The rest of this zone is serving”: one act over the windows it names."""

    round: str = ""
    floor: str = ""
    zone: str = ""
    state: WindowState = WindowState.SERVING
    windows: tuple[str, ...] = ()


@noun
class Wait(Fact):
    """One person's waiting. Moments are milliseconds; the promise is in minutes."""

    window: str | None = None
    ticket: str = ""
    joined: int | None = None
    called: int | None = None
    ended: int | None = None
    outcome: WaitOutcome = WaitOutcome.WAITING
    promised_minutes: int | None = None
    rule: str = ""
    people_ahead: int | None = None
    note: str = ""


@noun
class HeadCount(Fact):
    """Windows staffed of windows that should be, at one moment."""

    floor: str = ""
    zone: str = ""
    staffed: int = 0
    total: int = 0
    note: str = ""


@noun
class Remark(Fact):
    """A free observation, a scripted request with its reply, or good practice.

    Good practice may carry quantities `before` and `after` (decimal text) in `measure_unit`.
    """

    kind: RemarkKind = RemarkKind.REMARK
    window: str | None = None
    text: str = ""
    reply: str = ""
    before: str = ""
    after: str = ""
    measure_unit: str = ""


@noun
class Answer(Fact):
    """What one inspector answers to one checklist item.

    `value` is a JSON object as `domain.answers` makes it; `conformity` follows from it and the
    item's pass rule.
    """

    item: str = ""
    value: Json = field(default_factory=dict)
    conformity: Conformity = Conformity.RECORDED
    note: str = ""
