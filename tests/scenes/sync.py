"""Scenes of the page of exchange, and of what it shows elsewhere."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, TypeVar, cast

from PySide6.QtWidgets import QApplication

from inspector.base.errors import MingchaError
from inspector.operations.depot_places import Place, note
from inspector.operations.evidence import Taking, add_photos
from inspector.operations.teams import state_expected
from inspector.operations.visit_files import hand_over
from inspector.operations.visits import new_visit
from tests.support.exchanging import Exchanging, aside, begin, further, visit
from tests.support.freeing import on_media_of_their_own, proved
from tests.support.jpegs import write_jpeg
from ui.carrying import Carrying
from ui.exchange import Kind, Moved, Running
from ui.pages.sync.server import ServerDialog

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from inspector.operations.session import Session
    from tests.scenes.stage import Scene, Stage
    from ui.pages.sync.page import SyncPage

T = TypeVar("T")


def do(stage: Stage, work: Callable[[Session], T]) -> T:
    """Let the worker do something and wait for it."""
    made: list[T] = []
    stage.desk.act(stage.window, work, made.append)
    stage.until(lambda: bool(made))
    stage.settle()
    return made[0]


def exchanging(stage: Stage, *, known: bool = True) -> Exchanging:
    """Let the office of the stage belong to an organisation."""
    return do(stage, lambda session: begin(session, stage.office.root.parent, known=known))


def shown(stage: Stage, **more: str) -> SyncPage:
    """Open the page and wait until it knows everything that it shows."""
    page = cast("SyncPage", stage.go("sync", **more))
    stage.until(lambda: page.found is not None)
    stage.until(
        lambda: (
            all(each.waiting is not None for each in page.model.lines)
            and all(
                each.reached is not None or each.depot.kind != "folder" for each in page.model.lines
            )
        )
    )
    stage.settle()
    return page


def count(stage: Stage) -> None:
    """Wait until the top bar knows what is only here."""
    stage.desk.exchange.count()
    stage.until(lambda: stage.desk.exchange.lacking is not None)
    stage.settle()


def ended(stage: Stage, page: SyncPage) -> None:
    """Wait until what is being done with a depot has ended and is shown."""
    stage.until(lambda: stage.desk.exchange.running is None)
    stage.settle()
    stage.until(lambda: all(each.waiting is not None for each in page.model.lines))
    stage.settle()


def alone(stage: Stage) -> QWidget:
    """Who works alone has nothing to do here."""
    stage.go("sync")
    return stage.window


def empty(stage: Stage) -> QWidget:
    """An organisation without a depot yet."""
    exchanging(stage, known=False)
    shown(stage)
    count(stage)
    return stage.window


def depots(stage: Stage) -> QWidget:
    """A stick that is there, an office share that is not, and a server; much waits."""
    at = exchanging(stage)

    def work(session: Session) -> None:
        further(session, at, "share", "办公室共享")
        server = Place("webdav+https://127.0.0.1:9/mingcha", "https://127.0.0.1:9/mingcha", "7" * 8)
        note(session, server, "市里的服务器")

    do(stage, work)
    shutil.rmtree(at.stick.parent / "share")
    page = shown(stage, id=at.depot)
    count(stage)
    assert page.one.depot is not None
    return stage.window


def done(stage: Stage) -> QWidget:
    """Everything is on the stick, which may be pulled."""
    at = exchanging(stage)
    page = shown(stage, id=at.depot)
    page.one.go.click()
    ended(stage, page)
    count(stage)
    return stage.window


def snapshot(stage: Stage) -> QWidget:
    """The office wrote a snapshot, and was told that a colleague's tables differ."""
    at = exchanging(stage)

    def work(session: Session) -> None:
        for _ in range(2):
            visit(session, at)
            at.colleague_visits()
        with at.elsewhere() as other, other.store.transaction():
            other.store.db.execute("UPDATE person SET name = 'x'")
        at.colleague_visits()

    do(stage, work)
    page = shown(stage, id=at.depot)
    page.one.snap.click()
    ended(stage, page)
    count(stage)
    return stage.window


def unplugged(stage: Stage) -> QWidget:
    """The stick was pulled before the visit."""
    at = exchanging(stage)
    page = shown(stage, id=at.depot)
    shutil.rmtree(at.stick)
    page.one.go.click()
    ended(stage, page)
    return stage.window


def whereabouts(stage: Stage) -> QWidget:
    """Visits that a colleague has received, and one thing more that was recorded since."""
    at = exchanging(stage)
    office = stage.office

    def work(session: Session) -> None:
        new_visit(session, office.hall, [office.me, office.other])
        visit(session, at, files=False)
        at.colleague_visits()
        visit(session, at, files=False)
        new_visit(session, office.hall, [office.me, office.other])

    do(stage, work)
    page = shown(stage, view="visits")
    stage.until(lambda: page.views.visits.model.index(0, 5).data() is not None)
    count(stage)
    return stage.window


def going_on(stage: Stage) -> QWidget:
    """In the middle of a visit."""
    at = exchanging(stage)
    page = shown(stage, id=at.depot)
    exchange = stage.desk.exchange
    assert page.one.depot is not None
    exchange.running = Running(Kind.SYNC, page.one.depot)
    exchange._told("Sending files, in kilobytes", 2310, 4902)
    exchange._step(Moved(2_412_544, 61_440, 221))
    return stage.window


def put_aside(stage: Stage) -> QWidget:
    """Entries that were made after a membership ended, and something damaged."""
    at = exchanging(stage)

    def work(session: Session) -> None:
        aside(session, at)

    do(stage, work)
    page = shown(stage, view="aside")
    assert page.views.aside.model.rowCount() > 1
    return stage.window


def originals(stage: Stage) -> QWidget:
    """What may go: a sealed visit that two media are proved to have; another visit is open."""
    at = exchanging(stage)

    def work(session: Session) -> None:
        share = further(session, at, "share", "办公室共享")
        photo = write_jpeg(stage.office.root.parent / "IMG_1.jpg", size=(640, 480))
        list(add_photos(session, stage.office.covert, [photo], Taking(session.now())))
        proved(session, str(at.stick), share.address)
        on_media_of_their_own(session, at.depot, share.depot)

    do(stage, work)
    page = shown(stage, view="originals")
    stage.until(lambda: bool(page.views.originals.model.plan.visits))
    count(stage)
    return stage.window


def teams(stage: Stage) -> QWidget:
    """How far the teams are."""
    exchanging(stage)
    do(stage, lambda session: state_expected(session, "周明", 6))
    page = shown(stage, view="teams")
    stage.until(lambda: page.views.teams.model.rowCount() > 1)
    return stage.window


def server(stage: Stage) -> QWidget:
    """The form for a server; the kind with most fields."""
    exchanging(stage)
    page = shown(stage)
    dialog = ServerDialog(stage.desk, page)
    dialog.open()
    dialog.chips["sftp"].click()
    dialog.place.setText("sftp.example/srv/mingcha")
    error = MingchaError(
        *("depot_host_unknown",),
        place="sftp.example",
        fingerprint="ssh-ed25519 SHA256:0Gk0d5vE1Yw6oLJt0bqv3oZ8d3tWJ8q4mUeGf2yXb1c",
    )
    dialog._refused(error)
    return dialog


def taken_in(stage: Stage) -> QWidget:
    """A visit that a colleague handed over was taken in; its receipt is offered."""
    at, office = exchanging(stage), stage.office
    file = at.stick.parent / "走访 K7-1.mcvisit"
    do(stage, lambda session: visit(session, at, files=False))
    at.colleague_visits()
    with at.elsewhere() as session:
        hand_over(session, office.sealed, file)
    page = shown(stage)
    page.hands.take_file(file)
    found: list[Carrying] = []

    def is_over() -> bool:
        dialogs = [each for each in QApplication.topLevelWidgets() if isinstance(each, Carrying)]
        found[:] = [each for each in dialogs if each.said.isVisible()]
        return bool(found)

    stage.until(is_over)
    return found[0]


def at_the_visit(stage: Stage) -> QWidget:
    """A visit of somebody who can hand it over: one more button in its heading."""
    exchanging(stage)
    page = stage.go("visit", stage.office.covert)
    stage.until(page.heading.over.isVisible)
    return stage.window


def home(stage: Stage) -> QWidget:
    """Home of somebody who exchanges."""
    at = exchanging(stage)
    do(stage, lambda session: visit(session, at, files=False))
    stage.go("home")
    count(stage)
    return stage.window


def visits(stage: Stage) -> QWidget:
    """The list of visits with where each is."""
    at = exchanging(stage)
    do(stage, lambda session: visit(session, at, files=False))
    stage.go("visits")
    count(stage)
    return stage.window


def reviewing(stage: Stage) -> QWidget:
    """The top bar that is fullest: chips of the reviews beside what is only here."""
    exchanging(stage)
    stage.go("review")
    count(stage)
    return stage.window


SCENES: tuple[Scene, ...] = (
    *(alone, empty, depots, done, snapshot, going_on, unplugged, whereabouts, put_aside, originals),
    *(teams, server, taken_in, at_the_visit, home, visits, reviewing),
)
