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
    "depot_unknown": ErrorSpec(
        "user",
        N_(
            "No depot is called “{name}” here, and no folder either. Nothing was read or written. "
            "Known by name: {known}. Or give the address of the depot."
        ),
    ),
    "depot_address": ErrorSpec(
        "user",
        N_(
            "“{detail}” is not an address of a depot. Nothing was changed. Name a folder, "
            "webdav+https://host/folder, sftp://user@host/folder or "
            "s3://bucket/prefix?endpoint=https://host."
        ),
    ),
    "depot_address_secret": ErrorSpec(
        "user",
        N_(
            "There is a password in the address. It was not used and not kept. Leave it out; it "
            "is asked for, or read from a file."
        ),
    ),
    "depot_address_plain": ErrorSpec(
        "user",
        N_(
            "{host} would be reached without encryption, so that passwords could be read on the "
            "way. Nothing was sent. Use https."
        ),
    ),
    "depot_library_missing": ErrorSpec(
        "environment",
        N_(
            "What is needed to reach {place} is not installed. Nothing was changed; folders, "
            "sticks and shares work without it. Install the program with its part “depots”."
        ),
    ),
    "depot_host_unknown": ErrorSpec(
        "user",
        N_(
            "{place} is not known yet; its key is {fingerprint}. Nothing was sent. Compare it with "
            "what the server's keeper says, and confirm it if it is the same."
        ),
    ),
    "depot_host_changed": ErrorSpec(
        "user",
        N_(
            "{place} shows another key than was confirmed: it may be another computer. "
            "Nothing was sent. Ask the server's keeper before its new key is confirmed."
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
    "depot_same": ErrorSpec(
        "user",
        N_("Both are the same depot. Nothing was copied. Name another one to copy to."),
    ),
    "depot_exists": ErrorSpec(
        "user",
        N_("{place} is already set up for exchange. Nothing was changed; it can be used."),
    ),
}
