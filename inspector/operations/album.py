"""The photographs and files of a visit in the order in which they are worked on.

Thousands of them are read at once: what a strip shows, no more. The rest of one is read when
somebody looks at it (`operations.custody`).
"""

from __future__ import annotations

from bisect import insort
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from inspector.domain.entities import ClockCheck, Confirmation, Evidence, Feedback, Visit
from inspector.domain.terms import NOT_USED_REASON
from inspector.domain.vocabulary import TargetKind
from inspector.storage.holding import holds

if TYPE_CHECKING:
    from inspector.operations.board import Touched
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
    (`clock_check`, `feedback`, `confirmation`). entry: grows in order of entry. sealed: it belongs
    to the sealed visit that a supplement corrects, and can only be looked at.
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
    entry: int = 0
    sealed: bool = False

    @property
    def is_picture(self) -> bool:
        """Whether it may be shown as a picture."""
        return self.mime.startswith("image/") and not self.erased


@dataclass(frozen=True, slots=True)
class Album:
    """All photographs and files of a visit: unplaced first, then placed, then those not used.

    Those of a supplement are followed by those of the editions it corrects.
    """

    visit: str
    items: tuple[Item, ...]

    def count(self, state: State) -> int:
        """Return how many of the visit's own are in a state."""
        return [each.state for each in self.items if not each.sealed].count(state)


#: What rests on a photograph itself: noun, column, condition.
_USES = (
    ("clock_check", "evidence", holds(ClockCheck)),
    ("feedback", "sheet", holds(Feedback)),
    ("confirmation", "evidence", holds(Confirmation)),
)
#: Told in the zone of the place, as everything else is: a camera may have stood in another one.
_ZONE = (
    "coalesce((SELECT hall.zone_minutes FROM visit JOIN hall ON hall.id = visit.hall "
    "WHERE visit.id = evidence.visit), 480)"
)
_SHOWN = (
    "SELECT id, sha256, coalesce(nullif(caption, ''), original_name, ''), coalesce(mime, ''), "
    f"observed_from, {_ZONE}, void, replaces, _seq FROM evidence "
    f"WHERE visit = ? AND ({holds(Evidence)} OR void = ?)"
)
#: The states in the order in which they are worked on.
_RANK = {state: rank for rank, state in enumerate(State)}
#: What changes one photograph only. Other things are read again as a whole.
_SINGLE = frozenset({"evidence", "placement", "audit_entry"})
#: So many that changed together are read again as a whole.
_FEW = 100


def album(session: Session, visit: str) -> Album:
    """Return the photographs of a visit; with a supplement, those of what it corrects as well."""
    return Album(visit, tuple(sorted(_of_editions(session, visit, ()), key=_order)))


def renewed(session: Session, old: Album, touched: Touched) -> Album:
    """Return `old` as it stands after actions that touched the entities `touched` (noun, id).

    Photographs that did not change are the same objects.
    """
    changed = {id for noun, id in touched if noun == "evidence"}
    placings = [id for noun, id in touched if noun == "placement"]
    if not {noun for noun, _id in touched} <= _SINGLE or len(changed) + len(placings) > _FEW:
        return album(session, old.visit)
    if placings:
        marks = ", ".join("?" * len(placings))
        where = f"SELECT evidence FROM placement WHERE id IN ({marks})"
        changed.update(row[0] for row in session.store.db.execute(where, placings))
    if not changed:
        return old
    items = [each for each in old.items if each.id not in changed]
    for item in _of_editions(session, old.visit, tuple(changed)):
        insort(items, item, key=_order)
    return replace(old, items=tuple(items))


def _order(item: Item) -> tuple[bool, int, bool, int, int]:
    """Those without a time stand behind the others of their state, in order of entry."""
    return item.sealed, _RANK[item.state], item.at is None, item.at or 0, item.entry


def _of_editions(session: Session, visit: str, only: tuple[str, ...]) -> list[Item]:
    """Return the photographs of a visit and, sealed, of the editions that it corrects."""
    items = _items(session, visit, only)
    known, found = {visit}, session.store.get(Visit, visit)
    while found is not None and found.supplement_of and found.supplement_of not in known:
        known.add(found.supplement_of)
        earlier = _items(session, found.supplement_of, only)
        items += [replace(each, sealed=True) for each in earlier]
        found = session.store.get(Visit, found.supplement_of)
    return items


def _items(session: Session, visit: str, only: tuple[str, ...]) -> list[Item]:
    """Return the photographs of a visit, or of them those that `only` names."""
    places, used = _places(session, visit, only), _used(session, visit)
    execute = session.store.db.execute
    erased = dict(execute("SELECT sha256, coalesce(reason, '') FROM erasure WHERE void IS NULL"))
    items = []
    for id, sha256, name, mime, at, zone, void, replaces, entry in execute(
        _SHOWN + _among("id", only), (visit, NOT_USED_REASON, *only)
    ):
        mine, uses = tuple(places.get(id, ())), tuple(used.get(id, ()))
        state = State.UNPLACED
        if void is not None:
            state = State.SET_ASIDE
        elif mine or uses or replaces:
            state = State.PLACED
        gone = erased.get(sha256, "")
        shown = name or sha256[:12]
        items.append(Item(id, sha256, shown, mime, at, zone, state, mine, uses, gone, entry))
    return items


def _among(column: str, only: tuple[str, ...]) -> str:
    return f" AND {column} IN ({', '.join('?' * len(only))})" if only else ""


def _places(session: Session, visit: str, only: tuple[str, ...]) -> dict[str, list[Placed]]:
    found: dict[str, list[Placed]] = {}
    among = _among("evidence", only)
    rows = session.store.db.execute(
        "SELECT id, evidence, target_kind, coalesce(target, '') FROM placement "
        f"WHERE visit = ? AND void IS NULL{among} ORDER BY coalesce(position, 0), _seq",
        (visit, *only),
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
