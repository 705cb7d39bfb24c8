"""Failures about photographs and other files, raised by the room `operations`."""

from __future__ import annotations

from inspector.base.failures.spec import ErrorSpec
from inspector.base.i18n import N_

ENTRIES: dict[str, ErrorSpec] = {
    "evidence_damaged": ErrorSpec(
        "environment",
        N_(
            "{name} is missing or no longer what was stored. Nothing was sealed. Check the "
            "record, and take the file in again from its source."
        ),
    ),
    "evidence_not_found": ErrorSpec(
        "user",
        N_("The visit has no file “{name}”. Nothing was changed. Choose one of its files."),
        command="photo list",
    ),
    "camera_time_missing": ErrorSpec(
        "user",
        N_(
            "{name} states no time of its own, so no clock can be checked with it. Nothing "
            "was saved. Photograph the clock card with the camera and take in the original "
            "file."
        ),
    ),
    "file_erased": ErrorSpec(
        "user",
        N_(
            "“{name}” was erased from this record on purpose. It was not taken in again. Choose "
            "another file."
        ),
    ),
    "evidence_erased": ErrorSpec(
        "user",
        N_(
            "The bytes of “{name}” were removed on purpose, so there is nothing to open. Its hash, "
            "the reason and who agreed stay in the record. No other copy is kept here."
        ),
    ),
    "file_of_workspace": ErrorSpec(
        "user",
        N_(
            "{name} belongs to the workspace itself and is no evidence. It was left alone. Choose "
            "the file at its source."
        ),
    ),
    "file_of_store": ErrorSpec(
        "user",
        N_(
            "{name} lies in what another workspace keeps for itself and is no evidence. Nothing of "
            "it was taken in or changed. Choose the file at its source."
        ),
    ),
    "evidence_needed": ErrorSpec(
        "user",
        N_(
            "{name} is a clock card, a signed sheet or the paper of a confirmation, so it stays in "
            "use. Nothing was changed. Withdraw the entry that rests on it first."
        ),
    ),
    "paste_not_kept": ErrorSpec(
        "environment",
        N_(
            "The picture on the clipboard could not be kept ({detail}). Nothing was stored; it is "
            "still on the clipboard. Free some room on the disk, then paste it again."
        ),
    ),
    "upload_not_opened": ErrorSpec(
        "environment",
        N_(
            "The page for the telephone could not be opened at {address} ({detail}). Nothing was "
            "changed. Check the connection to the hotspot, then start it again."
        ),
    ),
    "picture_not_kept": ErrorSpec(
        "environment",
        N_(
            "The picture could not be kept ({detail}). Nothing was stored. Free some room on the "
            "disk, then take it again; a telephone or a camera keeps its own pictures."
        ),
    ),
    "picture_not_made": ErrorSpec(
        "environment",
        N_(
            "The camera gave no picture that can be kept. Nothing was stored; what was taken "
            "before is still here. Take it again, or turn the camera off and on first."
        ),
    ),
    "camera_not_installed": ErrorSpec(
        "environment",
        N_(
            "The addition for the camera of this computer is not installed. With a network once: "
            "{command}, then start Mingcha again. Until then take pictures with a telephone or a "
            "camera and bring them in by cable, card or hotspot."
        ),
    ),
    "camera_not_loaded": ErrorSpec(
        "environment",
        N_(
            "The addition for the camera is installed but cannot be loaded ({detail}). On Debian "
            "and Ubuntu: apt install libpulse0, then start Mingcha again. Until then take pictures "
            "with a telephone or a camera and bring them in by cable, card or hotspot."
        ),
    ),
    "camera_absent": ErrorSpec(
        "environment",
        N_(
            "No camera is connected. Plug one in or uncover it, then look again; or take pictures "
            "with a telephone and bring them in by cable, card or hotspot."
        ),
    ),
    "camera_not_opened": ErrorSpec(
        "environment",
        N_(
            "The camera cannot be used ({detail}). Another program may hold it, or the system does "
            "not allow it: close that program, or allow the camera in the privacy settings of the "
            "system, then start it again. What was taken is still here."
        ),
    ),
}
