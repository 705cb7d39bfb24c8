"""A workspace that is taken away while it is open: nothing is said to be saved that is not."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import pytest

from inspector.base.errors import MingchaError
from inspector.domain.entities import Unit
from inspector.operations.places import add_unit
from inspector.operations.today import today
from inspector.operations.workspaces import create_workspace, open_workspace

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from inspector.operations.session import Session
    from tests.support.fixed import CountingEntropy, FixedClock

pytestmark = pytest.mark.skipif(os.name != "posix", reason="open files cannot be moved elsewhere")


@pytest.fixture
def session(tmp_path: Path, clock: FixedClock, entropy: CountingEntropy) -> Iterator[Session]:
    with create_workspace(tmp_path / "w", clock, entropy) as made:
        yield made


def test_nothing_is_saved_into_a_workspace_that_was_deleted(
    session: Session, tmp_path: Path
) -> None:
    shutil.rmtree(tmp_path / "w")
    for action in (lambda: add_unit(session, Unit(id="", name="局")), lambda: today(session)):
        with pytest.raises(MingchaError) as refused:
            action()
        assert refused.value.code == "workspace_gone"


def test_another_database_in_its_place_is_not_taken_for_it(
    session: Session, tmp_path: Path
) -> None:
    (tmp_path / "w").rename(tmp_path / "away")
    shutil.copytree(tmp_path / "away", tmp_path / "w")
    with pytest.raises(MingchaError) as refused:
        add_unit(session, Unit(id="", name="局"))
    assert refused.value.code == "workspace_gone"


def test_it_goes_on_once_the_folder_is_back(
    session: Session, tmp_path: Path, clock: FixedClock, entropy: CountingEntropy
) -> None:
    (tmp_path / "w").rename(tmp_path / "away")
    with pytest.raises(MingchaError):
        add_unit(session, Unit(id="", name="一局"))
    (tmp_path / "away").rename(tmp_path / "w")
    add_unit(session, Unit(id="", name="二局"))
    session.close()
    with open_workspace(tmp_path / "w", clock, entropy) as again:
        assert [unit.name for unit in again.store.select(Unit)] == ["二局"]
