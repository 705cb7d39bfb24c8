"""Closing the window takes nothing with it that was typed and not saved, unless one says so."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pytest
from PySide6.QtWidgets import QLineEdit

from inspector.domain.vocabulary import Position
from tests.ui.closing_steps import PIN, give_back, handed_over, page_of, press
from tests.ui.hands import click
from ui import leaving
from ui.leaving import Leaving
from ui.pages.visit.page import VisitPage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.closing import Told
    from tests.support.office import Office
    from tests.ui.conftest import Bench
    from ui.pages.closing.said import Said
    from ui.pages.halls.page import HallsPage


class Asked:
    """Answers the question, and counts how often it came."""

    def __init__(self) -> None:
        self.times, self.answer = 0, False

    def __call__(self, *_words: object, **_more: object) -> bool:
        self.times += 1
        return self.answer


@pytest.fixture
def asked(opened: Bench, monkeypatch: pytest.MonkeyPatch) -> Iterator[Asked]:
    asked = Asked()
    monkeypatch.setattr(leaving, "confirmed", asked)
    guard = Leaving(opened.desk, opened.window)
    yield asked
    opened.window.removeEventFilter(guard)


def closes(bench: Bench) -> bool:
    return bench.window.close()


def half_typed(bench: Bench, office: Office) -> VisitPage:
    """Begin a finding in the covert visit."""
    page = bench.go("visit", office.covert)
    assert isinstance(page, VisitPage)
    page.finding.keys[1].click()
    bench.qtbot.keyClicks(page.finding.text, "A032")
    return page


def test_a_window_in_which_nothing_is_typed_closes_unasked(
    opened: Bench, asked: Asked, office: Office
) -> None:
    opened.go("visit", office.covert)
    assert closes(opened)
    assert asked.times == 0


def test_a_finding_that_is_half_typed_is_asked_about(
    opened: Bench, asked: Asked, office: Office
) -> None:
    page = half_typed(opened, office)
    assert not closes(opened)
    assert asked.times == 1
    assert opened.window.isVisible()
    assert page.finding.text.text() == "A032"
    asked.answer = True
    assert closes(opened)


def test_what_was_begun_in_another_visit_is_asked_about(
    opened: Bench, asked: Asked, office: Office
) -> None:
    half_typed(opened, office)
    opened.go("visit", office.prepared)
    assert not closes(opened)
    assert asked.times == 1


def test_nothing_is_asked_once_it_is_saved(opened: Bench, asked: Asked, office: Office) -> None:
    page = half_typed(opened, office)
    page.finding.save()
    opened.settle()
    assert closes(opened)
    assert asked.times == 0


def test_a_filter_is_nothing_that_could_be_lost(opened: Bench, asked: Asked) -> None:
    page = opened.go("findings")
    for field in page.findChildren(QLineEdit):
        opened.qtbot.keyClicks(field, "A")
    assert closes(opened)
    assert asked.times == 0


def test_a_new_member_that_is_half_typed_is_asked_about(opened: Bench, asked: Asked) -> None:
    members = opened.go("settings", section="members")._made["members"]  # type: ignore[attr-defined]
    opened.qtbot.keyClicks(members.name, "Li")
    assert not closes(opened)
    assert asked.times == 1


def test_a_statement_is_saved_by_closing_and_not_asked_about(
    opened: Bench, asked: Asked, office: Office, told: Told
) -> None:
    give_back(opened, handed_over(opened, page_of(opened, office.covert)), PIN)
    form = cast("Said", page_of(opened, office.covert).steps["said"]).form
    press(opened, form.answers[Position.DISAGREE])
    opened.qtbot.keyClicks(form.text, "power cut")
    assert closes(opened)
    assert asked.times == 0


def begun_place(bench: Bench) -> HallsPage:
    """Begin a new place, and type its name."""
    page = cast("HallsPage", bench.go("halls"))
    click(bench, page.new)
    bench.qtbot.keyClicks(page.form.name, "North Hall")
    return page


def test_a_place_is_asked_about_until_it_is_saved(opened: Bench, asked: Asked) -> None:
    page = begun_place(opened)
    opened.qtbot.keyClicks(page.form.code, "N-07")
    assert not closes(opened)
    assert asked.times == 1
    click(opened, page.form.save)
    opened.settle()
    assert closes(opened)
    assert asked.times == 1


def test_a_place_that_nobody_wants_any_more_is_not_asked_about(opened: Bench, asked: Asked) -> None:
    begun_place(opened).form.cancelled.emit()
    opened.settle()
    assert closes(opened)
    assert asked.times == 0
