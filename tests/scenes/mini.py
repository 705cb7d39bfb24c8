"""Scenes of the mini window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector.base.errors import MingchaError
from ui.frame.cover import Cover
from ui.mini.switch import Switch
from ui.recording.acting import Trouble

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from tests.scenes.stage import Scene, Stage
    from ui.mini.window import MiniWindow


def _mini(stage: Stage) -> MiniWindow:
    switch = Switch(stage.desk, stage.window)
    stage.go("visit", stage.office.covert)
    stage.desk.shrunk.emit(stage.office.covert)
    stage.settle()
    assert switch.mini is not None
    stage.until(switch.mini.isActiveWindow)
    return switch.mini


def covert(stage: Stage) -> QWidget:
    """A round is going on."""
    return _mini(stage)


def finding(stage: Stage) -> QWidget:
    """A letter is chosen for a window on the second floor."""
    mini = _mini(stage)
    mini.rounds.go_to("22U6")
    stage.settle()
    mini.finding.begin()
    mini.finding.keys[0].click()
    return mini


def answers(stage: Stage) -> QWidget:
    """An item with many answers."""
    mini = _mini(stage)
    mini.answers.take_focus()
    many = (row for row, each in enumerate(mini.keeper.board.asked, 1) if each.item.choices)
    mini.answers.go_to(str(next(many)))
    return mini


def later(stage: Stage) -> QWidget:
    """Something seen earlier is entered, and a wait begun; an answer is typed."""
    mini = _mini(stage)
    mini.answers.go_to("S02-01")
    mini.later_button.click()
    mini.seen.at.setText("10:38-10:52")
    mini.waits.begin()
    mini.waits.form.ticket.setText("B117")
    return mini


def refused(stage: Stage) -> QWidget:
    """The disk was full."""
    mini = _mini(stage)
    mini.waits.take_focus()
    mini.acting.refused.emit(Trouble(MingchaError("disk_full"), lambda: None))
    return mini


def hidden(stage: Stage) -> QWidget:
    """The notes lie over it."""
    mini = _mini(stage)
    cover = Cover(stage.desk, stage.window)
    cover.hide_view()
    stage.settle()
    return mini


SCENES: tuple[Scene, ...] = (covert, finding, answers, later, refused, hidden)
