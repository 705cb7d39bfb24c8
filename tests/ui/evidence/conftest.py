"""The page of the evidence of an overt visit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.ui.evidence_steps import bring_photographs, opened_at

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.office import Office
    from tests.ui.conftest import Bench
    from ui.pages.evidence.page import EvidencePage


@pytest.fixture
def ids(opened: Bench, office: Office, tmp_path: Path) -> tuple[str, ...]:
    """Five photographs and a paper in an overt visit; the third placed, the fourth not used."""
    return bring_photographs(opened, office, tmp_path / "pictures")


@pytest.fixture
def page(opened: Bench, office: Office, ids: tuple[str, ...]) -> EvidencePage:
    del ids
    return opened_at(opened, office.covert)
