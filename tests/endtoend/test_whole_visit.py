"""A whole visit in a real window: by keyboard alone, and by mouse alone in the other language."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from inspector.base.settings import Settings
from tests.endtoend.manners import ByKeys, ByMouse
from tests.endtoend.whole_visit import carry_through

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.endtoend.journey import Program
    from tests.endtoend.manners import Manner
    from tests.endtoend.screen import Hands


@pytest.mark.timeout(600)
@pytest.mark.parametrize(
    ("manner", "settings"),
    [
        (ByKeys, Settings(lang="en", theme="light")),
        (ByMouse, Settings(lang="zh", theme="dark")),
    ],
    ids=["keyboard", "mouse"],
)
def test_a_visit_from_the_first_start_to_its_dossier(
    manner: type[Manner],
    settings: Settings,
    hands: Hands,
    start: Callable[[Settings], Program],
    tmp_path: Path,
) -> None:
    program = start(settings)
    assert settings.lang is not None
    carry_through(program, manner(hands, program.window, settings.lang), tmp_path)
