"""What the page of exchange lists, and what it says of those who exchange with nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from inspector.operations.exchange_desk import ExchangeDesk, exchange_desk, waiting_for
from inspector.operations.people import add_person
from inspector.operations.standing import Lacking, waiting
from inspector.operations.syncing import note_depot
from tests.support.exchanging import COLLEAGUE, STICK, Exchanging, aside, begin, visit
from tests.support.organisation import laptop

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from inspector.operations.session import Session


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with laptop(tmp_path / "w", "李娜") as opened:
        yield opened


@pytest.fixture
def at(session: Session, tmp_path: Path) -> Exchanging:
    return begin(session, tmp_path / "exchange")


def waits(session: Session) -> dict[str, Lacking]:
    return dict(filter(None, waiting_for(session)))


def test_who_works_alone_has_nothing_to_list(session: Session) -> None:
    assert exchange_desk(session, "zh") == ExchangeDesk(belongs=False)


def test_depots_are_listed_with_what_waits_for_each(session: Session, at: Exchanging) -> None:
    note_depot(session, "9" * 8, "离开的", "ftp://nowhere")
    found = exchange_desk(session, "zh")
    assert (found.name, found.space) == ("市政府督查室", "2026 暗访")
    assert {(each.name, each.kind, each.visited) for each in found.depots} == {
        (STICK, "folder", False),
        ("离开的", "", False),
    }
    before = waits(session)
    assert before[at.depot].operations == waiting(session).operations > 0
    visit(session, at)
    after = waits(session)
    assert after[at.depot].operations == 0
    # What one depot holds is not in the other for that.
    assert after["9" * 8].operations >= before["9" * 8].operations
    add_person(session, "新来的")
    assert waits(session)[at.depot].operations == 1
    assert next(each for each in exchange_desk(session, "zh").depots if each.name == STICK).visited


def test_what_is_put_aside_names_from_whom_and_what_can_be_done(
    session: Session, at: Exchanging
) -> None:
    aside(session, at)
    found = exchange_desk(session, "zh").aside
    assert {(each.name, each.depot) for each in found} == {(COLLEAGUE, STICK)}
    assert {each.row.reason: each.acceptable for each in found} == {"revoked": True, "name": False}
