"""Failures about depots: the places through which laptops exchange what they recorded."""

from __future__ import annotations

from inspector.base.failures.spec import ErrorSpec
from inspector.base.i18n import N_

ENTRIES: dict[str, ErrorSpec] = {
    "depot_away": ErrorSpec(
        "environment",
        N_(
            "{place} cannot be reached ({detail}). Nothing here was changed; what was exchanged "
            "before stays. Plug the medium in or check the connection, then try again."
        ),
    ),
    "depot_full": ErrorSpec(
        "environment",
        N_(
            "There is no room left on {place} ({detail}). Nothing here was changed; what was "
            "exchanged before this stays. Make room there, then go on."
        ),
    ),
    "depot_denied": ErrorSpec(
        "environment",
        N_(
            "{place} does not allow this ({detail}). Nothing here was changed. Check the write "
            "protection, the name and the password, then try again."
        ),
    ),
    "depot_broken": ErrorSpec(
        "environment",
        N_(
            "{place} does not work as it should ({detail}). Nothing here was changed. Try again; "
            "if that does not help, use another medium or another place."
        ),
    ),
    "depot_unmarked": ErrorSpec(
        "user",
        N_(
            "{place} is not set up for exchange, or something else is plugged in there. Nothing "
            "was read or written. Check that it is the right medium, or set it up."
        ),
        command="depot init",
    ),
    "depot_other": ErrorSpec(
        "user",
        N_(
            "{place} is another depot than before. Nothing was read or written. Plug in the right "
            "medium, or name this one as a depot of its own."
        ),
    ),
    "depot_newer": ErrorSpec(
        "user",
        N_(
            "{place} was set up by a newer version of this program. Nothing was read or written. "
            "Install the newer version, then try again."
        ),
    ),
    "depot_exists": ErrorSpec(
        "user",
        N_("{place} is already set up for exchange. Nothing was changed; it can be used."),
    ),
}
