"""Windows that somebody watches without a break: what was begun is kept until it ends.

Only a whole interval is a fact of the record (`observing.watch`). Until there is one its beginning
is kept on this computer, so that neither a crash nor closing the program loses it.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from inspector.base.values import frozen
from inspector.domain.times import MINUTE_MS
from inspector.domain.vocabulary import WindowState
from inspector.operations.observing import Recorded, watch

if TYPE_CHECKING:
    from inspector.domain.entities import Window
    from inspector.operations.session import Session

_KEY = "watches"
#: Nobody watches a window for so long: such a watch was forgotten, and would claim too much.
LONGEST_MS = 12 * 60 * MINUTE_MS


@frozen
class Watch:
    """A window that is being watched: in which state, since when (milliseconds)."""

    state: WindowState
    since: int


def begun_watches(session: Session, visit: str) -> dict[str, Watch]:
    """Return what is being watched in a visit, by the id of the window."""
    now = session.store.clock.read().ms
    held = _held(session).get(visit, {})
    watches = {window: Watch(WindowState(state), since) for window, (state, since) in held.items()}
    return {id: each for id, each in watches.items() if 0 <= now - each.since <= LONGEST_MS}


def begin_watch(session: Session, visit: str, window: str, begun: Watch) -> None:
    """Keep that a window is being watched."""
    held = _held(session)
    held.setdefault(visit, {})[window] = [begun.state.value, begun.since]
    _keep(session, held)


def end_watch(
    session: Session, visit: str, window: Window, begun: Watch, until: int, observer: str
) -> Recorded:
    """Record that a window was watched until then; raises as `observing.watch`."""
    recorded = watch(session, visit, window, begun.state, (begun.since, until), observer)
    held = _held(session)
    if held.get(visit, {}).pop(window.id, None) is not None:
        _keep(session, {each: windows for each, windows in held.items() if windows})
    return recorded


def _held(session: Session) -> dict[str, dict[str, list[Any]]]:
    held: dict[str, dict[str, list[Any]]] = json.loads(session.store.local(_KEY) or "{}")
    return held


def _keep(session: Session, held: dict[str, dict[str, list[Any]]]) -> None:
    session.store.set_local(_KEY, json.dumps(held))
