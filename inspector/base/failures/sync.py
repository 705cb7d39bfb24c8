"""Failures of the exchange with others."""

from __future__ import annotations

from inspector.base.failures.spec import ErrorSpec
from inspector.base.i18n import N_

ENTRIES: dict[str, ErrorSpec] = {
    "quarantine_unknown": ErrorSpec(
        "user",
        N_(
            "Nothing with the number {number} waits for a decision. Nothing was changed. Look at "
            "the list."
        ),
        command="quarantine list",
    ),
    "quarantine_not_acceptable": ErrorSpec(
        "user",
        N_(
            "Number {number} is damaged, or not signed by whom it should be. It cannot be let in, "
            "and nothing was changed. If it is only damaged, another visit to the depot by "
            "somebody who has it mends it."
        ),
    ),
    "quarantine_not_yet": ErrorSpec(
        "user",
        N_(
            "Entries that come before number {number} are not here yet. Nothing was changed. "
            "Decide about the earlier ones first, or visit the depot again."
        ),
        command="quarantine list",
    ),
    "epoch_key_missing": ErrorSpec(
        "user",
        N_(
            "The key to send with has not reached this computer yet. Everything recorded here is "
            "kept. Visit a depot that the office has visited since, or join again with a file "
            "from the office."
        ),
    ),
}
