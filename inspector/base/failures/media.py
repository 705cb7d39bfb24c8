"""Failures that the room `media` raises."""

from __future__ import annotations

from inspector.base.failures.spec import ErrorSpec
from inspector.base.i18n import N_

ENTRIES: dict[str, ErrorSpec] = {
    "blob_write_failed": ErrorSpec(
        "environment",
        N_(
            "The file could not be written into the workspace ({reason}). What was stored before "
            "is safe. Check that the disk is writable and sound, then add the file again."
        ),
    ),
    "blob_missing": ErrorSpec(
        "environment",
        N_(
            "The stored file {sha256} is not in the workspace. The record that names it is safe. "
            "Add the same file again, or take it from a backup."
        ),
    ),
    "original_elsewhere": ErrorSpec(
        "user",
        N_(
            "The original of {name} is not on this computer, as the record says; only a smaller "
            "picture may be. Nothing is lost. Ask for it, then sync with a place that has it."
        ),
        "blobs fetch",
    ),
    "blob_damaged": ErrorSpec(
        "environment",
        N_(
            "The stored file {sha256} no longer has the content it was recorded with. The record "
            "is safe. Add the same file again, or take it from a backup; check the disk."
        ),
    ),
    "file_missing": ErrorSpec(
        "user",
        N_(
            "{name} was not found. Nothing of it was stored, other files are not affected. Check "
            "the name, or connect the device that holds it."
        ),
    ),
    "file_empty": ErrorSpec(
        "user",
        N_(
            "{name} is empty (0 bytes), so it was not stored. Copy it again from the camera or "
            "phone."
        ),
    ),
    "file_not_regular": ErrorSpec(
        "user", N_("{name} is no ordinary file, so it was not stored. Choose a file or a folder.")
    ),
    "file_changed": ErrorSpec(
        "user",
        N_(
            "{name} changed while it was being read, so it was not stored. Wait until it has been "
            "copied completely, then add it again."
        ),
    ),
    "file_unreadable": ErrorSpec(
        "environment",
        N_(
            "{name} could not be read ({reason}), so it was not stored. Other files are not "
            "affected. Check the device that holds it, then add it again."
        ),
    ),
    "name_contradicts": ErrorSpec(
        "user",
        N_(
            "The ending of “{name}” does not fit its content ({mime}). It was stored exactly as it "
            "is. Check whether it is the file that is meant."
        ),
    ),
    "photo_damaged": ErrorSpec(
        "user",
        N_(
            "The picture is damaged and can be shown only in part or not at all. The file is kept "
            "exactly as it is. If the camera still has it, add it again from there."
        ),
    ),
    "photo_too_large": ErrorSpec(
        "user",
        N_(
            "The picture is too large to be shown. The file is kept exactly as it is. Add a "
            "smaller copy as well if it must appear on paper."
        ),
    ),
    "photo_no_decoder": ErrorSpec(
        "environment",
        N_(
            "This program has no decoder for this kind of picture, so it cannot be shown. The "
            "file is kept exactly as it is. Add a JPEG copy as well if it must appear on paper."
        ),
    ),
    "photo_not_decoded": ErrorSpec(
        "environment",
        N_(
            "Showing the picture was given up because it took too long or stopped the decoder. "
            "The file is kept exactly as it is. Add a JPEG copy as well if it must appear on "
            "paper."
        ),
    ),
}
