"""What stands in place of a visit that cannot be shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.theme.tokens import Tone
from ui.widgets.surfaces import Nothing

if TYPE_CHECKING:
    from inspector.base.errors import MingchaError
    from ui.desk import Desk


def absent_visit(desk: Desk, error: MingchaError) -> Nothing:
    """Return why a visit cannot be shown, with the way on."""
    tr = desk.tr
    return Nothing(
        desk.look,
        "warning",
        tr("This visit cannot be shown"),
        error.text(tr),
        tr("All visits"),
        lambda: desk.go("visits"),
        Tone.WARN,
    )
