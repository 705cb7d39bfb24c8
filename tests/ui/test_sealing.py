"""Sheet, seal and supplement in the windows: what reaches the record."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QPushButton

from inspector.domain.entities import Evidence, Finding, Seal, Trip, Visit
from inspector.operations.closing import closing
from inspector.operations.feedback import complete_feedback
from inspector.operations.findings import amend_finding
from inspector.operations.people import add_person
from inspector.operations.recording import amend
from inspector.operations.visits import join, new_visit, not_accepted
from tests.ui.closing_steps import (
    PIN,
    carry_to_the_sheet,
    confirm_the_grave_one,
    give_back,
    handed_over,
    named,
    page_of,
    press,
    settle,
    words,
)
from ui.frame.footer import Footer
from ui.pages.closing import gaps as gaps_module
from ui.pages.closing import seal as seal_module
from ui.pages.closing import sealed as sealed_module
from ui.pages.closing import sheet as sheet_module
from ui.theme import look

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtCore import QUrl
    from PySide6.QtWidgets import QApplication

    from inspector.base.i18n import Lang
    from tests.support.closing import Told
    from tests.support.office import Office
    from tests.ui.conftest import Bench
    from ui.pages.closing.choose import Choose
    from ui.pages.closing.correct import Correct
    from ui.pages.closing.page import ClosingPage
    from ui.pages.closing.said import Said
    from ui.pages.closing.seal import SealStep
    from ui.pages.closing.sheet import Sheet


def test_the_sheet_carries_the_code_and_comes_back_signed(
    opened: Bench, office: Office, told: Told, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = carry_to_the_sheet(opened, office)
    target = tmp_path / "sheet.pdf"
    monkeypatch.setattr(sheet_module, "asked_file_to_write", lambda *_args: target)
    opens: list[str] = []
    opening = True

    def open_url(url: QUrl) -> bool:
        opens.append(url.toLocalFile())
        return opening

    monkeypatch.setattr(sheet_module.QDesktopServices, "openUrl", open_url)
    said: list[str] = []
    opened.desk.said.connect(lambda each: said.append(each.text))
    sheet = cast("Sheet", page.steps["sheet"])
    # Making the sheet may give the visit its number, which the code rests on.
    assert sheet.code.text() == "–"
    press(opened, sheet.export)
    assert opens == [str(target)]
    assert "打开即可打印" in said[-1]
    opening = False
    press(opened, sheet.export)
    assert "没有程序" in said[-1]
    assert str(target) in said[-1]
    assert target.read_bytes().startswith(b"%PDF")
    found = opened.ask(lambda s: closing(s, office.covert, "zh"))
    assert found.printed == found.code == sheet.code.text()
    signed = sign(opened, page, office, tmp_path, monkeypatch)
    assert signed.original_name == "signed.pdf"


def sign(
    bench: Bench,
    page: ClosingPage,
    office: Office,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Evidence:
    """Take in the signed sheet and return it."""
    bring = folder / "signed.pdf"
    bring.write_bytes(b"%PDF-1.4 signed")
    monkeypatch.setattr(sheet_module, "asked_files", lambda *_args: [bring])
    press(bench, cast("Sheet", page.steps["sheet"]).bring)
    found = bench.ask(lambda s: closing(s, office.covert, "zh"))
    assert found.feedback is not None
    assert found.feedback.sheet is not None
    sheet = found.feedback.sheet
    signed = bench.ask(lambda s: s.store.get(Evidence, sheet))
    assert signed is not None
    return signed


def test_from_what_is_missing_to_the_sealed_visit(
    opened: Bench, office: Office, told: Told, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = carry_to_the_sheet(opened, office)
    sign(opened, page, office, tmp_path, monkeypatch)
    opened.ask(lambda s: amend_finding(s, told.findings[2], {"text": "等候 36 分钟。"}))
    page.go_to("seal")
    settle(opened)
    step = cast("SealStep", page.steps["seal"])
    assert not step.seal.isEnabled()
    confirm_the_grave_one(opened, page, told)
    page.go_to("seal")
    settle(opened)
    assert "36 分钟" in words(step)
    step.known.setChecked(True)
    assert not step.seal.isEnabled()
    for number in range(2):
        press(opened, none_left(step)[number])
        next_one = none_left(step)[1] if number == 0 else step.seal
        assert page.window().focusWidget() is next_one
    assert step.seal.isEnabled(), step.state.text()

    monkeypatch.setattr(seal_module, "confirmed", lambda *_args, **_more: False)
    press(opened, step.seal)
    assert opened.ask(lambda s: s.store.select(Seal, "visit = ?", office.covert)) == []
    monkeypatch.setattr(seal_module, "confirmed", lambda *_args, **_more: True)
    press(opened, step.seal)
    [seal] = opened.ask(lambda s: s.store.select(Seal, "visit = ?", office.covert))
    assert list(page.steps) == ["sealed"]
    assert seal.manifest[:8] in words(page)
    [foot] = opened.window.findChildren(Footer)
    assert "已封存" in words(foot)
    assert not any(each.isVisible() for each in foot.findChildren(QPushButton)), "no taking back"


def none_left(step: SealStep) -> list[QPushButton]:
    """Return the buttons that say that no photograph is left elsewhere."""
    return [
        each
        for each in step.counting.findChildren(QPushButton)
        if each.text() == "没有了" and each.isVisibleTo(step)
    ]


def test_what_is_typed_of_one_member_stays_while_another_is_counted(
    opened: Bench, office: Office, told: Told
) -> None:
    page = carry_to_the_sheet(opened, office)
    page.go_to("seal")
    settle(opened)
    step = cast("SealStep", page.steps["seal"])
    fields = step.counting._left_at.values()
    assert len({each.mapTo(step, QPoint()).x() for each in fields}) == 1 < len(fields)
    opened.qtbot.keyClicks(step.counting._left_at[office.other], "2, later")
    press(opened, none_left(step)[0])
    assert step.counting._left_at[office.other].text() == "2, later"
    place = list(step.counting._left_at).index(office.other)
    press(opened, none_left(step)[place])
    assert step.counting._left_at[office.other].text() == ""


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
    held = page.window().focusWidget()
    assert isinstance(held, QPushButton)
    assert held.text() == "去封存"
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


def test_the_document_that_is_missing_is_asked_for_where_it_is_missed(
    opened: Bench, office: Office, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened.ask(lambda s: amend(s, Visit, office.covert, {"trip": None}))
    step = page_of(opened, office.covert, "seal").steps["seal"]

    def mends() -> list[QPushButton]:
        buttons = step.findChildren(QPushButton)
        return [each for each in buttons if "授权文件" in each.accessibleName()]

    settle(opened)
    [mend] = mends()
    monkeypatch.setattr(gaps_module, "asked_text", lambda *_args, **_about: "督字〔2026〕11号")
    press(opened, mend)
    assert mends() == []
    trip = opened.ask(lambda s: s.store.get(Visit, office.covert)).trip
    assert opened.ask(lambda s: s.store.get(Trip, trip)).document_title == "督字〔2026〕11号"


def test_a_second_inspector_is_added_where_one_is_missed(
    opened: Bench, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit = opened.ask(lambda session: new_visit(session, office.hall, [office.me])).id
    step = page_of(opened, visit, "seal").steps["seal"]

    def mends() -> list[QPushButton]:
        buttons = step.findChildren(QPushButton)
        return [each for each in buttons if "只有一名" in each.accessibleName()]

    settle(opened)
    [mend] = mends()
    offered: list[str] = []

    def asked(*words: Any) -> str:
        offered.extend(each.id for each in words[-1])
        return office.other

    monkeypatch.setattr(gaps_module, "asked_person", asked)
    press(opened, mend)
    assert office.me not in offered
    assert office.other in offered
    assert mends() == []


def test_who_has_not_accepted_the_rules_accepts_them_where_it_is_missed(
    opened: Bench, office: Office, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    third = opened.ask(lambda session: add_person(session, "赵敏")).id
    opened.ask(lambda session: join(session, office.covert, third))
    step = page_of(opened, office.covert, "seal").steps["seal"]

    def mends() -> list[QPushButton]:
        buttons = step.findChildren(QPushButton)
        return [each for each in buttons if "纪律" in each.accessibleName()]

    settle(opened)
    [mend] = mends()
    shown: list[str] = []
    monkeypatch.setattr(gaps_module, "confirmed", lambda *words: bool(shown.append(words[3])) or 1)
    press(opened, mend)
    assert "1. " in shown[0]
    assert "赵敏" in shown[0]
    assert mends() == []
    assert opened.ask(lambda session: not_accepted(session, office.covert)) == []


def test_a_supplement_is_opened_corrected_and_sealed(
    opened: Bench, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = page_of(opened, office.sealed)
    monkeypatch.setattr(sealed_module, "asked_text", lambda *_args, **_about: "窗口号记错")
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
    # Not what would take it back.
    assert step.list.hasFocus()

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


def test_a_witness_that_was_not_named_is_added_later(
    opened: Bench, office: Office, told: Told
) -> None:
    page = carry_to_the_sheet(opened, office)
    found = opened.ask(lambda s: closing(s, office.covert, "zh"))
    assert found.feedback is not None
    feedback = found.feedback.id
    opened.ask(lambda s: complete_feedback(s, feedback, refusal="拒签"))
    settle(opened)
    sheet = cast("Sheet", page.steps["sheet"])
    opened.qtbot.keyClicks(sheet.witness, "Zhou")
    opened.qtbot.keyClick(sheet.witness, Qt.Key.Key_Return)
    settle(opened)
    found = opened.ask(lambda s: closing(s, office.covert, "zh"))
    assert found.feedback is not None
    assert (found.feedback.refusal, found.feedback.witness) == ("拒签", "Zhou")
