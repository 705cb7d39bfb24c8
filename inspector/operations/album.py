"""The photographs and files of a visit in the order in which they are worked on.

Thousands of them are read at once: what a strip shows, no more. The rest of one is read when
somebody looks at it (`operations.custody`).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from inspector.domain.entities import ClockCheck, Confirmation, Evidence, Feedback
from inspector.domain.terms import NOT_USED_REASON
from inspector.domain.vocabulary import TargetKind
from inspector.storage.holding import holds

if TYPE_CHECKING:
    from collections.abc import Iterable

    from inspector.operations.session import Session


class State(StrEnum):
    """What became of a photograph; they are worked on in this order."""

    UNPLACED = "unplaced"
    PLACED = "placed"
    SET_ASIDE = "set_aside"


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a photograph is placed; `id` is that of the placing."""

    id: str
    kind: TargetKind
    target: str


@dataclass(frozen=True, slots=True)
class Item:
    """A photograph or file as a strip shows it. at: when it was taken (ms), corrected.

    erased: why its bytes were removed on purpose, "" if they are there. used_for: what rests on it
    (`clock_check`, `feedback`, `confirmation`).
    """

    id: str
    sha256: str
    name: str
    mime: str
    at: int | None
    zone: int
    state: State
    places: tuple[Placed, ...] = ()
    used_for: tuple[str, ...] = ()
    erased: str = ""

    @property
    def is_picture(self) -> bool:
        """Whether it may be shown as a picture."""
        return self.mime.startswith("image/") and not self.erased


@dataclass(frozen=True, slots=True)
class Album:
    """All photographs and files of a visit: unplaced first, then placed, then those not used."""

    visit: str
    items: tuple[Item, ...]

    def count(self, state: State) -> int:
        """Return how many are in a state."""
        return sum(each.state is state for each in self.items)


#: What rests on a photograph itself: noun, column, condition.
_USES = (
    ("clock_check", "evidence", holds(ClockCheck)),
    ("feedback", "sheet", holds(Feedback)),
    ("confirmation", "evidence", holds(Confirmation)),
)
_SHOWN = (
    "SELECT id, sha256, coalesce(nullif(caption, ''), original_name, ''), coalesce(mime, ''), "
    "observed_from, coalesce(observed_zone, 480), void, replaces FROM evidence "
    f"WHERE visit = ? AND ({holds(Evidence)} OR void = ?) ORDER BY _seq"
)


def album(session: Session, visit: str) -> Album:
    """Return the photographs of a visit."""
    places, used = _places(session, visit), _used(session, visit)
    execute = session.store.db.execute
    erased = dict(execute("SELECT sha256, coalesce(reason, '') FROM erasure WHERE void IS NULL"))
    items = []
    for id, sha256, name, mime, at, zone, void, replaces in execute(
        _SHOWN, (visit, NOT_USED_REASON)
    ):
        mine, uses = tuple(places.get(id, ())), tuple(used.get(id, ()))
        state = State.UNPLACED
        if void is not None:
            state = State.SET_ASIDE
        elif mine or uses or replaces:
            state = State.PLACED
        gone = erased.get(sha256, "")
        shown = name or sha256[:12]
        items.append(Item(id, sha256, shown, mime, at, zone, state, mine, uses, gone))
    return Album(visit, _ordered(items))


def _ordered(items: Iterable[Item]) -> tuple[Item, ...]:
    """Those without a time stand behind the others of their state, in order of entry."""
    order = list(State)
    return tuple(sorted(items, key=lambda i: (order.index(i.state), i.at is None, i.at or 0)))


def _places(session: Session, visit: str) -> dict[str, list[Placed]]:
    found: dict[str, list[Placed]] = {}
    rows = session.store.db.execute(
        "SELECT id, evidence, target_kind, coalesce(target, '') FROM placement "
        "WHERE visit = ? AND void IS NULL ORDER BY coalesce(position, 0), _seq",
        (visit,),
    )
    for id, evidence, kind, target in rows:
        # A kind that a newer version wrote is no place known here.
        if kind is None or kind in set(TargetKind):
            found.setdefault(evidence, []).append(
                Placed(id, TargetKind(kind or TargetKind.FINDING), target)
            )
    return found


def _used(session: Session, visit: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for noun, column, condition in _USES:
        rows = session.store.db.execute(
            f'SELECT {column} FROM "{noun}" WHERE visit = ? AND {column} IS NOT NULL '
            f"AND {condition}",
            (visit,),
        )
        for (evidence,) in rows:
            found.setdefault(evidence, []).append(noun)
    return found
