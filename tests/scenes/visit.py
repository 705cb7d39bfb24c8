"""Scenes of a visit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector.base.errors import MingchaError
from inspector.domain.entities import Finding
from inspector.domain.vocabulary import EventKind, Phase
from inspector.operations.evidence import Taking, add_photos
from inspector.operations.findings import add_finding
from inspector.operations.places import windows_of
from inspector.operations.visits import begin_overt, note_event
from inspector.operations.visits import reveal as reveal_one
from tests.support.jpegs import write_jpeg
from ui.pages.visit.entering import CovertDialog, RevealDialog
from ui.pages.visit.notes import NotesDialog
from ui.pages.visit.page import VisitPage
from ui.recording.acting import Trouble

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from inspector.operations.session import Session
    from tests.scenes.stage import Scene, Stage


def _page(stage: Stage, visit: str) -> VisitPage:
    page = stage.go("visit", visit)
    assert isinstance(page, VisitPage)
    return page


def covert(stage: Stage) -> QWidget:
    """A round is going on."""
    _page(stage, stage.office.covert)
    return stage.window


def finding(stage: Stage) -> QWidget:
    """A problem is being written down, as seen earlier."""
    page = _page(stage, stage.office.covert)
    page.windows.tiles[3].setFocus()
    page.heading.later_button.setChecked(True)
    page.seen.at.setText("10:38")
    page.finding.begin()
    page.finding.keys[0].click()
    page.waits.begin()
    return stage.window


def ahead(stage: Stage) -> QWidget:
    """A time is typed that has not come yet, on the page and in a form over it."""
    page = _page(stage, stage.office.covert)
    page.heading.later_button.setChecked(True)
    page.seen.at.setText("23:58")
    page.timeline.add()
    assert page.timeline.form is not None
    page.timeline.form.seen.at.setText("23:58")
    stage.until(
        lambda: page.timeline.form is not None and page.timeline.form.seen.ahead.isVisible()
    )
    return stage.window


def prepared(stage: Stage) -> QWidget:
    """Nothing has begun."""
    _page(stage, stage.office.prepared)
    return stage.window


def sealed(stage: Stage) -> QWidget:
    """It can only be looked at."""
    _page(stage, stage.office.sealed)
    return stage.window


def unknown(stage: Stage) -> QWidget:
    """There is no such visit."""
    stage.go("visit", "nothing")
    return stage.window


def rules(stage: Stage) -> QWidget:
    """The covert part is to begin."""
    page = _page(stage, stage.office.prepared)
    page.heading.steps[Phase.COVERT].click()
    return page.window().findChildren(CovertDialog)[0]


def reveal(stage: Stage) -> QWidget:
    """Identity is to be shown."""
    page = _page(stage, stage.office.covert)
    page.heading.steps[Phase.OVERT].click()
    return page.window().findChildren(RevealDialog)[0]


def entry(stage: Stage) -> QWidget:
    """An entry of the timeline is to be written."""
    page = _page(stage, stage.office.covert)
    page.timeline.add()
    assert page.timeline.form is not None
    return page.timeline.form


def notes(stage: Stage) -> QWidget:
    """Notes were pasted; one line could not be read."""
    page = _page(stage, stage.office.covert)
    page.timeline.paste.click()
    dialog = page.window().findChildren(NotesDialog)[0]
    dialog.text.setPlainText("1038 05 空岗 6人\n10:38-10:52 05 空岗\n门口很乱\n1050 在岗 9/12")
    dialog.read_now()
    return dialog


def overt(stage: Stage) -> QWidget:
    """Identity was shown; photographs wait for a place."""
    files = [write_jpeg(stage.office.root.parent / f"{n}.jpg", tint=40 * n) for n in range(5)]
    visit = stage.office.covert

    def go_on(session: Session) -> None:
        seen = session.now()
        begin_overt(session, visit, seen, {stage.office.me: "检查证"}, to_whom="王主任")
        list(add_photos(session, visit, files, Taking(seen)))

    stage.desk.act(stage.window, go_on)
    _page(stage, visit)
    stage.until(lambda: stage.desk.pictures.held > 0)
    return stage.window


def partly(stage: Stage) -> QWidget:
    """One inspector has shown identity, the other goes on covertly; the timeline is looked at."""
    visit = stage.office.covert

    def show(session: Session) -> None:
        reveal_one(session, visit, session.now(), to_whom="王主任", document="检查证")
        other = session.now(stage.office.other)
        note_event(session, visit, EventKind.NOTE, other, "叫号屏停在 A029")
        window = windows_of(session, stage.office.hall)[4]
        found = Finding(id="", visit=visit, text="无人值守", window=window.id)
        add_finding(session, found, session.now())

    stage.desk.act(stage.window, show)
    page = _page(stage, visit)
    stage.settle()
    page._middle.ensureWidgetVisible(page.timeline)
    return stage.window


def full_disk(stage: Stage) -> QWidget:
    """The disk was full; what was typed is offered again."""
    page = _page(stage, stage.office.covert)
    page.finding.keys[0].click()
    page.finding.text.setText("05 号窗口无人")
    page.acting.refused.emit(Trouble(MingchaError("disk_full"), lambda: None))
    return stage.window


SCENES: tuple[Scene, ...] = (
    *(covert, finding, ahead, overt, prepared, sealed, unknown),
    *(rules, reveal, entry, notes, full_disk, partly),
)
