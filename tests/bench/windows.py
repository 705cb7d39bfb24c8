"""The windows: starting, opening a visit, answering, scrolling, memory."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from inspector.domain.entities import Evidence, Hall, Visit
from inspector.domain.schema import to_fields
from inspector.domain.vocabulary import Phase
from inspector.operations import people, places
from inspector.operations.recording import get
from inspector.operations.visits import change_phase, new_visit
from inspector.operations.workspaces import create_workspace
from inspector.storage.store import Edit
from tests.bench.measuring import MIB, Check, Row, alternate, median, percentile, say
from tests.bench.records import Grower
from tests.bench.window_children import run_child

if TYPE_CHECKING:
    from inspector.operations.session import Session
    from tests.bench.measuring import Plan

ROUNDS = 5
#: Milliseconds.
VISIT_PAINTED, VISIT_COMPLETE = 300, 1000
ANSWER_MEDIAN, ANSWER_SLOW = 16, 50
FRAME, FILLED = 32, 100
#: For so long the thread of the windows may do one thing. Milliseconds.
TURN = 50
#: Mebibytes above those of a bare window.
MEMORY = 120
_TRANSACTION = 500


def run(plan: Plan) -> list[Row]:
    """Measure the windows on a large record and on a large visit."""
    visits, findings = (1_000, 10_000) if plan.quick else (10_000, 100_000)
    windows, photographs = (100, 400) if plan.quick else (500, 2_000)
    say(f"windows: {visits:,} visits with {findings:,} findings")
    root = plan.folder / "windows"
    with create_workspace(root) as session:
        Grower(session, per_visit=findings // visits).grow(findings)
        large = _large_visit(session, windows, photographs)
    return [
        *_starting(root, f"{visits:,} visits, {findings:,} findings"),
        _opening(root, large, f"{windows} windows, {photographs:,} photographs"),
        _scrolling(root),
        _paging(root, large),
    ]


def _large_visit(session: Session, windows: int, photographs: int) -> str:
    """Add a visit to a hall of many windows; its photographs are rows without files."""
    floors = [str(number) for number in range(1, 6)]
    hall = Hall(id="", code="HD-99", name="河东市政务服务中心")
    hall = places.add_hall(session, hall, places.numbered_windows(windows, floors))
    me = session.store.user or people.people(session)[0].id
    visit = new_visit(session, hall.id, [me]).id
    seen = session.now()
    change_phase(session, visit, Phase.COVERT, seen, accepted_by=[me])
    store = session.store
    for start in range(0, photographs, _TRANSACTION):
        made = [
            Evidence(
                id=store.new_id(),
                visit=visit,
                sha256=f"{number:064x}",
                size=4_000_000,
                original_name=f"IMG_{number:04}.jpg",
                **seen.fields(),
            )
            for number in range(start, min(start + _TRANSACTION, photographs))
        ]
        store.commit([Edit("evidence", each.id, to_fields(each)) for each in made], visit=visit)
    return get(session, Visit, visit).id


def _starting(root: Any, record: str) -> list[Row]:
    figures: list[dict[str, Any]] = []
    bare: list[dict[str, Any]] = []

    def ours(_number: int) -> float:
        figures.append(run_child("home", root))
        return float(figures[-1]["painted"])

    def floor(_number: int) -> float:
        bare.append(run_child("bare"))
        return float(bare[-1]["painted"])

    timings = alternate(ours, floor, ROUNDS)
    # The first start of a day makes the backup and checks the record; the others are everyday.
    empty = median([each["memory"] for each in bare])
    memory = median([each["memory"] for each in figures]) - empty
    loaded = len({name for each in figures for name in each["loaded"]})
    floor_work = "a bare window with an empty table"
    return [
        Row(
            name="start",
            work="start to the first paint of the frame",
            floor_work=floor_work,
            ours=median(timings.ours),
            floor=median(timings.floor),
            target=1.3,
            checks=(
                Check("libraries of the record loaded before", loaded, "", 0),
                Check("memory above the bare window", memory / MIB, "MiB", MEMORY),
            ),
        ),
        Row(
            name="home",
            work=f"start to Home with its data, {record}",
            floor_work=floor_work,
            ours=median([each["home"] for each in figures]),
            floor=median(timings.floor),
            target=2,
        ),
    ]


def _opening(root: Any, visit: str, size: str) -> Row:
    rounds = [run_child("visit", root, visit) for _ in range(ROUNDS - 2)]
    at_once = [run_child("visit_at_once", root, visit) for _ in range(ROUNDS - 2)]
    painted = median([each["painted"] for each in rounds]) * 1000
    complete = median([each["complete"] for each in rounds]) * 1000
    answers = [taken * 1000 for each in rounds for taken in each["answers"]]
    return Row(
        name="visit",
        work=f"open a visit with {size}, to its first paint",
        floor_work=f"{VISIT_PAINTED} ms",
        ours=painted / 1000,
        floor=VISIT_PAINTED / 1000,
        target=1,
        checks=(
            Check("complete", complete, "ms", VISIT_COMPLETE),
            Check(
                "first paint, pressed the moment Home is shown",
                median([each["painted"] for each in at_once]) * 1000,
                "ms",
            ),
            Check("key to answer saved and shown, median", median(answers), "ms", ANSWER_MEDIAN),
            Check(
                "key to answer saved and shown, 99th percentile",
                percentile(answers, 0.99),
                "ms",
                ANSWER_SLOW,
            ),
        ),
    )


def _scrolling(root: Any) -> Row:
    figures = run_child("findings", root)
    frames = figures["frames"]
    return Row(
        name="scrolling",
        work=f"scroll through {figures['rows']:,} findings, slowest frame",
        floor_work=f"{FRAME} ms",
        ours=max(frames),
        floor=FRAME / 1000,
        target=1,
        checks=(
            Check("median frame", median(frames) * 1000, "ms"),
            Check("rows stand there after a jump", max(figures["filled"]) * 1000, "ms", FILLED),
        ),
    )


def _paging(root: Any, visit: str) -> Row:
    rounds = [run_child("pages", root, visit)["turns"] for _ in range(ROUNDS - 2)]
    turns = {page: median([each[page] for each in rounds]) for page in rounds[0]}
    return Row(
        name="pages",
        work="open each page for the first time, longest turn on the thread of the windows",
        floor_work=f"{TURN} ms",
        ours=max(turns.values()),
        floor=TURN / 1000,
        target=1,
        checks=tuple(Check(page, turn * 1000, "ms", TURN) for page, turn in turns.items()),
    )
