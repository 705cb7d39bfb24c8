"""The folder of the workspace is gone while its pages are open: what was typed stays."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tests.ui.hands import words

if TYPE_CHECKING:
    from tests.support.office import Office
    from tests.ui.conftest import Bench
    from ui.pages.visit.page import VisitPage


@pytest.mark.skipif(os.name != "posix", reason="open files cannot be moved elsewhere")
def test_a_finding_waits_until_the_folder_is_back(
    opened: Bench, page: VisitPage, office: Office
) -> None:
    away = office.root.with_name("away")
    office.root.rename(away)
    page.finding.keys[0].click()
    page.finding.text.setText("叫号机无人值守")
    page.finding.save()
    opened.settle()
    assert "已不在原处" in words(page)
    assert page.finding.text.text() == "叫号机无人值守"
    assert page.keeper.board is not None
    assert not page.keeper.board.record.findings

    away.rename(office.root)
    page.finding.save()
    opened.settle()
    assert "已不在原处" not in words(page)
    [finding] = page.keeper.board.record.findings
    assert finding.text.startswith("叫号机无人值守")
