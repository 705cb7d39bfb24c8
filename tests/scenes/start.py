"""Scenes of the start: the wizard's steps, what was opened before, what would not open."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtTest import QTest

from inspector.base.paths import Workspace

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from tests.scenes.stage import Scene, Stage


def _step(stage: Stage, number: int) -> QWidget:
    folder = stage.office.root.with_name("records")
    stage.go("start", step=str(number), name="李娜", office="市政府督查室", folder=str(folder))
    QTest.qWait(400)
    stage.settle()
    return stage.window


def welcome(stage: Stage) -> QWidget:
    """The first step: language and notice."""
    return _step(stage, 1)


def person(stage: Stage) -> QWidget:
    """Who is typing."""
    return _step(stage, 2)


def folder(stage: Stage) -> QWidget:
    """Where the records live; the guards have looked."""
    return _step(stage, 3)


def pin(stage: Stage) -> QWidget:
    """A PIN in plain words."""
    return _step(stage, 4)


def recent(stage: Stage) -> QWidget:
    """Two workspaces were opened before; one is on a drive that is not there."""
    gone = stage.office.root.with_name("外出笔记本")
    known = (str(stage.office.root), str(gone))
    stage.desk.settings = replace(stage.desk.settings, recent=known)
    stage.go("start")
    return stage.window


def _refused(stage: Stage, root: Path) -> QWidget:
    stage.go("start", open=str(root))
    QTest.qWait(50)
    stage.settle()
    return stage.window


def missing(stage: Stage) -> QWidget:
    """The folder holds no workspace."""
    return _refused(stage, stage.office.root.with_name("empty"))


def damaged(stage: Stage) -> QWidget:
    """The database cannot be read."""
    broken = stage.office.copied_to(stage.office.root.with_name("broken"))
    Workspace(broken.root).database.write_bytes(b"not a database" * 4096)
    return _refused(stage, broken.root)


def not_writable(stage: Stage) -> QWidget:
    """The folder cannot be written: its lock cannot be made."""
    locked = stage.office.copied_to(stage.office.root.with_name("locked"))
    lock = Workspace(locked.root).lock
    lock.unlink(missing_ok=True)
    lock.mkdir()
    return _refused(stage, locked.root)


SCENES: tuple[Scene, ...] = (
    *(welcome, person, folder, pin, recent),
    *(missing, not_writable, damaged),
)
