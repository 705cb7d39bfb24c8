"""A visit as one works on it: what stands, what is open, what happened, computed from its record.

The papers tell a visit when it is over; this is the same visit while it goes on. Each part depends
on few nouns only (`PART_NOUNS`), so that after an answer the windows need not be computed anew.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector.base.values import frozen
from inspector.domain.facts import effective
from inspector.domain.observations import Look, latest_looks, worth_telling
from inspector.domain.phases import current_phase, phase_at
from inspector.domain.vocabulary import EventKind, Phase, WaitOutcome, WindowState

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from inspector.domain.catalogues import Item
    from inspector.domain.entities import Answer, Fact, Finding, HeadCount, Round, Wait, Window
    from inspector.domain.record import VisitRecord

#: Later than everything that can have been observed.
_NOW = 2**62


@frozen
class Standing:
    """Where the visit stands: the team's phase, and that of each member (by id).

    `missing` are the members who have not accepted the rules of the covert phase.
    """

    team: Phase
    members: Mapping[str, Phase]
    missing: tuple[str, ...]

    def of(self, person: str) -> Phase:
        """Return the phase of a person; of one who is no member, that of the team."""
        return self.members.get(person, self.team)

    @property
    def covert(self) -> tuple[str, ...]:
        """The members who are inside unrecognised: some may have shown identity before others."""
        return tuple(each for each, phase in self.members.items() if phase is Phase.COVERT)

    @property
    def still_covert(self) -> tuple[int, ...]:
        """The places, among the members, of who is covert while others have shown identity."""
        left = self.covert
        if len(left) == len(self.members):
            return ()
        return tuple(place for place, each in enumerate(self.members) if each in left)


@frozen
class Tile:
    """A window in the round that is going on. `since` is when it was seen so (milliseconds)."""

    window: Window
    state: WindowState = WindowState.NOT_LOOKED_AT
    since: int | None = None
    people_waiting: int | None = None
    note: str = ""
    fact: str = ""


@frozen
class Asked:
    """A checklist item with the answers that hold, one for each inspector who gave one."""

    item: Item
    answers: tuple[Answer, ...] = ()

    @property
    def latest(self) -> Answer | None:
        """The answer that was entered last."""
        return max(self.answers, key=lambda each: each.entered.ms, default=None)

    def by(self, person: str) -> Answer | None:
        """Return the answer of one inspector."""
        return next((each for each in self.answers if each.observer == person), None)

    @property
    def disputed(self) -> bool:
        """Whether inspectors answer differently."""
        return len({each.conformity for each in self.answers}) > 1


@frozen
class Row:
    """A line of the timeline. `at` is the observed moment, None where nobody noted one."""

    fact: Fact
    at: int | None

    @property
    def void(self) -> bool:
        """Whether it was withdrawn; it stays to be seen."""
        return self.fact.void is not None or bool(self.fact.withdrawn)


def standing(record: VisitRecord) -> Standing:
    """Return the phases as they are now."""
    team = current_phase(record.events, record.seal is not None)
    members = [member.person for member in effective(record.members)]
    held = effective(record.events)
    accepted = {each.observer for each in held if each.kind is EventKind.RULES_ACCEPTED}
    order = list(Phase)
    return Standing(
        team=team,
        members={
            person: max(team, phase_at(record.events, person, _NOW), key=order.index)
            for person in members
        },
        missing=tuple(person for person in members if person not in accepted),
    )


def current_round(record: VisitRecord) -> Round | None:
    """Return the round with the highest number."""
    return max(effective(record.rounds), key=lambda each: each.number, default=None)


def tiles(record: VisitRecord) -> tuple[Tile, ...]:
    """Return every window of the hall, in order, as it stands in the round that is going on.

    Without a round nothing was looked at. Windows that are not in the round's floor and zone, and
    not seen in it all the same, stand as not looked at. What was noted outside of the round while
    it went on counts where it is newer.
    """
    now = current_round(record)
    looks = latest_looks(record, now.id) if now else {}
    return tuple(_tile(each, looks.get(each.id, Look())) for each in effective(record.windows))


def _tile(window: Window, look: Look) -> Tile:
    if look.fact is None:
        return Tile(window, look.state)
    return Tile(
        window=window,
        state=look.state,
        since=look.fact.observed_from,
        people_waiting=getattr(look.fact, "people_waiting", None),
        note=getattr(look.fact, "note", ""),
        fact=look.fact.id,
    )


def asked(record: VisitRecord) -> tuple[Asked, ...]:
    """Return the items of the checklist that apply to the hall, in order, with their answers."""
    if record.checklist is None:
        return ()
    given: dict[str, list[Answer]] = {}
    for answer in effective(record.answers):
        given.setdefault(answer.item, []).append(answer)
    level = record.hall.level.value
    return tuple(
        Asked(item, tuple(given.get(item.code, ())))
        for item in record.checklist.items
        if level in item.applies_to
    )


def running_waits(record: VisitRecord) -> tuple[Wait, ...]:
    """Return the waits that go on: neither called nor ended, and watching has not stopped."""
    return tuple(
        wait
        for wait in effective(record.waits)
        if wait.outcome is WaitOutcome.WAITING and wait.observed_to is None
    )


def served_waits(record: VisitRecord) -> tuple[Wait, ...]:
    """Return the waits that were called and whose service has not been seen to end."""
    return tuple(
        wait
        for wait in effective(record.waits)
        if wait.called is not None and wait.ended is None and wait.observed_to is None
    )


def head_counts(record: VisitRecord) -> tuple[HeadCount, ...]:
    """Return the counts of staffed windows, the newest last."""
    return tuple(sorted(effective(record.head_counts), key=_moment))


def findings(record: VisitRecord) -> tuple[Finding, ...]:
    """Return the findings that hold, in order of entry."""
    return effective(record.findings)


def timeline(record: VisitRecord) -> tuple[Row, ...]:
    """Return what happened, the newest first; what was withdrawn stays, marked.

    Windows that a round simply saw serving or idle have no line each: the round has one.
    """
    rows = [Row(fact, fact.observed_from) for fact in _told(record)]
    return tuple(sorted(rows, key=lambda row: _moment(row.fact), reverse=True))


def _told(record: VisitRecord) -> Iterator[Fact]:
    yield from record.events
    yield from record.rounds
    yield from record.sweeps
    yield from record.waits
    yield from record.head_counts
    yield from record.remarks
    yield from record.findings
    yield from record.feedbacks
    for sighting in record.sightings:
        if worth_telling(sighting):
            yield sighting


def _moment(fact: Fact) -> tuple[int, int]:
    """Order by observed time; what has none stands where it was entered."""
    at = fact.entered.ms if fact.observed_from is None else fact.observed_from
    return at, fact.entered.ms


@frozen
class Sheet:
    """The windows of a floor or zone that are shown together.

    zone: "" where a floor is shown as a whole. part: from 1 where a zone needs several sheets, 0
    where it needs one.
    """

    floor: str
    zone: str
    part: int
    tiles: tuple[Tile, ...]


def sheets(all_tiles: Iterable[Tile], most: int) -> tuple[Sheet, ...]:
    """Divide windows into sheets of at most `most`: a floor, else its zones, else parts of them."""
    floors: dict[str, list[Tile]] = {}
    for tile in all_tiles:
        floors.setdefault(tile.window.floor, []).append(tile)
    made: list[Sheet] = []
    for floor, on_floor in floors.items():
        zones: dict[str, list[Tile]] = {}
        for tile in on_floor:
            zones.setdefault("" if len(on_floor) <= most else tile.window.zone, []).append(tile)
        for zone, inside in zones.items():
            starts = range(0, len(inside), most)
            for number, start in enumerate(starts, 1):
                part = number if len(starts) > 1 else 0
                made.append(Sheet(floor, zone, part, tuple(inside[start : start + most])))
    return tuple(made)


#: What each part is computed from: nouns as the ledger names them.
PART_NOUNS: dict[str, frozenset[str]] = {
    "standing": frozenset({"event"}),
    "round": frozenset({"round"}),
    "tiles": frozenset({"round", "sighting", "sweep"}),
    "asked": frozenset({"answer"}),
    "waits": frozenset({"wait"}),
    "served": frozenset({"wait"}),
    "head_counts": frozenset({"head_count"}),
    "findings": frozenset({"finding"}),
    "timeline": frozenset(
        {
            *("event", "round", "sweep", "wait", "head_count", "remark", "finding", "feedback"),
            "sighting",
        }
    ),
}
