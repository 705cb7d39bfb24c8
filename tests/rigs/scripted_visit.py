"""The real program: one visit from an empty folder to its seal, promising after every step.

    python -m tests.rigs.scripted_visit FOLDER [PROTECTION …]

After each user action it prints `ack N {json}`: what must be in the workspace from then on,
whatever happens to the power. Run again on the same workspace it carries out another visit.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
import sys
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from PIL import Image

import inspector.storage.opening as opening_module
from inspector.base.errors import MingchaError
from inspector.base.paths import Workspace
from inspector.domain.entities import (
    Evidence,
    Feedback,
    Finding,
    Hall,
    HeadCount,
    Remark,
    Statement,
    Wait,
    Window,
)
from inspector.domain.vocabulary import (
    ConfirmationMethod,
    EventKind,
    FindingOutcome,
    Phase,
    TargetKind,
    WaitOutcome,
    WindowState,
)
from inspector.media.blobs import Batch, Stored
from inspector.operations import (
    evidence,
    feedback,
    findings,
    observing,
    people,
    places,
    sealing,
    visits,
)
from inspector.operations.catalogues import index, shipped
from inspector.operations.recording import get
from inspector.operations.searching import search
from inspector.operations.workspaces import create_workspace, open_workspace
from inspector.storage import later, preparing
from inspector.storage.store import Store
from tests.rigs.workspace_oracle import check
from tests.support.fixed import CountingEntropy, FixedClock

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from inspector.operations.session import Session

__all__ = ["PROTECTIONS", "check", "command"]

PROTECTIONS = ("blob-sync", "full", "blob-first", "folder-sync")
"""What can be taken away: fsync of blobs, synchronous=FULL, blob before operation, fsync of
folders. It is taken away here, in the scripted process; the product has no such switches."""

# The shipped catalogues are part of the program. Read here, they are read once for all the runs
# that the launcher forks, and no call on the workspace is another one for it.
for _info in index():
    shipped(_info.kind, _info.code)

# A small reserve: four megabytes that never matter would only slow down every state.
RESERVE_BYTES = 8192
# Few enough that some of the saves bring the search index up to date.
MOST_WAITING = 12


def command(root: Path, without: Sequence[str] = ()) -> list[str]:
    """Return the command line that runs the visit in a workspace below `root`.

    The photographs are drawn now, beside `root`: that is no part of what is observed.
    """
    folder = _photos_beside(root)
    if not folder.exists():
        folder.mkdir()
        draw_photos(folder)
    return [sys.executable, "-m", "tests.rigs.scripted_visit", str(root), *without]


class Promises:
    """Writes one line for each step that has returned."""

    def __init__(self) -> None:
        self.session: Session | None = None
        self.count = 0
        self.operations = 0

    def __call__(self) -> None:
        """Promise everything recorded so far, by operation id and blob hash."""
        assert self.session is not None
        rows = [stored.id.hex() for stored in self.session.store.log.rows()]
        self.count += 1
        promise = {
            "operations": rows[self.operations :],
            "user": self.session.store.user,
            "blobs": sorted(e.sha256 for e in self.session.store.select(Evidence)),
        }
        self.operations = len(rows)
        os.write(1, f"ack {self.count} {json.dumps(promise)}\n".encode())


def run(root: Path, photos: Sequence[Path], promised: Promises) -> None:
    """Carry out one visit."""
    workspace = root / "work" / "space"
    again = Workspace(workspace).database.exists()
    clock, entropy = FixedClock(step_ms=7000), CountingEntropy("again" if again else "first")
    clock.advance(minutes=600 if again else 0)
    opened = (open_workspace if again else create_workspace)(workspace, clock, entropy)
    with opened as session:
        promised.session = session
        promised()
        _visit(session, photos, promised)


def _visit(session: Session, photos: Sequence[Path], promised: Promises) -> None:
    first, second = _prepare(session, promised)
    hall = places.halls(session)[0]
    visit = visits.new_visit(session, hall.id, [first, second]).id
    promised()
    for person in (first, second):
        visits.accept_rules(session, visit, session.now(person))
    visits.note_event(session, visit, EventKind.ARRIVED, session.now(first), "自正门进入")
    visits.change_phase(session, visit, Phase.COVERT, session.now(first))
    promised()
    windows = places.windows_of(session, hall.id)
    _observe(session, visit, windows, first, promised)
    for path in photos:
        list(evidence.add_photos(session, visit, [path], evidence.Taking(session.now(first))))
        promised()
    _close(session, visit, windows, first, second, promised)


def _prepare(session: Session, promised: Promises) -> tuple[str, str]:
    first = people.add_person(session, "张明", post="二级主任科员").id
    promised()
    second = people.add_person(session, "李察").id
    people.use_person(session, first)
    promised()
    if not places.halls(session):
        windows = places.numbered_windows(6, ["一楼", "二楼"])
        places.add_hall(session, Hall(id="", code="H001", name="县政务服务中心"), windows)
        promised()
    return first, second


def _observe(
    session: Session, visit: str, windows: Sequence[Window], person: str, promised: Promises
) -> None:
    for code, text in (("S01-01", "yes"), ("S01-02", "4"), ("S01-03", "no"), ("S01-01", "no")):
        observing.record_answer(session, visit, code, text, session.now(person), note="门已开")
        promised()
    walk = observing.start_round(session, visit, session.now(person))
    states = (WindowState.UNATTENDED, WindowState.IDLE, WindowState.PAUSED)
    for window, state in zip(windows, states, strict=False):
        observing.sight(session, visit, window, state, session.now(person), in_round=walk.id)
        promised()
    observing.sweep(session, visit, walk, session.now(person))
    now = session.now(person).start or 0
    wait = Wait(id="", visit=visit, ticket="A012", joined=now, outcome=WaitOutcome.WAITING)
    observing.record_wait(session, wait, session.now(person))
    observing.count_heads(
        session, HeadCount(id="", visit=visit, staffed=4, total=6), session.now(person)
    )
    observing.remark(session, Remark(id="", visit=visit, text="导办热情"), session.now(person))
    promised()


def _close(
    session: Session,
    visit: str,
    windows: Sequence[Window],
    first: str,
    second: str,
    promised: Promises,
) -> None:
    finding = findings.add_finding(
        session,
        Finding(id="", visit=visit, severity=3, window=windows[0].id, text="窗口无人，群众等候"),
        session.now(first),
    )
    promised()
    _find(session, "窗口无人", finding.id)
    photo = evidence.evidence_of_visit(session, visit)[0]
    evidence.place(session, photo.id, TargetKind.FINDING, finding.id)
    evidence.caption(session, photo.id, "01 号窗口")
    signed = ConfirmationMethod.SIGNED_PAPER
    findings.confirm(session, finding.id, signed, session.now(second), evidence=photo.id)
    promised()
    visits.change_phase(session, visit, Phase.OVERT, session.now(first))
    visits.reveal(session, visit, session.now(first), to_whom="值班主任", document="检查通知书")
    visits.change_phase(session, visit, Phase.FEEDBACK, session.now(first))
    told = Feedback(id="", visit=visit, findings=(finding.id,), refusal="拒签", witness="王某")
    feedback.give_feedback(session, told, session.now(first))
    answer = Statement(id="", finding=finding.id, speaker="值班主任", text="临时离岗")
    feedback.state(session, answer, session.now(first))
    findings.set_outcome(session, finding.id, FindingOutcome.ESTABLISHED)
    promised()
    _find(session, "established", finding.id)
    sealing.seal(session, visit)
    get(session, Finding, finding.id)
    promised()


def _find(session: Session, text: str, finding: str) -> None:
    """Search, which brings the index up to date with what was saved since."""
    if finding not in {hit.id for hit in search(session, text).hits}:
        raise AssertionError(f"{text} is not found")


def _photos_beside(root: Path) -> Path:
    return root.parent / f"{root.name}-photos"


def draw_photos(folder: Path) -> None:
    """Draw three small photographs, the same every time: a record met again is checked quickly."""
    for number in range(3):
        size = (96 + 16 * number, 72)
        noise = Image.frombytes("L", size, Random(number).randbytes(size[0] * size[1]))
        noise.convert("RGB").save(folder / f"photo-{number}.jpg", "JPEG", quality=80)


# -- taking protections away ---------------------------------------------------------------------


def _without_blob_sync() -> None:
    _skip_fsync(stat.S_ISREG)


def _without_folder_sync() -> None:
    _skip_fsync(stat.S_ISDIR)


def _skip_fsync(concerns: Callable[[int], bool]) -> None:
    real = os.fsync

    def fsync(descriptor: int) -> None:
        if not concerns(os.fstat(descriptor).st_mode):
            real(descriptor)

    os.fsync = fsync  # type: ignore[assignment]


def _without_full() -> None:
    name = "connect"  # imported there, so not offered by name
    real = getattr(opening_module, name)

    def connect(path: Path, **options: Any) -> Any:
        db = real(path, **options)
        db.execute("PRAGMA synchronous=NORMAL")
        return db

    setattr(opening_module, name, connect)


def _without_blob_first() -> None:
    """Hold every blob back until the operation that names it is committed."""
    add_bytes, commit = Batch.add_bytes, Store.commit
    waiting: list[tuple[Batch, bytes]] = []

    def later(self: Batch, data: bytes) -> Stored:
        waiting.append((self, data))
        return Stored(hashlib.sha256(data).hexdigest(), len(data), new=True)

    def committed(self: Store, *arguments: Any, **options: Any) -> Any:
        changes = commit(self, *arguments, **options)
        while waiting:
            batch, data = waiting.pop()
            add_bytes(batch, data)
            batch.sync()
        return changes

    Batch.add_bytes, Store.commit = later, committed  # type: ignore[method-assign]


_TAKE_AWAY = {
    "blob-sync": _without_blob_sync,
    "full": _without_full,
    "blob-first": _without_blob_first,
    "folder-sync": _without_folder_sync,
}


def main(arguments: Sequence[str]) -> int:
    """Run one visit; 3 after a catalogued refusal, as the command line ends."""
    preparing.RESERVE_BYTES = RESERVE_BYTES
    later.MOST_WAITING = MOST_WAITING
    for protection in arguments[1:]:
        _TAKE_AWAY[protection]()
    root = Path(arguments[0])
    try:
        run(root, sorted(_photos_beside(root).iterdir()), Promises())
    except MingchaError as error:
        print(f"{error.code}: {error}", file=sys.stderr)
        return 3
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
