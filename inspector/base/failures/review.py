"""Failures of conflicts, late additions, reviews and links."""

from __future__ import annotations

from inspector.base.failures.spec import ErrorSpec
from inspector.base.i18n import N_

ENTRIES: dict[str, ErrorSpec] = {
    "late_not_found": ErrorSpec(
        "user",
        N_(
            "Nothing came late to this visit that a supplement has not adopted. Nothing was "
            "changed. Look at the visit, and name an entry that is listed there."
        ),
        command="visit show",
    ),
    "conflict_not_found": ErrorSpec(
        "user",
        N_(
            "There is no conflict {code} any more. Nothing was changed. Look at the list of "
            "conflicts: somebody may have settled it."
        ),
        command="conflicts list",
    ),
    "conflict_ambiguous": ErrorSpec(
        "user",
        N_(
            "Several conflicts begin with {code}. Nothing was changed. Give more of its characters."
        ),
        command="conflicts list",
    ),
    "conflict_side_missing": ErrorSpec(
        "user",
        N_(
            "The conflict has no value {side}. Nothing was changed. Choose one of those that are "
            "listed."
        ),
        command="conflicts list",
    ),
}
