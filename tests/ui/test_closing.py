"""Feedback and seal in the windows: what reaches the record, and what the unit may see."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QLabel, QPushButton

from inspector.domain.entities import Evidence, Feedback, Finding, Seal, Statement
from inspector.domain.vocabulary import Phase, Position
from inspector.operations.closing import closing
from inspector.operations.evidence import set_free_of_people
from inspector.operations.findings import amend_finding
from inspector.operations.pins import set_pin
from tests.support.closing import TEXTS, Told, prepare
from ui.pages.closing import page as page_module
from ui.pages.closing import seal as seal_module
from ui.pages.closing import sealed as sealed_module
from ui.pages.closing import sheet as sheet_module
from ui.pages.closing.pictures import PictureTile
from ui.theme import look

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QApplication, QWidget

    from inspector.base.i18n import Lang
    from inspector.operations.session import Session
    from tests.support.office import Office
    from tests.ui.conftest import Bench
    from ui.pages.closing.choose import Choose
    from ui.pages.closing.correct import Correct
    from ui.pages.closing.handover import HandOver
    from ui.pages.closing.page import ClosingPage
    from ui.pages.closing.said import Said
    from ui.pages.closing.seal import SealStep
    from ui.pages.closing.sheet import Sheet

PIN = "2468"
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def told(opened: Bench, office: Office, tmp_path: Path) -> Told:
    """The covert visit of the office, ready to be told; both inspectors have a PIN."""

    def work(session: Session) -> Told:
        for person in (office.me, office.other):
            set_pin(session, person, PIN)
        return prepare(session, office.covert, office.hall, tmp_path / "pictures")

    return opened.ask(work)


def page_of(bench: Bench, visit: str, step: str = "") -> ClosingPage:
    return cast("ClosingPage", bench.go("closing", visit, step=step))


def words(widget: QWidget) -> str:
    return "\n".join(each.text() for each in widget.findChildren(QLabel))


def settle(bench: Bench) -> None:
    """Wait for an action, for what is read again because of it, and for what follows from that."""
    for _each in range(3):
        bench.settle()


def press(bench: Bench, button: QWidget) -> None:
    bench.qtbot.mouseClick(button, LEFT)
    settle(bench)


def named(widget: QWidget, name: str) -> QPushButton:
    found = [each for each in widget.findChildren(QPushButton) if each.text() == name]
    assert found, name
    return found[0]


def handed_over(bench: Bench, page: ClosingPage) -> HandOver:
    choose = cast("Choose", page.steps["choose"])
    press(bench, choose.show_unit)
    assert page.handed is not None
    settle(bench)
    return page.handed


def give_back(bench: Bench, view: HandOver, pin: str) -> None:
    if not view.pin.isVisible():
        press(bench, view.give_back)
    bench.qtbot.keyClicks(view.pin, pin)
    bench.qtbot.keyClick(view.pin, Qt.Key.Key_Return)
    settle(bench)


def statements(bench: Bench) -> dict[str, Statement]:
    return {each.finding: each for each in bench.ask(lambda s: s.store.select(Statement))}


# -- telling the unit -------------------------------------------------------------------------


def test_the_space_bar_takes_a_finding_out_and_the_rest_is_told(
    opened: Bench, office: Office, told: Told
) -> None:
    page = page_of(opened, office.covert)
    choose = cast("Choose", page.steps["choose"])
    assert set(choose.model.chosen) == set(told.findings)
    last = choose.model.place(told.findings[2])
    choose.list.setCurrentIndex(choose.model.index(last))
    opened.qtbot.keyClick(choose.list, Qt.Key.Key_Space)
    choose.present.setText("王主任，李科长")
    view = handed_over(opened, page)

    [feedback] = [
        f for f in opened.ask(lambda s: s.store.select(Feedback)) if f.visit == office.covert
    ]
    assert set(feedback.findings) == set(told.findings[:2])
    assert feedback.people_present == ("王主任", "李科长")
    assert opened.ask(lambda s: closing(s, office.covert, "zh")).phase is Phase.FEEDBACK
    give_back(opened, view, PIN)
    assert page.handed is None


def test_the_unit_sees_the_chosen_facts_and_nothing_else(
    opened: Bench, office: Office, told: Told
) -> None:
    opened.ask(lambda s: set_free_of_people(s, told.pictures[0], True))
    view = handed_over(opened, page_of(opened, office.covert))
    shown = words(view)
    assert TEXTS[0] in shown
    for secret in ("较重", "情形", "政务服务中心", "林岚", "周启明", "待认定", "A2-"):
        assert secret not in shown
    assert [tile.item.id for tile in view.findChildren(PictureTile)] == [told.pictures[0]]
    give_back(opened, view, PIN)


def test_nothing_but_the_pin_leads_back(opened: Bench, office: Office, told: Told) -> None:
    page = page_of(opened, office.covert)
    view = handed_over(opened, page)
    assert view.isModal()
    assert view.geometry() == opened.window.geometry()
    opened.qtbot.keyClick(view, Qt.Key.Key_Escape)
    view.close()
    view.reject()
    opened.desk.go("home")
    settle(opened)
    assert view.isVisible()
    assert opened.window.page is page
    assert not page.may_leave()

    give_back(opened, view, "1357")
    assert view.isVisible()
    assert "口令" in view.wrong.text()
    assert view.pin.text() == ""
    give_back(opened, view, PIN)
    assert page.handed is None
    assert not opened.desk.locked
    opened.go("home")
    assert opened.window.place is not None
    assert opened.window.place.page == "home"


@pytest.mark.parametrize("said", ["<b>系统升级</b>", "=1+1", "😀 停电"])
def test_what_the_unit_says_is_kept_as_it_was_typed(
    opened: Bench, office: Office, told: Told, said: str
) -> None:
    view = handed_over(opened, page_of(opened, office.covert))
    first = view.form._finding
    view.form.text.setPlainText(said)
    view.form.speaker.setText("王主任")
    press(opened, view.form.answers[Position.DISAGREE])
    kept = statements(opened)[first]
    assert (kept.position, kept.text, kept.speaker) == (Position.DISAGREE, said, "王主任")

    press(opened, view.forward)
    press(opened, view.form.answers[Position.AGREE])
    press(opened, view.back)
    assert view.form.text.toPlainText() == said
    assert len(statements(opened)) >= 2
    give_back(opened, view, PIN)


def test_too_long_a_statement_is_refused_in_words_and_stays_typed(
    opened: Bench, office: Office, told: Told
) -> None:
    view = handed_over(opened, page_of(opened, office.covert))
    view.form.text.setPlainText("长" * 20_001)
    view.form.flush()
    settle(opened)
    assert "20001" in view.form.state.text().replace(",", "")
    assert len(view.form.text.toPlainText()) == 20_001
    assert view.form._finding not in statements(opened)
    view.form.text.setPlainText("短")
    give_back(opened, view, PIN)


def test_who_has_no_pin_sets_one_before_handing_over(
    opened: Bench, office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened.ask(lambda s: prepare(s, office.covert, office.hall, tmp_path / "pictures"))
    monkeypatch.setattr(page_module, "asked_new_pin", lambda *_args: None)
    page = page_of(opened, office.covert)
    press(opened, cast("Choose", page.steps["choose"]).show_unit)
    assert page.handed is None
    assert opened.ask(lambda s: closing(s, office.covert, "zh")).feedback is None
    monkeypatch.setattr(page_module, "asked_new_pin", lambda *_args: "97531")
    view = handed_over(opened, page)
    give_back(opened, view, "97531")
    assert page.handed is None


# -- before it is told ------------------------------------------------------------------------


def test_a_second_inspector_confirms_by_pin_and_pictures_are_confirmed(
    opened: Bench, office: Office, told: Told
) -> None:
    page = page_of(opened, office.covert)
    choose = cast("Choose", page.steps["choose"])
    choose.open_finding(told.findings[0])
    settle(opened)
    choose.panel.pin.setText(PIN)
    opened.qtbot.keyClick(choose.panel.pin, Qt.Key.Key_Return)
    settle(opened)
    row = choose.model.row(choose.model.place(told.findings[0]))
    assert row is not None
    assert row.confirmed_by == ("周启明",)
    tile = choose.panel.findChildren(PictureTile)[0]
    press(opened, tile)
    marked = opened.ask(lambda s: s.store.get(Evidence, tile.item.id))
    assert marked is not None
    assert marked.free_of_people


def test_an_outcome_without_its_reason_waits_for_it(
    opened: Bench, office: Office, told: Told
) -> None:
    page = page_of(opened, office.covert)
    panel = cast("Choose", page.steps["choose"]).panel
    shown = panel._row
    assert shown is not None
    outcome = list(panel.outcomes)[2]
    press(opened, panel.outcomes[outcome])
    kept = opened.ask(lambda s: s.store.get(Finding, shown.finding.id))
    assert kept is not None
    assert kept.outcome is not outcome
    panel.reason.setText("<i>系统故障</i>，采纳")
    opened.qtbot.keyClick(panel.reason, Qt.Key.Key_Return)
    settle(opened)
    kept = opened.ask(lambda s: s.store.get(Finding, shown.finding.id))
    assert kept is not None
    assert (kept.outcome, kept.outcome_reason) == (outcome, "<i>系统故障</i>，采纳")


# -- paper and seal ---------------------------------------------------------------------------


def carry_to_the_sheet(bench: Bench, office: Office) -> ClosingPage:
    page = page_of(bench, office.covert)
    view = handed_over(bench, page)
    for _each in TEXTS:
        press(bench, view.form.answers[Position.AGREE])
        press(bench, view.forward)
    give_back(bench, view, PIN)
    page.go_to("sheet")
    settle(bench)
    return page


def test_from_the_sheet_to_the_sealed_visit(
    opened: Bench, office: Office, told: Told, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = carry_to_the_sheet(opened, office)
    target = tmp_path / "sheet.pdf"
    monkeypatch.setattr(sheet_module, "asked_file_to_write", lambda *_args: target)
    opens: list[str] = []
    monkeypatch.setattr(
        sheet_module.QDesktopServices, "openUrl", lambda url: opens.append(url.toLocalFile())
    )
    sheet = cast("Sheet", page.steps["sheet"])
    press(opened, sheet.export)
    assert opens == [str(target)]
    assert target.read_bytes().startswith(b"%PDF")
    found = opened.ask(lambda s: closing(s, office.covert, "zh"))
    assert found.printed == found.code == sheet.code.text()

    bring = tmp_path / "signed.pdf"
    bring.write_bytes(b"%PDF-1.4 signed")
    monkeypatch.setattr(sheet_module, "asked_files", lambda *_args: [bring])
    press(opened, sheet.bring)
    found = opened.ask(lambda s: closing(s, office.covert, "zh"))
    assert found.feedback is not None
    assert found.is_signed
    signed = opened.ask(lambda s: s.store.get(Evidence, found.feedback.sheet))
    assert signed is not None
    assert signed.original_name == "signed.pdf"

    opened.ask(lambda s: amend_finding(s, told.findings[2], {"text": "等候 36 分钟。"}))
    page.go_to("seal")
    settle(opened)
    step = cast("SealStep", page.steps["seal"])
    assert not step.seal.isEnabled()
    assert "周启明" in words(step)
    confirm_the_grave_one(opened, page, told)
    page.go_to("seal")
    settle(opened)
    assert "36 分钟" in words(step)
    step.known.setChecked(True)
    assert not step.seal.isEnabled()
    for _each in range(2):
        waiting = [
            each
            for each in step.counting.findChildren(QPushButton)
            if each.text() == "没有了" and each.isVisibleTo(step)
        ]
        press(opened, waiting[_each])
    assert step.seal.isEnabled(), step.state.text()

    monkeypatch.setattr(seal_module, "confirmed", lambda *_args, **_more: False)
    press(opened, step.seal)
    assert opened.ask(lambda s: s.store.select(Seal, "visit = ?", office.covert)) == []
    monkeypatch.setattr(seal_module, "confirmed", lambda *_args, **_more: True)
    press(opened, step.seal)
    [seal] = opened.ask(lambda s: s.store.select(Seal, "visit = ?", office.covert))
    assert list(page.steps) == ["sealed"]
    assert seal.manifest[:8] in words(page)


def confirm_the_grave_one(bench: Bench, page: ClosingPage, told: Told) -> None:
    page.go_to("choose")
    settle(bench)
    choose = cast("Choose", page.steps["choose"])
    choose.open_finding(told.findings[0])
    choose.panel.pin.setText(PIN)
    bench.qtbot.keyClick(choose.panel.pin, Qt.Key.Key_Return)
    settle(bench)


def test_a_refusal_needs_its_witness(opened: Bench, office: Office, told: Told) -> None:
    page = carry_to_the_sheet(opened, office)
    sheet = cast("Sheet", page.steps["sheet"])
    sheet.refusal.setText("对第 1 项有异议")
    assert not sheet.refuse.isEnabled()
    sheet.witness.setText("保安周某")
    press(opened, sheet.refuse)
    found = opened.ask(lambda s: closing(s, office.covert, "zh"))
    assert found.feedback is not None
    assert (found.feedback.refusal, found.feedback.witness) == ("对第 1 项有异议", "保安周某")
    page.undo()
    settle(opened)
    assert not opened.ask(lambda s: closing(s, office.covert, "zh")).is_signed


def test_what_is_missing_leads_to_where_it_is_mended(
    opened: Bench, office: Office, told: Told
) -> None:
    page = page_of(opened, office.covert, "seal")
    step = cast("SealStep", page.steps["seal"])
    went: list[tuple[str, str]] = []
    mends = [each for each in step.findChildren(QPushButton) if each.text() == "去补"]
    press(opened, mends[0])
    assert page.stack.currentWidget() is page.steps["choose"]
    page.go_to("seal")
    settle(opened)
    opened.desk.went.disconnect()
    opened.desk.went.connect(lambda place: went.append((place.page, place.more["gap"])))
    for each in step.findChildren(QPushButton):
        if "没有结束时间" in each.accessibleName():
            press(opened, each)
    assert went == [("visit", "wait_not_ended")]


def test_a_supplement_is_opened_corrected_and_sealed(
    opened: Bench, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = page_of(opened, office.sealed)
    monkeypatch.setattr(sealed_module, "asked_text", lambda *_args: "窗口号记错")
    press(opened, named(page, "建补充记录…"))
    page = cast("ClosingPage", opened.window.page)
    assert page.found is not None
    assert page.found.visit.supplement_of == office.sealed
    supplement = page.found.visit.id
    step = cast("Correct", page.steps["correct"])
    settle(opened)
    QAbstractItemModelTester(
        step.model, QAbstractItemModelTester.FailureReportingMode.Fatal, step.model
    )
    step.list.setCurrentIndex(step.model.index(0))
    settle(opened)
    field = step.fields["people_waiting"]
    assert not step.save.isEnabled()
    field.setText("13")  # type: ignore[union-attr]
    assert not step.save.isEnabled()
    step.why.setText("<b>笔记核对</b>")
    press(opened, step.save)
    wanted = "visit = ? AND void IS NULL"
    [new] = opened.ask(lambda s: s.store.select(Finding, wanted, supplement))
    assert (new.people_waiting, new.replaces is not None) == (13, True)
    assert step.model.corrected == 1

    page.go_to("seal")
    settle(opened)
    monkeypatch.setattr(seal_module, "confirmed", lambda *_args, **_more: True)
    press(opened, cast("SealStep", page.steps["seal"]).seal)
    [seal] = opened.ask(lambda s: s.store.select(Seal, "visit = ?", supplement))
    assert seal.edition == 2


def test_the_models_keep_the_rules_of_models(opened: Bench, office: Office, told: Told) -> None:
    page = page_of(opened, office.covert)
    choose, said = cast("Choose", page.steps["choose"]), cast("Said", page.steps["said"])
    fatal = QAbstractItemModelTester.FailureReportingMode.Fatal
    testers = [QAbstractItemModelTester(each.model, fatal, page) for each in (choose, said)]
    opened.ask(lambda s: amend_finding(s, told.findings[2], {"text": "等候 36 分钟。"}))
    settle(opened)
    assert choose.model.rowCount() == 3
    assert len(testers) == 2


def test_a_visit_that_is_not_there_is_said_in_words(opened: Bench) -> None:
    page = page_of(opened, "nothing")
    assert "这次走访打不开" in words(page)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_step_fits_a_small_screen_at_130_percent(
    opened: Bench, office: Office, told: Told, lang: Lang, qapp: QApplication
) -> None:
    opened.desk.settings = replace(opened.desk.settings, lang=lang, scale=130)
    look.apply(opened.desk.look, qapp)
    opened.window.rebuild()
    view = handed_over(opened, page_of(opened, office.covert))
    least = view.minimumSizeHint()
    assert (least.width() <= 1280, least.height() <= 680) == (True, True), least
    give_back(opened, view, PIN)
    for step in ("choose", "said", "sheet", "seal"):
        page = page_of(opened, office.covert, step)
        least = page.minimumSizeHint()
        assert (least.width() <= 1280, least.height() <= 680) == (True, True), (step, least)
    least = page_of(opened, office.sealed).minimumSizeHint()
    assert (least.width() <= 1280, least.height() <= 680) == (True, True), least
