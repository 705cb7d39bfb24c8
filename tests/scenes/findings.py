"""Scenes of the register of findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector.base.errors import MingchaError
from inspector.domain.entities import Finding
from inspector.domain.quick import QUICK
from inspector.operations.places import windows_of
from inspector.operations.quick import quick_finding
from inspector.storage.store import Edit
from ui.pages.findings.amend import AmendDialog
from ui.pages.findings.page import FindingsPage

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from inspector.operations.session import Session
    from tests.scenes.stage import Scene, Stage


def register(stage: Stage) -> FindingsPage:
    page = stage.go("findings")
    assert isinstance(page, FindingsPage)
    rest(stage, page)
    return page


def rest(stage: Stage, page: FindingsPage) -> None:
    """Wait until the pane shows what is chosen."""
    stage.until(lambda: page.detail.shown is not None or not page.model.rowCount())
    stage.settle()


def covert(stage: Stage) -> QWidget:
    """A covert part is going on: places by their codes only."""
    visit, hall = stage.office.covert, stage.office.hall

    def find(session: Session) -> None:
        seen = session.now()
        window = windows_of(session, hall)[4].id
        quick_finding(session, visit, QUICK[0], seen, text="", window=window, people_waiting=7)

    stage.desk.act(stage.window, find)
    register(stage)
    return stage.window


def columns(stage: Stage) -> QWidget:
    """All columns are shown."""
    page = register(stage)
    page.columns.fill()
    for action in page.columns.menu.actions():
        if action.isCheckable() and not action.isChecked():
            action.trigger()
    return stage.window


def left_out(stage: Stage) -> QWidget:
    """Something leaves all findings out."""
    page = register(stage)
    page.filters.text.setText("没有这样的词")
    page.filters.period.setCurrentIndex(page.filters.period.count() - 1)
    stage.settle()
    return stage.window


def none(stage: Stage) -> QWidget:
    """There are no findings yet."""

    def withdraw(session: Session) -> None:
        found = session.store.select(Finding, "void IS NULL")
        # As a merge would bring it: of a sealed visit nobody here withdraws anything.
        session.store.commit([Edit("finding", each.id, {"void": "重复"}) for each in found])

    stage.desk.act(stage.window, withdraw)
    stage.go("findings")
    return stage.window


def error(stage: Stage) -> QWidget:
    """The record cannot be read."""
    page = register(stage)
    page._fail(MingchaError("disk_error", detail="I/O error"))
    return stage.window


def amended(stage: Stage) -> QWidget:
    """A finding of an open visit is being amended."""
    covert(stage)
    page = stage.window.page
    assert isinstance(page, FindingsPage)
    page._amend()
    stage.until(lambda: bool(page.findChildren(AmendDialog)))
    [dialog] = page.findChildren(AmendDialog)
    return dialog


SCENES: tuple[Scene, ...] = (covert, columns, left_out, none, error, amended)
