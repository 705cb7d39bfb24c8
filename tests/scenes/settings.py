"""Scenes of the settings: every section, and a check that found something."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from inspector.base.paths import Workspace
from inspector.operations.code_files import codes_of
from tests.support.keys import give_key
from tests.support.organisation import populate
from ui.codes import CodesDialog, ReadingDialog, show_codes
from ui.widgets.surfaces import bring_into_view

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from tests.scenes.stage import Scene, Stage


#: A file of four codes, which cannot be packed closer.
_FILE = b"".join(hashlib.sha512(bytes((n,))).digest() for n in range(28))


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


def administrators(stage: Stage) -> QWidget:
    """Who administers the organisation, below the computers; an invitation was just written."""
    organisation(stage)
    section = stage.window.page._made["organisation"]
    section.administrators.table.selectRow(0)
    bring_into_view(section.administrators)
    stage.settle()
    return stage.window


def codes(stage: Stage) -> QWidget:
    """A small file as codes: the first of several."""
    show_codes(stage.desk, stage.window, stage.window, "邀请.mcinvite", _FILE)
    found: list[CodesDialog] = []

    def is_open() -> bool:
        shown = QApplication.topLevelWidgets()
        found[:] = [each for each in shown if isinstance(each, CodesDialog)]
        return bool(found)

    stage.until(is_open)
    return found[0]


def reading_codes(stage: Stage) -> QWidget:
    """Codes are being read: two of four are still missing."""
    dialog = ReadingDialog(stage.desk, stage.window)
    dialog.open()
    stage.settle()
    texts = codes_of(_FILE, "x")
    dialog._take(texts[:1], asked=True)
    return dialog


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
    *(general, person, members, signing_key, organisation_none, organisation, administrators),
    *(codes, reading_codes, keys, storage),
    *(unsound, discretion, about),
)
