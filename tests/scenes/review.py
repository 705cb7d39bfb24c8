"""Scenes of the page of reviews."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from inspector.operations.people import add_person, use_person
from inspector.operations.reviews import approve, return_visit, review_item
from tests.scenes.evidence import bring
from tests.scenes.sync import do
from tests.support.elsewhere import Laptop
from tests.support.freeing import free, on_media_of_their_own, proved, two_media

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from inspector.operations.session import Session
    from tests.scenes.stage import Scene, Stage
    from ui.pages.review.page import ReviewPage


def _do(stage: Stage, work: object) -> None:
    stage.desk.act(stage.window, work)  # type: ignore[arg-type]
    stage.settle()


def _supervise(session: Session, visit: str) -> None:
    """Let somebody decide who was not there; one finding of the sealed visit is grave."""
    use_person(session, add_person(session, "赵敏").id)
    laptop = Laptop(session)
    laptop.write("event", "e-1", {"visit": visit, "kind": "note", "note": "同步"}, visit=visit)
    laptop.arrive()


def shown(stage: Stage, **more: str) -> ReviewPage:
    """Open the page and wait for what it shows."""
    page = cast("ReviewPage", stage.go("review", **more))
    stage.until(lambda: page.shown is None or page._right.currentIndex() == 1)
    stage.until(lambda: not stage.desk.pictures.waiting)
    stage.settle()
    return page


def finding(stage: Stage) -> QWidget:
    """A grave finding that is decided on by itself."""
    _do(stage, lambda session: _supervise(session, stage.office.sealed))
    shown(stage)
    return stage.window


def previews(stage: Stage) -> QWidget:
    """The originals are elsewhere: smaller pictures stand in for them."""
    office = stage.office
    folder = office.root.parent

    def work(session: Session) -> None:
        bring(session, office.covert, office.hall, folder / "pictures")  # nobody is covert now
        at, share = two_media(session, folder / "exchange")
        proved(session, str(at.stick), share.address)
        on_media_of_their_own(session, at.depot, share.depot)
        free(session, office.sealed)
        _supervise(session, office.sealed)

    do(stage, work)
    shown(stage)
    return stage.window


def visit(stage: Stage) -> QWidget:
    """A visit as a whole, after one of its findings was approved."""
    sealed = stage.office.sealed

    def work(session: Session) -> None:
        _supervise(session, sealed)
        item = review_item(session, sealed)
        approve(session, sealed, finding=item.exceptions[0])

    _do(stage, work)
    page = shown(stage)
    page.queue.step(5)
    stage.until(lambda: page.shown is not None and not page.shown.finding)
    stage.settle()
    stage.until(lambda: not page._rest.isActive())
    stage.settle()
    return stage.window


def returned(stage: Stage) -> QWidget:
    """What was returned, with its reason."""
    sealed = stage.office.sealed

    def work(session: Session) -> None:
        _supervise(session, sealed)
        return_visit(session, sealed, "05 号窗口的时间与照片不符，请核对。")

    _do(stage, work)
    shown(stage, view="returned")
    return stage.window


def own(stage: Stage) -> QWidget:
    """Whoever is typing took part."""
    shown(stage)
    return stage.window


def asking(stage: Stage) -> QWidget:
    """A return without a reason asks for it."""
    _do(stage, lambda session: _supervise(session, stage.office.sealed))
    page = shown(stage)
    page.return_shown()
    return stage.window


def done(stage: Stage) -> QWidget:
    """Nothing waits."""
    sealed = stage.office.sealed

    def work(session: Session) -> None:
        _supervise(session, sealed)
        for each in review_item(session, sealed).exceptions:
            approve(session, sealed, finding=each)
        approve(session, sealed)

    _do(stage, work)
    shown(stage)
    return stage.window


def inbox(stage: Stage) -> QWidget:
    """What came in."""
    _do(stage, lambda session: _supervise(session, stage.office.sealed))
    shown(stage, view="inbox")
    return stage.window


def board(stage: Stage) -> QWidget:
    """How far the teams are."""
    _do(stage, lambda session: _supervise(session, stage.office.sealed))
    shown(stage, view="board")
    return stage.window


SCENES: tuple[Scene, ...] = (finding, previews, visit, returned, own, asking, done, inbox, board)
