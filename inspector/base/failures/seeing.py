"""Failures of saying when something was seen, and by whom."""

from __future__ import annotations

from inspector.base.failures.spec import ErrorSpec
from inspector.base.i18n import N_

ENTRIES: dict[str, ErrorSpec] = {
    "time_missing": ErrorSpec(
        "user",
        N_("A time is needed here. Nothing was saved. Say when it was seen."),
    ),
    "time_typed_live": ErrorSpec(
        "user",
        N_(
            "A typed time was not entered live. Nothing was saved. Say what the time rests on, "
            "such as a note or memory."
        ),
    ),
    "precision_too_small": ErrorSpec(
        "user",
        N_("No time is more exact than a second. Nothing was saved. Give 1 second or more."),
    ),
}
