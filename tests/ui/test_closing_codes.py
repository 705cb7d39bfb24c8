"""One inspector has shown identity, another has not: feedback and seal say who by letter."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QWidget

from inspector.domain.entities import Finding, Person
from inspector.domain.vocabulary import ConfirmationMethod, Phase
from inspector.operations.findings import add_finding, confirm
from inspector.operations.pins import set_pin
from inspector.operations.recording import get
from inspector.operations.visits import change_phase
from tests.ui.test_codes_only import partly_open, words
from ui.pages.closing.page import ClosingPage

if TYPE_CHECKING:
    from inspector.operations.session import Session
    from tests.support.office import Office
    from tests.ui.conftest import Bench
    from ui.page import Page

PIN = ConfirmationMethod.PIN


def confirm_one(session: Session, office: Office) -> list[str]:
    """Record two findings of which each needs a second inspector, and confirm the first."""
    grave = Finding(id="", visit=office.covert, text="无人", severity=3, situations=("CZ-2",))
    made = [add_finding(session, grave, session.now()).id for _ in range(2)]
    set_pin(session, office.other, "2468")
    confirm(session, made[0], PIN, session.now(office.other), pin="2468")
    return made


def aloud(page: Page) -> list[str]:
    """Return what assistive tools say of a page, and what stands in its empty fields."""
    texts = [page.accessibleName()]
    for each in page.findChildren(QWidget):
        texts += [each.accessibleName(), each.accessibleDescription(), each.toolTip()]
        texts += [each.placeholderText()] if isinstance(each, QLineEdit) else []
    return texts


def test_the_feedback_names_who_is_covert_by_letter(opened: Bench, office: Office) -> None:
    name = opened.ask(lambda session: get(session, Person, office.other)).name

    confirmed, waiting = opened.ask(partial(confirm_one, office=office))
    page = opened.go("closing", office.covert, step="seal")
    assert isinstance(page, ClosingPage)
    letter = "甲乙"[[row.person.id for row in page.found.members].index(office.other)]

    choose, seal = page.steps["choose"], page.steps["seal"]

    def told(called: str) -> bool:
        """Whether the other one is called so wherever the page names anybody."""
        choose.open_finding(waiting)
        boxes = choose.panel.findChildren(QComboBox)
        offered = {each.itemText(each.findData(office.other)) for each in boxes}
        choose.open_finding(confirmed)
        badges = [each.text() for each in choose.panel.findChildren(QLabel)]
        line = seal.signing.lines[office.other].findChildren(QLabel)[0].text()
        return (
            called in offered
            and f"{called}已确认" in badges
            and f"{called}：没有了" in aloud(page)
            and line == called
        )

    assert told(name)
    partly_open(opened, office)
    opened.qtbot.waitUntil(lambda: told(letter))
    assert [each for each in (*words(page), *aloud(page)) if name in each] == []
    [said] = [each for each in words(page) if "还有人没有亮明身份" in each]
    assert letter in said
    opened.ask(lambda session: change_phase(session, office.covert, Phase.OVERT, session.now()))
    opened.qtbot.waitUntil(lambda: told(name))
