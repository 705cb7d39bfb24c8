"""The members of the office: added, changed and retired by key and by mouse."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from inspector.domain.entities import Person
from inspector.operations.people import add_person, people
from inspector.operations.recording import get
from tests.ui.hands import click, press
from ui.models.members import MembersModel
from ui.pages.new_visit import NewVisitPage
from ui.pages.settings import members as members_module
from ui.pages.settings.members import MembersSection

if TYPE_CHECKING:
    from tests.support.office import Office
    from tests.ui.conftest import Bench


@pytest.fixture
def section(opened: Bench) -> MembersSection:
    opened.window.activateWindow()
    opened.qtbot.waitUntil(opened.window.isActiveWindow)
    found = opened.go("settings", section="members")._made["members"]
    assert isinstance(found, MembersSection)
    return found


def test_a_new_member_can_be_chosen_for_a_visit(opened: Bench, section: MembersSection) -> None:
    click(opened, section.new)
    assert section.name.hasFocus()
    section.name.setText("<b>赵敏")
    section.post.setText("科员")
    section.credential.setText("0042")
    press(opened, Qt.Key.Key_Return, at=section.name)
    [made] = [each for each in opened.ask(people) if each.name == "<b>赵敏"]
    assert (made.post, made.credential) == ("科员", "0042")
    assert section.model.person(section.table.currentIndex().row()) == made
    page = opened.go("new_visit")
    assert isinstance(page, NewVisitPage)
    assert made.id in page.members


def test_a_new_member_is_typed_and_saved_without_scrolling(
    opened: Bench, section: MembersSection
) -> None:
    opened.window.resize(1280, 560)
    opened.settle()
    assert section.save.visibleRegion().isEmpty()
    click(opened, section.new)
    for each in (section.name, section.save):
        assert each.visibleRegion().boundingRect().size() == each.size()


def test_a_new_visit_leads_to_the_members_and_keeps_what_was_chosen(
    opened: Bench, office: Office
) -> None:
    page = opened.go("new_visit")
    assert isinstance(page, NewVisitPage)
    page.members[office.other].setChecked(True)
    page.name.setText("November")
    click(opened, page.more)
    assert opened.window.place is not None
    assert (opened.window.place.page, opened.window.place.more["section"]) == (
        "settings",
        "members",
    )
    section = opened.window.page._made["members"]
    assert section.name.hasFocus()
    assert section.name.text() == ""
    assert opened.go("new_visit") is page
    assert page.members[office.other].isChecked()
    assert page.name.text() == "November"


def test_a_member_is_changed(opened: Bench, section: MembersSection, office: Office) -> None:
    section.table.selectRow(section.model.place(office.other))
    press(opened, Qt.Key.Key_Return, at=section.table)
    assert section.name.hasFocus()
    section.unit.setText("市政府督查室")
    click(opened, section.save)
    assert opened.ask(lambda session: get(session, Person, office.other)).unit == "市政府督查室"
    assert section.model.rowCount() == len(opened.ask(people))


@pytest.mark.parametrize("keep", [True, False])
def test_another_member_waits_for_what_is_typed(
    opened: Bench, section: MembersSection, office: Office, keep: bool
) -> None:
    section.table.selectRow(section.model.place(office.other))
    section.unit.selectAll()
    opened.qtbot.keyClicks(section.unit, "City")
    section.table.selectRow(section.model.place(office.me))
    opened.settle()
    assert section.unit.text() == "City"
    selected = section.table.selectionModel().selectedRows()
    assert [each.row() for each in selected] == [section.model.place(office.other)]
    assert "先保存或放弃" in section.said.text()
    click(opened, section.save if keep else section.discard)
    me = opened.ask(lambda session: get(session, Person, office.me))
    assert (section.name.text(), section.unit.text()) == (me.name, me.unit)
    other = opened.ask(lambda session: get(session, Person, office.other))
    assert (other.unit == "City") is keep
    assert section.discard.isHidden()


def test_a_new_member_waits_for_what_is_typed(
    opened: Bench, section: MembersSection, office: Office
) -> None:
    section.table.selectRow(section.model.place(office.other))
    opened.qtbot.keyClicks(section.post, "X")
    click(opened, section.new)
    assert section.post.text().endswith("X")
    click(opened, section.discard)
    assert (section.name.text(), section.post.text(), section.name.hasFocus()) == ("", "", True)


def test_a_name_is_needed_and_what_was_typed_stays(opened: Bench, section: MembersSection) -> None:
    before = len(opened.ask(people))
    click(opened, section.new)
    section.post.setText("科员")
    click(opened, section.save)
    assert section.named.hint.property("tone") == "danger"
    assert section.post.text() == "科员"
    assert len(opened.ask(people)) == before


def test_what_is_typed_stays_when_something_else_changes(
    opened: Bench, section: MembersSection
) -> None:
    section.table.selectRow(0)
    section.post.setText("副主任")
    opened.ask(lambda session: add_person(session, "另一人"))
    opened.qtbot.waitUntil(lambda: section.model.place(section._person.id) >= 0)
    opened.settle()
    assert section.post.text() == "副主任"


def test_a_member_is_retired_with_the_reason(
    opened: Bench, section: MembersSection, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(members_module, "asked_text", lambda *_words, **_about: "已调离")
    section.table.selectRow(section.model.place(office.me))
    assert section.model.index(section.model.place(office.me), 4).data()
    click(opened, section.retire)
    assert opened.ask(lambda session: get(session, Person, office.me)).void == "已调离"
    assert section.model.place(office.me) == -1
    assert section.name.text() == ""
    assert opened.ask(lambda session: session.store.user) == ""


def test_the_table_keeps_the_rules_of_models(opened: Bench, office: Office) -> None:
    model = MembersModel(opened.desk.tr)
    fatal = QAbstractItemModelTester.FailureReportingMode.Fatal
    tester = QAbstractItemModelTester(model, fatal)
    model.take(opened.ask(people), office.me)
    assert model.rowCount() >= 2
    model.take([], "")
    assert tester.model() is model


@pytest.mark.parametrize("new", [True, False])
def test_what_is_typed_while_a_member_is_being_saved_stays(
    opened: Bench, section: MembersSection, office: Office, new: bool
) -> None:
    if new:
        click(opened, section.new)
    else:
        section.table.selectRow(section.model.place(office.other))
    section.name.setText("赵敏")
    section.save.click()
    section.post.setText("科员")
    if new:
        section.save.click()
    opened.settle()
    assert section.post.text() == "科员"
    [saved] = [each for each in opened.ask(people) if each.name == "赵敏"]
    assert saved.post != "科员"
    assert (section._person.id, section.retire.isHidden()) == (saved.id, False)
    click(opened, section.save)
    [saved] = [each for each in opened.ask(people) if each.name == "赵敏"]
    assert saved.post == "科员"


def test_a_member_that_is_shown_meanwhile_is_left_in_peace(
    opened: Bench, section: MembersSection, office: Office
) -> None:
    section.table.selectRow(section.model.place(office.other))
    section.unit.setText("市政府督查室")
    section.save.click()
    section.discard.click()
    section.table.selectRow(section.model.place(office.me))
    section.post.setText("科员")
    section.post.setFocus()
    opened.settle()
    assert opened.ask(lambda session: get(session, Person, office.other)).unit == "市政府督查室"
    assert section._person.id == office.me
    assert (section.post.text(), section.post.hasFocus()) == ("科员", True)
    assert (section.said.text(), section.discard.isHidden()) == ("", True)
