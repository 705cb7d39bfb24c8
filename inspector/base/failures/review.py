"""Failures of conflicts, late additions, reviews and links."""

from __future__ import annotations

from inspector.base.failures.spec import ErrorSpec
from inspector.base.i18n import N_

ENTRIES: dict[str, ErrorSpec] = {
    "review_not_sealed": ErrorSpec(
        "user",
        N_(
            "Only a sealed visit is reviewed. Nothing was recorded. Wait until its team has "
            "sealed it and it has arrived here."
        ),
        command="review list",
    ),
    "review_one_by_one": ErrorSpec(
        "user",
        N_(
            "{count} serious or grave findings of this visit are not approved yet. Nothing was "
            "recorded. Decide on each of them first, then on the visit."
        ),
        command="review list",
    ),
    "review_own": ErrorSpec(
        "user",
        N_(
            "Nobody reviews a visit in which they took part. Nothing was recorded. Pass it on to "
            "somebody who was not there."
        ),
        command="review reassign",
    ),
    "reviewer_unknown": ErrorSpec(
        "user",
        N_(
            "Nobody has said who is deciding here. Nothing was recorded. Say who you are, then "
            "decide."
        ),
        command="member use",
    ),
    "link_to_itself": ErrorSpec(
        "user",
        N_("Both names mean the same thing already. Nothing was changed. Name two."),
    ),
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
