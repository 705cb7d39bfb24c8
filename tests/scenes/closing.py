"""Scenes of feedback and seal."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from inspector.base.errors import MingchaError
from inspector.domain.entities import Event, Statement
from inspector.domain.vocabulary import ConfirmationMethod, Phase, Position
from inspector.operations.dossiers import confirmation_sheet
from inspector.operations.evidence import set_free_of_people
from inspector.operations.feedback import complete_feedback, take_statement, tell_unit
from inspector.operations.findings import amend_finding, confirm
from inspector.operations.pins import set_pin
from inspector.operations.recording import void
from inspector.operations.sealing import start_supplement
from inspector.operations.seeing import Typed, seen_from
from inspector.operations.visits import count_photos, events_of
from tests.support.closing import Told, prepare

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLineEdit, QWidget

    from inspector.operations.session import Session
    from tests.scenes.stage import Scene, Stage
    from ui.pages.closing.correct import Correct
    from ui.pages.closing.page import ClosingPage


def _do(stage: Stage, work: object) -> object:
    got: list[object] = []
    stage.desk.act(stage.window, work, got.append)  # type: ignore[arg-type]
    stage.settle()
    return got[0]


def _prepared(stage: Stage) -> Told:
    office = stage.office
    folder = office.root.parent / "pictures"
    made = _do(stage, lambda session: prepare(session, office.covert, office.hall, folder))
    return cast("Told", made)


def _told(stage: Stage) -> Told:
    """The unit was told of all three and said something to the first."""
    made, visit = _prepared(stage), stage.office.covert

    def work(session: Session) -> None:
        for person in (stage.office.me, stage.office.other):
            set_pin(session, person, "2468")
        set_free_of_people(session, made.pictures[0], True)
        tell_unit(session, visit, made.findings, seen_from(session, visit, Typed()), ["王主任"])
        said = Statement(
            id="",
            finding=made.findings[0],
            position=Position.EXPLAIN,
            text="当时系统升级，值班长已安排顶岗，窗口未放告知牌。",
            speaker="王主任",
        )
        take_statement(session, said, seen_from(session, visit, Typed()))

    _do(stage, work)
    return made


def _ready(stage: Stage) -> Told:
    """Nothing is missing any more."""
    made, visit = _told(stage), stage.office.covert

    def work(session: Session) -> None:
        seen = seen_from(session, visit, Typed(observer=stage.office.other))
        confirm(session, made.findings[0], ConfirmationMethod.PIN, seen, pin="2468")
        for finding in made.findings[1:]:
            said = Statement(id="", finding=finding, position=Position.AGREE)
            take_statement(session, said, seen_from(session, visit, Typed()))
        target = stage.office.root.parent / "sheet.pdf"
        confirmation_sheet(session, visit, made.findings, target, "zh")

    _do(stage, work)
    return made


def _page(stage: Stage, step: str = "") -> ClosingPage:
    return cast("ClosingPage", stage.go("closing", stage.office.covert, step=step))


def choosing(stage: Stage) -> QWidget:
    """Three findings, one of them grave and not confirmed, with two pictures."""
    _prepared(stage)
    _page(stage)
    return stage.window


def without_findings(stage: Stage) -> QWidget:
    """There is nothing to tell."""
    _page(stage)
    return stage.window


def handed_over(stage: Stage) -> QWidget:
    """The unit's representative sees the first of the findings."""
    _told(stage)
    page = _page(stage, "said")
    page._hand_over()
    stage.settle()
    assert page.handed is not None
    return page.handed


def asking_the_pin(stage: Stage) -> QWidget:
    """The screen is to be given back."""
    view = handed_over(stage)
    view.give_back.click()  # type: ignore[attr-defined]
    view.wrong.setText(MingchaError("pin_wrong").text(stage.desk.tr))  # type: ignore[attr-defined]
    return view


def statements(stage: Stage) -> QWidget:
    """What the unit said."""
    _told(stage)
    _page(stage, "said")
    return stage.window


def sheet(stage: Stage) -> QWidget:
    """The sheet was printed; a finding was changed since."""
    made, visit = _told(stage), stage.office.covert

    def work(session: Session) -> None:
        target = stage.office.root.parent / "sheet.pdf"
        confirmation_sheet(session, visit, made.findings, target, "zh")
        amend_finding(session, made.findings[2], {"text": "等候 36 分钟。"})

    _do(stage, work)
    _page(stage, "sheet")
    return stage.window


def sealing_with_gaps(stage: Stage) -> QWidget:
    """Things are missing, and findings were changed after the feedback."""
    made = _told(stage)
    changed = {"text": "等候 36 分钟，超过公开承诺 16 分钟。"}
    _do(stage, lambda session: amend_finding(session, made.findings[2], changed))
    _page(stage, "seal")
    return stage.window


def ready_to_seal(stage: Stage) -> QWidget:
    """Nothing is missing."""
    _finished(stage)
    _page(stage, "seal")
    return stage.window


def _finished(stage: Stage) -> Told:
    made, visit = _ready(stage), stage.office.covert

    def work(session: Session) -> None:
        told = tell_unit(session, visit, made.findings, seen_from(session, visit, Typed()))
        complete_feedback(session, told.id, refusal="对第 1 项有异议", witness="保安周某")
        for person in (stage.office.me, stage.office.other):
            count_photos(session, visit, seen_from(session, visit, Typed(observer=person)))

    _do(stage, work)
    return made


def sealed(stage: Stage) -> QWidget:
    """A sealed visit."""
    stage.go("closing", stage.office.sealed)
    return stage.window


def correcting(stage: Stage) -> QWidget:
    """A supplement corrects the first finding of the sealed visit."""
    sealed_one = stage.office.sealed
    made = _do(stage, lambda session: start_supplement(session, sealed_one, "窗口号记错"))
    page = cast("ClosingPage", stage.go("closing", made.id))  # type: ignore[attr-defined]
    stage.settle()
    step = cast("Correct", page.steps["correct"])
    step.list.setCurrentIndex(step.model.index(0))
    stage.settle()
    cast("QLineEdit", step.fields["people_waiting"]).setText("13")
    return stage.window


def sealing_a_supplement(stage: Stage) -> QWidget:
    """The supplement is about to be sealed."""
    sealed_one = stage.office.sealed
    made = _do(stage, lambda session: start_supplement(session, sealed_one, "窗口号记错"))
    stage.go("closing", made.id, step="seal")  # type: ignore[attr-defined]
    return stage.window


def one_still_covert(stage: Stage) -> QWidget:
    """One inspector has shown identity, the other is still inside unrecognised."""
    _prepared(stage)
    visit = stage.office.covert

    def take_back(session: Session) -> None:
        for each in events_of(session, visit):
            if each.phase == Phase.OVERT:
                void(session, Event, each.id, "declared too early")

    _do(stage, take_back)
    _page(stage)
    return stage.window


SCENES: tuple[Scene, ...] = (
    *(choosing, one_still_covert, without_findings, handed_over, asking_the_pin, statements, sheet),
    *(sealing_with_gaps, ready_to_seal, sealed, correcting, sealing_a_supplement),
)
