"""Failures of the exchange with others."""

from __future__ import annotations

from inspector.base.failures.spec import ErrorSpec
from inspector.base.i18n import N_

ENTRIES: dict[str, ErrorSpec] = {
    "no_organisation": ErrorSpec(
        "user",
        N_(
            "This workspace belongs to no organisation yet. Nothing was sent. Join one with the "
            "file that the office gave you, or found one at the office."
        ),
        command="org join",
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
