"""Scenes of the settings: every section, and a check that found something."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtTest import QTest

from inspector.base.paths import Workspace
from tests.support.keys import give_key
from tests.support.organisation import populate
from ui.widgets.surfaces import bring_into_view

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from tests.scenes.stage import Scene, Stage


def _section(stage: Stage, name: str) -> QWidget:
    stage.go("settings", section=name)
    QTest.qWait(50)
    return stage.window


def general(stage: Stage) -> QWidget:
    """Language, theme, text size, Chinese input."""
    return _section(stage, "general")


def person(stage: Stage) -> QWidget:
    """Who is typing, and the PIN."""
    return _section(stage, "person")


def members(stage: Stage) -> QWidget:
    """Who can take part in visits; one of them is chosen."""
    _section(stage, "members")
    stage.window.page._made["members"].table.selectRow(1)
    return stage.window


def signing_key(stage: Stage) -> QWidget:
    """A member with a key for signing seals is chosen."""
    me = stage.office.me
    stage.desk.act(stage.window, lambda session: give_key(session, me, "me"))
    stage.settle()
    _section(stage, "members")
    section = stage.window.page._made["members"]
    section.table.selectRow(section.model.place(me))
    stage.settle()
    bring_into_view(section.key)
    return stage.window


def organisation_none(stage: Stage) -> QWidget:
    """Who works alone belongs to no organisation."""
    return _section(stage, "organisation")


def organisation(stage: Stage) -> QWidget:
    """The office machine of an organisation with two more computers, one of them lost."""
    stage.desk.act(stage.window, lambda session: populate(session, stage.office.root))
    stage.settle()
    _section(stage, "organisation")
    section = stage.window.page._made["organisation"]
    section.table.selectRow(1)
    stage.settle()
    return stage.window


def keys(stage: Stage) -> QWidget:
    """The keys."""
    return _section(stage, "keys")


def storage(stage: Stage) -> QWidget:
    """The folder, the backups, the checks."""
    return _section(stage, "storage")


def unsound(stage: Stage) -> QWidget:
    """A check found an original that is gone."""
    media = Workspace(stage.office.root).media
    next(each for each in sorted(media.rglob("*")) if each.is_file()).unlink()
    _section(stage, "storage")
    stage.window.page._made["storage"].buttons["check"].click()
    stage.settle()
    QTest.qWait(50)
    return stage.window


def discretion(stage: Stage) -> QWidget:
    """What keeps it unnoticed."""
    return _section(stage, "discretion")


def about(stage: Stage) -> QWidget:
    """Versions and licences."""
    return _section(stage, "about")


SCENES: tuple[Scene, ...] = (
    *(general, person, members, signing_key, organisation_none, organisation, keys, storage),
    *(unsound, discretion, about),
)
