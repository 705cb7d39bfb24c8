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
    "hand_over_bad": ErrorSpec(
        "user",
        N_(
            "{path} is not a visit that was handed over, or it was cut off on the way. Nothing was "
            "changed. Have it written and sent again."
        ),
    ),
    "hand_over_of_other": ErrorSpec(
        "user",
        N_(
            "{path} comes from another team or campaign than the one of this workspace. Nothing "
            "was changed. Ask for the right file, or open it in the workspace it is for."
        ),
    ),
    "receipt_bad": ErrorSpec(
        "user",
        N_(
            "{name} is not a receipt, or it was changed on the way ({detail}). Nothing was changed "
            "here. Have it sent again."
        ),
    ),
    "receipt_newer": ErrorSpec(
        "user",
        N_(
            "{name} was made by a newer version or in a way that this version cannot verify. "
            "Nothing was changed. Bring the program up to date."
        ),
    ),
    "receipt_of_other": ErrorSpec(
        "user",
        N_(
            "{name} is a receipt of another team or campaign than the one of this workspace. "
            "Nothing was changed. Take it in where the visit was handed over."
        ),
    ),
    "receipt_unknown_device": ErrorSpec(
        "user",
        N_(
            "{name} is signed by a computer that is not a member, as far as is known here. Nothing "
            "was changed. Exchange with the office, then try again."
        ),
    ),
    "receipt_own": ErrorSpec(
        "user",
        N_(
            "{name} is a receipt of this very computer. Nothing was changed. Send it to whoever "
            "handed the visit over."
        ),
    ),
    "receipt_unknown_entries": ErrorSpec(
        "user",
        N_(
            "Nothing that {name} acknowledges is recorded here. Nothing was changed. Take it in on "
            "the computer that handed the visit over."
        ),
    ),
    "receipt_row": ErrorSpec(
        "user",
        N_(
            "Row {row} was not typed as it is printed. Nothing was changed. Compare the row with "
            "the paper, then try again."
        ),
    ),
    "code_too_large": ErrorSpec(
        "user",
        N_("{name} is too large for codes. Nothing was changed. Send it as a file instead."),
    ),
    "pictures_exist": ErrorSpec(
        "user",
        N_(
            "{path} already exists, and {count} pictures would be written over. Nothing was "
            "written. Choose another name, or take the pictures away first."
        ),
    ),
    "code_none": ErrorSpec(
        "user",
        N_(
            "No code that the program understands is in these pictures. Nothing was changed. Take "
            "them again: straight, sharp, with the white edge around the code."
        ),
    ),
    "code_incomplete": ErrorSpec(
        "user",
        N_(
            "Of {count} codes these are still missing: {numbers}. Nothing was changed. Read them "
            "together with the others."
        ),
    ),
    "code_broken": ErrorSpec(
        "user",
        N_(
            "The codes do not make the file that they name. Nothing was changed. Show them anew, "
            "and read all of them again."
        ),
    ),
    "code_reader_missing": ErrorSpec(
        "environment",
        N_(
            "What reads codes from pictures is not installed here. Nothing was changed. Send the "
            "file instead, or install it: pip install zxing-cpp"
        ),
    ),
}
