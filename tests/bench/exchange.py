"""Exchanging over a folder: the first visit against restic, and what later visits cost."""

from __future__ import annotations

import os
import shutil
import subprocess
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from inspector.domain.entities import Finding
from inspector.operations.syncing import sync
from inspector.operations.workspaces import open_workspace
from inspector.storage.store import Edit
from inspector.sync.depots.folder import FolderDepot
from tests.bench import samples
from tests.bench.measuring import Check, Row, alternate, median, say, seconds
from tests.bench.records import Grower
from tests.support import organisation
from tests.support.laptops import new_depot

if TYPE_CHECKING:
    from collections.abc import Iterator

    from inspector.operations.session import Session
    from inspector.operations.syncing import SyncReport
    from tests.bench.measuring import Plan

_PIXELS = (1280, 960)
_ROUNDS = 3
_REPEATS = 5
_DEVICES = (1, 10, 25, 50)


def run(plan: Plan) -> list[Row]:
    """Measure first and later visits; what tells copies of a disk apart lies with each of them."""
    rows = [_first(plan), _nothing_new(plan), _one_finding(plan), _devices(plan)]
    return [row for row in rows if row is not None]


@contextmanager
def _profile(folder: Path) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MINGCHA_PROFILE", str(folder / "profile"))
        yield


def _opened(root: Path) -> Session:
    with _profile(root):
        return open_workspace(root, back_up=False)


def _office(folder: Path, findings: int) -> organisation.Office:
    """Return the open office machine of a new organisation, with so many findings."""
    folder.mkdir(parents=True)
    with _profile(folder / "office"):
        office = organisation.office(folder)
    Grower(office.session).grow(findings)
    return office


def _photograph(session: Session, first: int, count: int) -> None:
    for number in range(first, first + count):
        stored = session.blobs.add_bytes(samples.photo(number, _PIXELS))
        fields = {"sha256": stored.sha256, "size": stored.size, "mime": "image/jpeg"}
        session.store.commit([Edit("evidence", session.store.new_id(), fields)])


# -- the first visit -----------------------------------------------------------------------------


def _first(plan: Plan) -> Row | None:
    findings, photographs = (500, 50) if plan.quick else (10_000, 1_000)
    restic = shutil.which("restic")
    if restic is None:
        say("exchange: restic is not installed, so that the first visit is not compared with it")
        return None
    say(f"exchange: {findings:,} findings and {photographs:,} photographs")
    office = _office(plan.folder / "first", findings)
    _photograph(office.session, 0, photographs)
    office.session.close()
    root = plan.folder / "first" / "office"
    timings = alternate(
        lambda number: _first_visit(root, plan.folder / f"copy-{number}"),
        lambda number: _restic(restic, root, plan.folder / f"restic-{number}"),
        rounds=_ROUNDS,
    )
    return Row(
        name="first visit",
        work=f"send {findings:,} findings and {photographs:,} photographs, encrypted, read back",
        floor_work="restic backing up the same database and photographs",
        ours=median(timings.ours),
        floor=median(timings.floor),
        target=1.0,
    )


def _first_visit(root: Path, copy: Path) -> float:
    shutil.copytree(root, copy)
    depot = new_depot(copy.with_suffix(".depot"))
    with _opened(copy) as session:
        reports: list[SyncReport] = []
        taken = seconds(lambda: reports.append(sync(session, depot)))
    assert reports[0].done.safe
    shutil.rmtree(copy)
    shutil.rmtree(depot.place)
    return taken


def _restic(restic: str, root: Path, folder: Path) -> float:
    folder.mkdir()
    kept = {"RESTIC_REPOSITORY": str(folder / "repository"), "RESTIC_PASSWORD": "bench",
            "RESTIC_CACHE_DIR": str(folder / "cache")}  # fmt: skip

    def call(*words: str) -> None:
        environment = {**os.environ, **kept}
        subprocess.run([restic, "--quiet", *words], env=environment, check=True)

    call("init")
    taken = seconds(lambda: call("backup", str(root / "media"), str(root / "mingcha.db")))
    shutil.rmtree(folder)
    return taken


# -- later visits --------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Visit:
    """What one visit took: seconds, requests, bytes that came."""

    seconds: float
    requests: int
    bytes: int


def _visit(session: Session, root: str) -> _Visit:
    """Visit the depot as after a start: the first thing is to see which one it is."""
    depot = FolderDepot(Path(root))
    reports: list[SyncReport] = []
    taken = seconds(lambda: reports.append(sync(session, depot)))
    return _Visit(taken, depot.requests, reports[0].done.received.bytes)


def _nothing_new(plan: Plan) -> Row:
    sizes = (200, 2_000) if plan.quick else (1_000, 100_000)
    small, large = (_quiet(plan.folder / f"quiet-{size}", size) for size in sizes)
    return Row(
        name="nothing new",
        work=f"visit a folder with nothing new, {sizes[1]:,} findings known",
        floor_work=f"the same with {sizes[0]:,} findings known",
        ours=large.seconds,
        floor=small.seconds,
        target=20.0,
        checks=(
            Check("time", large.seconds * 1000, "ms", 300),
            Check("requests", large.requests, "", 10),
        ),
    )


def _quiet(folder: Path, findings: int) -> _Visit:
    office = _office(folder, findings)
    with office.session as session:
        depot = new_depot(folder / "depot").place
        for _ in range(2):
            _visit(session, depot)
        visits = [_visit(session, depot) for _ in range(_REPEATS)]
    return sorted(visits, key=lambda each: each.seconds)[_REPEATS // 2]


def _one_finding(plan: Plan) -> Row:
    findings = 500 if plan.quick else 10_000
    folder = plan.folder / "one"
    office = _office(folder, findings)
    depot = new_depot(folder / "depot").place
    with office.session as session, _joined(office, folder / "second") as second:
        for _ in range(2):
            _visit(session, depot)
            _visit(second, depot)
        ours, floor = [], []
        for number in range(_REPEATS):
            _record(session, 2 * number)
            ours.append(_visit(session, depot).seconds + _visit(second, depot).seconds)
            pictures = [samples.photo(2 * number + n, _PIXELS) for n in range(2)]
            floor.append(_carried(pictures, folder / f"bare-{number}"))
    return Row(
        name="one finding",
        work="bring one finding with two photographs to a second computer, both visits",
        floor_work="write, sync and read back the two photographs, there and again here",
        ours=median(ours),
        floor=median(floor),
        target=60.0,
        checks=(Check("time", median(ours) * 1000, "ms", 1000),),
    )


def _joined(office: organisation.Office, root: Path) -> Session:
    with _profile(root):
        session = organisation.laptop(root, root.name)
    organisation.join(office, session, name=root.name)
    return session


def _record(session: Session, first: int) -> None:
    _note(session)
    _photograph(session, first, 2)


def _note(session: Session) -> None:
    session.store.save(Finding(id=session.store.new_id(), severity=2, text="窗口无人在岗"))


def _carried(pictures: list[bytes], folder: Path) -> float:
    folder.mkdir()

    def carry() -> None:
        for place in ("depot", "second"):
            for number, data in enumerate(pictures):
                path = folder / f"{place}-{number}"
                with path.open("wb") as file:
                    file.write(data)
                    os.fsync(file.fileno())
                assert path.read_bytes() == data

    return seconds(carry)


def _devices(plan: Plan) -> Row:
    counts = _DEVICES[:2] if plan.quick else _DEVICES
    folder = plan.folder / "devices"
    office = _office(folder, 50)
    depot = new_depot(folder / "depot").place
    with ExitStack() as closing:
        reader = closing.enter_context(office.session)
        others = [
            closing.enter_context(_joined(office, folder / f"d{number}"))
            for number in range(counts[-1])
        ]
        for session in (reader, *others, reader):
            _visit(session, depot)
        visits = {count: _news_of(others[:count], reader, depot) for count in counts}
    one, most = visits[counts[0]], visits[counts[-1]]
    return Row(
        name="devices",
        work=f"take in one new entry of each of {counts[-1]} computers",
        floor_work=f"{counts[-1]} times what one new entry of one computer takes",
        ours=most.seconds,
        floor=counts[-1] * one.seconds,
        target=1.0,
        checks=(
            *(Check(f"requests, {n} computers", each.requests, "") for n, each in visits.items()),
            *(Check(f"bytes, {n} computers", each.bytes, "") for n, each in visits.items()),
            Check("requests for each entry", most.requests / counts[-1], "", one.requests),
            Check("bytes for each entry", most.bytes / counts[-1], "", one.bytes),
        ),
    )


def _news_of(others: list[Session], reader: Session, depot: str) -> _Visit:
    """Let computers record one entry each and leave it at the depot, then the reader comes."""
    for session in others:
        _note(session)
        _visit(session, depot)
    return _visit(reader, depot)
