"""What hands do at the page of the evidence, and what of it reached the record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector.operations.album import album
from tests.scenes.evidence import bring
from tests.ui.hands import press
from ui.pages.evidence.page import EvidencePage

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtCore import Qt

    from inspector.operations.album import Item
    from tests.support.office import Office
    from tests.ui.conftest import Bench

PATIENCE_MS = 20_000


def bring_photographs(
    bench: Bench, office: Office, folder: Path, *, overt: bool = True
) -> tuple[str, ...]:
    """Bring five photographs and a paper; the third is placed, the fourth not used."""
    return bench.ask(
        lambda session: bring(session, office.covert, office.hall, folder, overt=overt)
    )


def until(bench: Bench, happened: Callable[[], bool]) -> None:
    bench.qtbot.waitUntil(happened, timeout=PATIENCE_MS)


def opened_at(bench: Bench, visit: str, **more: str) -> EvidencePage:
    page = bench.go("evidence", visit, **more)
    assert isinstance(page, EvidencePage)
    bench.settle()
    return page


def current(page: EvidencePage) -> Item:
    found = page.strip.current
    assert found is not None
    return found


def stored(bench: Bench, page: EvidencePage, id: str) -> Item:
    """Return a photograph as the store has it, and see that the page shows the same."""
    visit = page.keeper.board.visit  # type: ignore[union-attr]
    found = bench.ask(lambda session: album(session, visit))
    assert page.album == found
    return next(each for each in found.items if each.id == id)


def keys(bench: Bench, page: EvidencePage, *pressed: Qt.Key | str) -> None:
    press(bench, *pressed, at=page.strip.view)
