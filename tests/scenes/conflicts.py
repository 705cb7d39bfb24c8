"""Scenes of the page of conflicts, and of Home when there are any."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector.domain.entities import Finding, Hall
from inspector.domain.quick import QUICK
from inspector.operations.people import add_person, use_person
from inspector.operations.places import windows_of
from inspector.operations.quick import quick_finding
from inspector.operations.recording import amend
from inspector.operations.reviews import return_visit
from tests.support.elsewhere import Laptop

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from inspector.operations.session import Session
    from tests.scenes.stage import Scene, Stage


def differ(session: Session, visit: str, hall: str, by: str) -> None:
    """Let another laptop write a finding and the address of the place in other words."""
    window = windows_of(session, hall)[4].id
    made = quick_finding(session, visit, QUICK[0], session.now(), text="空岗", window=window)
    laptop = Laptop(session, by)
    known = laptop.knows("finding", made.id, "text") | laptop.knows("hall", hall, "address")
    amend(session, Finding, made.id, {"text": "10:38 起无人在岗 9 分钟"})
    amend(session, Hall, hall, {"address": "人民路 1 号"})
    text = {"text": "10:38 至 10:52 无人在岗 14 分钟，8 人等候，叫号屏仍在叫号。"}
    over = {"text": known["text"]}
    laptop.write("finding", made.id, text, over=over, visit=visit, why="看录像核对")
    laptop.write("hall", hall, {"address": "人民路 11 号（政务大楼一层）"}, over={})
    laptop.arrive()


def _differ(stage: Stage) -> None:
    office = stage.office
    stage.desk.act(
        stage.window, lambda session: differ(session, office.covert, office.hall, office.other)
    )
    stage.settle()


def beside(stage: Stage) -> QWidget:
    """Two values beside each other."""
    _differ(stage)
    stage.go("conflicts")
    return stage.window


def settled(stage: Stage) -> QWidget:
    """Nothing is in conflict."""
    stage.go("conflicts")
    return stage.window


def expected(stage: Stage) -> QWidget:
    """Home with a returned visit and conflicts."""
    _differ(stage)
    office = stage.office

    def work(session: Session) -> None:
        use_person(session, add_person(session, "赵敏").id)
        return_visit(session, office.sealed, "05 号窗口的时间与照片不符，请核对后补充。")
        use_person(session, office.me)

    stage.desk.act(stage.window, work)
    stage.settle()
    stage.go("home")
    return stage.window


SCENES: tuple[Scene, ...] = (beside, settled, expected)
