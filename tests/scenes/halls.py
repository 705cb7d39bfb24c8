"""Scenes of the register of places, of one place, its windows, and of importing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector.domain.entities import Hall, Visit
from inspector.operations.places import add_hall
from inspector.operations.recording import void
from inspector.storage.store import Edit
from ui.pages.halls.page import HallsPage

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from inspector.operations.session import Session
    from tests.scenes.stage import Scene, Stage


def register(stage: Stage, **more: str) -> HallsPage:
    page = stage.go("halls", **more)
    assert isinstance(page, HallsPage)
    return page


def chosen(stage: Stage) -> QWidget:
    """A place is chosen while a covert part is going on: codes only."""
    register(stage, hall=stage.office.hall)
    return stage.window


def named(stage: Stage) -> QWidget:
    """The same with names, since nothing is covert any more."""
    visit = stage.office.covert
    stage.desk.act(stage.window, lambda session: void(session, Visit, visit, "误建"))
    register(stage, hall=stage.office.hall)
    return stage.window


def left_out(stage: Stage) -> QWidget:
    """A filter leaves all places out."""
    page = register(stage)
    page.filter.setText("没有")
    return stage.window


def none(stage: Stage) -> QWidget:
    """There are no places yet."""

    def withdraw(session: Session) -> None:
        halls = session.store.select(Hall, "void IS NULL")
        session.store.commit([Edit("hall", hall.id, {"void": "误建"}) for hall in halls])

    stage.desk.act(stage.window, withdraw)
    register(stage)
    return stage.window


def new(stage: Stage) -> QWidget:
    """The form of a new place, with something that cannot be read."""
    page = register(stage)
    page.new.click()
    page.form.name.setText("北苑街道便民服务中心")
    page.form.hours.setPlainText("周九 25:00")
    page.form.save.click()
    return stage.window


def edited(stage: Stage) -> QWidget:
    """A place is being changed."""
    page = register(stage, hall=stage.office.hall)
    page.overview.edit.click()
    return stage.window


def plan(stage: Stage) -> QWidget:
    """The windows of a place."""
    page = register(stage, hall=stage.office.hall)
    page.overview.plan.click()
    stage.settle()
    page.plan.table.selectRow(4)
    page.plan.laying.more.click()
    return stage.window


def plan_asked(stage: Stage) -> QWidget:
    """Something is typed about a window, and another one is wanted."""
    page = register(stage, hall=stage.office.hall, view="windows")
    page.plan.table.selectRow(4)
    page.plan.form.zone.setText("北区")
    page.plan.table.selectRow(6)
    return stage.window


def plan_of_none(stage: Stage) -> QWidget:
    """A place without windows; its ranges overlap."""

    def add(session: Session) -> str:
        return add_hall(session, Hall(id="", code="C-07", name="新大厅")).id

    made: list[str] = []
    stage.desk.act(stage.window, add, made.append)
    stage.until(lambda: bool(made))
    page = register(stage, hall=made[0], view="windows")
    page.plan.laying.add_line()
    page.plan.laying.lines[1].first.setValue(1)
    page.plan.laying.go.click()
    return stage.window


def import_start(stage: Stage) -> QWidget:
    """A file is to be chosen."""
    register(stage).bring.click()
    return stage.window


def _imported(stage: Stage, text: str) -> QWidget:
    file: Path = stage.office.root.parent / "场所和窗口.csv"
    file.write_text(text, encoding="utf-8-sig")
    page = register(stage)
    page.bring.click()
    page.importing.read(file)
    stage.until(lambda: page.importing.working.isHidden() and page.importing.model.rowCount() > 0)
    return stage.window


_HEAD = "大厅编码,大厅名称,级别,窗口号,窗口名称,楼层,事项,办公时间,备注\n"


def import_right(stage: Stage) -> QWidget:
    """What a file would add and change."""
    return _imported(
        stage,
        _HEAD
        + "C-07,北苑街道便民服务中心,T,01,综合受理,1,参保登记；社保卡申领,周一至周五 9:00-17:00,\n"
        + "C-07,,,02,不动产登记,1,,,\nB-02,开发区便民服务中心,,01,综合窗口,1,,,\nB-02,,,02,,1,,,\n",
    )


def import_wrong(stage: Stage) -> QWidget:
    """Some rows of a file cannot be used."""
    return _imported(
        stage,
        _HEAD
        + "C-07,北苑街道便民服务中心,省级以上的,01,综合受理,1,,周九 25:00,\n"
        + ",,,02,不动产登记,1,,,\nC-08,,,01,,,,,\nB-02,,,01,综合窗口,1,,,\n",
    )


def import_refused(stage: Stage) -> QWidget:
    """A file that is no table."""
    file = stage.office.root.parent / "场所.xlsx"
    file.write_bytes(b"PK\x03\x04 no workbook")
    page = register(stage)
    page.bring.click()
    page.importing.read(file)
    stage.until(lambda: not page.importing.again.isHidden())
    return stage.window


SCENES: tuple[Scene, ...] = (
    *(chosen, named, left_out, none, new, edited, plan, plan_asked, plan_of_none),
    *(import_start, import_right, import_wrong, import_refused),
)
