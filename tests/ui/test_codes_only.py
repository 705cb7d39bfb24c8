"""One inspector has shown identity, another has not: every page shows codes, and who is covert."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QAbstractTableModel, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLabel,
    QLineEdit,
    QTableView,
)

from inspector.domain.entities import Finding, Hall, Person, Unit
from inspector.domain.vocabulary import EventKind, Phase
from inspector.operations.discretion import NO_CODE, covert_now, hidden_names, without_names
from inspector.operations.evidence import AddedFile, Taking, add_photos
from inspector.operations.findings import add_finding
from inspector.operations.places import add_hall, add_unit
from inspector.operations.recording import amend, get
from inspector.operations.review_detail import earlier_of_kind
from inspector.operations.searching import search_in_sight
from inspector.operations.visits import change_phase, count_photos, new_visit, note_event, reveal
from inspector.operations.withdrawing import edit_hall
from tests.scenes.conflicts import differ
from tests.support.jpegs import write_jpeg
from ui.pages.evidence.bring import bring_in
from ui.pages.findings.amend import AmendDialog
from ui.pages.visit.entering import RevealDialog
from ui.pages.visit.notes import NotesDialog

if TYPE_CHECKING:
    from pathlib import Path

    from inspector.operations.session import Session
    from tests.support.office import Office
    from tests.ui.conftest import Bench
    from ui.page import Page

PATIENCE_MS = 20_000
_READ = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole)
SHOWN = {"to_whom": "值班主任", "document": "检查证"}


def partly_open(bench: Bench, office: Office) -> Hall:
    """Let the person who types show identity; the other one goes on covertly."""

    def work(session: Session) -> Hall:
        reveal(session, office.covert, session.now(), **SHOWN)
        return get(session, Hall, office.hall)

    return bench.ask(work)


def words(page: Page) -> list[str]:
    """Return everything that can be read on a page."""
    texts = [each.text() for each in page.findChildren(QLabel)]
    texts += [each.text() for each in page.findChildren(QAbstractButton)]
    texts += [each.text() for each in page.findChildren(QLineEdit)]
    for box in page.findChildren(QComboBox):
        texts += [box.itemText(place) for place in range(box.count())]
    for view in page.findChildren(QAbstractItemView):
        model = view.model()
        columns = model.columnCount() if isinstance(model, QAbstractTableModel) else 1
        for row in range(model.rowCount()):
            for column in range(columns):
                if isinstance(view, QTableView) and view.isColumnHidden(column):
                    continue
                index = model.index(row, column)
                texts += [str(index.data(role) or "") for role in _READ]
    return [*texts, page.title, page.subtitle, page.window().windowTitle()]


@pytest.mark.parametrize(
    ("name", "of_visit"),
    [
        *(("home", False), ("visits", False), ("visit", True), ("new_visit", False)),
        *(("closing", True), ("evidence", True), ("evidence", False), ("findings", False)),
        *(("halls", False), ("dossiers", False), ("review", False), ("conflicts", False)),
    ],
)
def test_no_page_names_the_place(opened: Bench, office: Office, name: str, of_visit: bool) -> None:
    hall = partly_open(opened, office)
    opened.ask(lambda session: differ(session, office.covert, office.hall, office.other))
    page = opened.go(name, office.covert if of_visit else "")
    if name == "review":
        opened.qtbot.waitUntil(lambda: not page._rest.isActive())  # type: ignore[attr-defined]
        opened.settle()
        assert page._right.currentIndex() == 1  # type: ignore[attr-defined]
    if name == "findings":
        opened.qtbot.waitUntil(lambda: page.table.model().rowCount() > 0)  # type: ignore[attr-defined]
    assert [each for each in words(page) if hall.name in each] == []


def test_home_shows_codes_however_many_visits_are_prepared_after_it(
    opened: Bench, office: Office
) -> None:
    hall = partly_open(opened, office)

    def prepare(session: Session) -> None:
        for _visit in range(51):
            new_visit(session, office.hall, [office.me])

    opened.ask(prepare)
    assert [each for each in words(opened.go("home")) if hall.name in each] == []


def test_the_words_of_findings_name_no_place(opened: Bench, office: Office) -> None:
    hall = partly_open(opened, office)
    said = f"{hall.name}三楼无人值守"
    coded = f"{hall.code}三楼无人值守"
    saw = opened.ask(lambda session: get(session, Person, office.other)).name

    def work(session: Session) -> str:
        seen = session.now(office.other)
        made = add_finding(session, Finding(id="", visit=office.covert, text=said), seen)
        return made.id

    made = opened.ask(work)
    page = opened.go("findings")
    opened.desk.go("findings", made)
    opened.settle()
    opened.qtbot.waitUntil(lambda: page.detail.shown is not None)  # type: ignore[attr-defined]
    opened.settle()
    read = words(page)
    assert any(coded in each for each in read)
    assert [each for each in read if hall.name in each or saw in each] == []

    # What is changed is the text itself, not what stands for it here.
    page.detail.amend.click()  # type: ignore[attr-defined]
    opened.settle()
    [dialog] = page.findChildren(AmendDialog)
    assert dialog.text.toPlainText() == said
    dialog.reject()


def test_earlier_findings_beside_a_review_name_no_place(opened: Bench, office: Office) -> None:
    hall = partly_open(opened, office)

    def work(session: Session) -> tuple[str, ...]:
        first = next(each for each in session.store.select(Finding) if each.situations)
        said = f"{hall.name}三楼无人值守"
        again = Finding(id="", visit=office.covert, text=said, situations=first.situations[:1])
        add_finding(session, again, session.now())
        rows, _count = earlier_of_kind(session, first.id)
        return tuple(each.finding.text for each in rows)

    earlier = opened.ask(work)
    assert any(f"{hall.code}三楼无人值守" in each for each in earlier)
    assert [each for each in earlier if hall.name in each] == []


def test_lists_to_choose_from_name_who_is_covert_by_letter(opened: Bench, office: Office) -> None:
    partly_open(opened, office)
    name = opened.ask(lambda session: get(session, Person, office.other)).name
    page = opened.go("visit", office.covert)
    board = page.keeper.board  # type: ignore[attr-defined]
    letter = "甲乙"[list(board.standing.members).index(office.other)]
    acting = page.acting  # type: ignore[attr-defined]
    bring = bring_in(opened.desk, page, office.covert)
    opened.settle()
    reveal = RevealDialog(opened.desk, acting, board)
    notes = NotesDialog(opened.desk, acting, board)
    opened.qtbot.addWidget(reveal)
    opened.qtbot.addWidget(notes)
    page.timeline.add()  # type: ignore[attr-defined]
    form = page.timeline.form  # type: ignore[attr-defined]
    for shown in (page, reveal, notes, form, bring):
        boxes = [each for each in shown.findChildren(QComboBox) if each.findData(office.other) >= 0]
        assert boxes
        assert {each.itemText(each.findData(office.other)) for each in boxes} == {letter}
    assert reveal.boxes[office.other].text() == letter
    # To whom stands there the second time; the document is the other one's own, and is asked for.
    assert reveal.to_whom.text() == SHOWN["to_whom"]
    document = reveal.documents[office.other]
    assert document.text() == ""
    assert not reveal.go.isEnabled()
    document.setText("检查证 0042")
    assert reveal.go.isEnabled()
    assert name not in "".join(words(page))
    form.reject()
    bring.close()
    opened.settle()


def test_a_photograph_names_by_letter_who_took_it_covertly(
    opened: Bench, office: Office, tmp_path: Path
) -> None:
    name = opened.ask(lambda session: get(session, Person, office.other)).name
    file = write_jpeg(tmp_path / "IMG_1.jpg")

    def work(session: Session) -> list[AddedFile]:
        taking = Taking(session.now(office.other))
        return list(add_photos(session, office.covert, [file], taking))

    opened.ask(work)
    page = opened.go("evidence", office.covert)
    # The facts of a photograph are read once the eye rests on it.
    until = opened.qtbot.waitUntil
    until(lambda: name in words(page), timeout=PATIENCE_MS)  # the whole team is inside
    partly_open(opened, office)

    def by_letter() -> bool:
        shown = words(page)
        return bool({"甲", "乙"} & {*shown}) and not any(name in each for each in shown)

    until(by_letter, timeout=PATIENCE_MS)


def test_the_visit_says_by_letter_who_is_still_covert(opened: Bench, office: Office) -> None:
    page = opened.go("visit", office.covert)
    heading = page.heading  # type: ignore[attr-defined]
    assert "仍在暗访" not in "\n".join(words(page))
    partly_open(opened, office)
    opened.settle()
    place = list(page.keeper.board.standing.members).index(office.other)  # type: ignore[attr-defined]
    assert f"仍在暗访：{'甲乙'[place]}" in "\n".join(words(page))
    steps = {phase: step.accessibleName() for phase, step in heading.steps.items()}
    assert "进行中" in steps[Phase.COVERT]

    def declare(session: Session) -> None:
        change_phase(session, office.covert, Phase.OVERT, session.now())

    opened.ask(declare)
    assert "仍在暗访" not in "\n".join(words(page))
    assert not opened.ask(covert_now)


def test_what_the_one_who_is_still_covert_saw_is_told_by_letter(
    opened: Bench, office: Office
) -> None:
    def note(session: Session) -> None:
        seen = session.now(office.other)
        note_event(session, office.covert, EventKind.NOTE, seen, "别人看到的")

    opened.ask(note)
    page = opened.go("visit", office.covert)
    board = page.keeper.board  # type: ignore[attr-defined]
    name = board.record.person_name(office.other)
    assert any(f"{name} · 别人看到的" in each for each in words(page))
    partly_open(opened, office)
    opened.settle()
    letter = "甲乙"[list(board.standing.members).index(office.other)]
    assert any(f"{letter} · 别人看到的" in each for each in words(page))
    assert not any(f"{name} ·" in each for each in words(page))


def test_a_letter_stands_before_words_that_hold_the_same_letter(
    opened: Bench, office: Office
) -> None:
    def note(session: Session) -> None:
        seen = session.now(office.other)
        note_event(session, office.covert, EventKind.NOTE, seen, "取号甲乙丙031")

    opened.ask(note)
    page = opened.go("visit", office.covert)
    partly_open(opened, office)
    opened.settle()
    board = page.keeper.board  # type: ignore[attr-defined]
    letter = "甲乙"[list(board.standing.members).index(office.other)]
    assert f"{letter} · 取号甲乙丙031" in words(page)


def test_nothing_that_is_told_names_who_is_still_covert(opened: Bench, office: Office) -> None:
    partly_open(opened, office)

    def left(session: Session) -> str:
        count_photos(session, office.covert, session.now(office.other))
        return get(session, Person, office.other).name

    name = opened.ask(left)
    page = opened.go("visit", office.covert)
    board = page.keeper.board  # type: ignore[attr-defined]
    letter = "甲乙"[list(board.standing.members).index(office.other)]
    said = [each for each in words(page) if "没有未存入的照片" in each]
    assert said
    assert [each for each in said if name in each or letter not in each] == []


def test_a_text_that_is_found_does_not_quote_the_place(opened: Bench, office: Office) -> None:
    hall = partly_open(opened, office)
    said = f"{hall.name}三楼无人值守"

    def work(session: Session) -> list[str]:
        add_finding(session, Finding(id="", visit=office.covert, text=said), session.now())
        return [hit.text for hit in search_in_sight(session, "无人值守", lang="zh").hits]

    found = opened.ask(work)
    assert found
    assert not any(hall.name in each for each in found)
    assert any(f"{hall.code}三楼无人值守" in each for each in found)


def test_a_text_that_is_found_names_no_other_place_and_nobody_above(
    opened: Bench, office: Office
) -> None:
    partly_open(opened, office)
    said = "无人值守，与西苑大厅、east hall 一样，已报某市数据局和某市人民政府"

    def work(session: Session) -> list[str]:
        city = add_unit(session, Unit(id="", name="某市人民政府"))
        bureau = add_unit(session, Unit(id="", name="某市数据局", parent=city.id))
        edit_hall(session, office.hall, {"unit": bureau.id})
        for code, name in (("W-1", "西苑大厅"), ("", "East Hall"), ("W-9", "西苑大厅东区")):
            add_hall(session, Hall(id="", code=code, name=name))
        add_finding(session, Finding(id="", visit=office.covert, text=said), session.now())
        return [hit.text for hit in search_in_sight(session, "无人值守", lang="zh").hits]

    code = opened.ask(lambda session: get(session, Hall, office.hall)).code
    [found] = [each for each in opened.ask(work) if "W-1" in each]
    assert f"无人值守，与W-1、– 一样，已报{code}和{code}" in found


def test_the_text_is_not_handed_over_again_for_each_place(opened: Bench, office: Office) -> None:
    partly_open(opened, office)
    said = "无人值守，与ÉCOLE Straße 一样"

    def work(session: Session) -> tuple[dict[str, str], list[str]]:
        for number in range(20):
            add_hall(session, Hall(id="", code=f"N-{number}", name=f"大厅{number}"))
        add_hall(session, Hall(id="", code="E-1", name="école STRASSE"))
        asked: list[str] = []
        session.store.db.conn.set_trace_callback(asked.append)
        hidden = hidden_names(session, texts=[said])
        session.store.db.conn.set_trace_callback(None)
        return hidden, asked

    hidden, asked = opened.ask(work)
    assert without_names(said, hidden) == "无人值守，与E-1 一样"
    assert not any("大厅" in name for name in hidden)
    assert not any("无人值守" in sql for sql in asked)
    assert len(asked) < 20


def test_units_in_a_circle_are_all_hidden(opened: Bench, office: Office) -> None:
    def work(session: Session) -> dict[str, str]:
        first = add_unit(session, Unit(id="", name="甲局"))
        second = add_unit(session, Unit(id="", name="乙局", parent=first.id))
        amend(session, Unit, first.id, {"parent": second.id})
        edit_hall(session, office.hall, {"unit": first.id})
        return hidden_names(session, [office.hall])

    assert {"甲局", "乙局"} <= opened.ask(work).keys()


def test_no_code_is_taken_for_a_name() -> None:
    assert without_names("东厅与西厅", {"东厅": "西厅", "西厅": "C"}) == "西厅与C"


@pytest.mark.parametrize(
    ("text", "name", "shown"),
    [
        ("aß, ASS: Ass", "ass", "C, C: C"),
        ("Straße 1", "STRASSE", "C 1"),
        ("STRASSE 1", "straße", "C 1"),
        ("ßß1", "sss", "C1"),
        ("ΌΔΟΣ", "όδος", "C"),
        ("", "East", ""),
    ],
)
def test_a_name_is_found_and_replaced_by_the_same_rule_of_case(
    text: str, name: str, shown: str
) -> None:
    assert without_names(text, {name: "C"}) == shown


def test_no_single_code_stands_for_places_named_alike() -> None:
    assert without_names("EAST", {"East": "A", "east": "B"}) == NO_CODE


def test_the_longer_name_is_replaced_first() -> None:
    assert without_names("县政务中心东厅", {"县政务中心": "A", "县政务中心东厅": "B"}) == "B"


def test_who_runs_the_place_is_hidden_with_it(opened: Bench, office: Office) -> None:
    hall = partly_open(opened, office)
    assert opened.ask(hidden_names)[hall.name] == hall.code
