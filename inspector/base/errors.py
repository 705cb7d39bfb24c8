"""Expected failures: a code, whose job it is to mend it, and the sentences a person reads.

Every message says what happened, what is safe and what to do. Codes never change their meaning,
scripts rely on them. Add an entry here before raising a new code; unknown codes are our bug.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from inspector.base.i18n import N_, Translator

Kind = Literal["user", "environment", "bug"]


@dataclass(frozen=True, slots=True)
class ErrorSpec:
    """Whose job it is (`kind`) and what is said (`message`, an English message id)."""

    kind: Kind
    message: str


class MingchaError(Exception):
    """An expected failure named by a catalogued code; `fields` fill its message."""

    def __init__(self, code: str, **fields: object) -> None:
        self.code = code
        self.fields = fields
        self.spec = CATALOGUE[code]
        super().__init__(f"{code}: {self.spec.message.format_map(_Known(fields))}")

    def text(self, tr: Translator) -> str:
        """Return the message in the user's language."""
        return tr(self.spec.message, **self.fields)


class _Known(dict[str, object]):
    """Leaves a field that was not given visible instead of raising a second error."""

    def __missing__(self, key: str) -> str:
        return "{" + key + "}"


# Each section belongs to the room that raises its codes.
CATALOGUE: dict[str, ErrorSpec] = {
    # -- values people enter (domain) ------------------------------------------------------
    "text_too_long": ErrorSpec(
        "user",
        N_(
            "{field} has {length} characters; at most {limit} can be kept. Nothing was saved. "
            "Shorten it or split it into two entries."
        ),
    ),
    "time_unreadable": ErrorSpec(
        "user",
        N_(
            "“{text}” is not a time that can be read without guessing. Nothing was saved. Type it "
            "like 10:38, 1038, 10:38-10:52 or 2026-11-20 10:38."
        ),
    ),
    "time_backwards": ErrorSpec(
        "user",
        N_(
            "“{text}” ends before it begins. Nothing was saved. Write the earlier time first; if "
            "it passes midnight, name the day of both times."
        ),
    ),
    "hours_invalid": ErrorSpec(
        "user",
        N_(
            "The opening hours cannot be used: {where} holds “{value}”. The hours recorded before "
            "still hold. Correct this entry."
        ),
    ),
    "hours_overlap": ErrorSpec(
        "user",
        N_(
            "The opening hours contradict themselves: entries of {where} overlap. The hours "
            "recorded before still hold. Correct one of them."
        ),
    ),
    "hours_unreadable": ErrorSpec(
        "user",
        N_(
            "The opening hours cannot be read at “{text}”. The hours recorded before still hold. "
            "Type them like: Mon-Fri 9:00-12:00 13:30-17:00; Sat 9:00-12:00."
        ),
    ),
    "hours_without_days": ErrorSpec(
        "user",
        N_(
            "“{text}” does not say on which days. The hours recorded before still hold. Name the "
            "weekdays, for example Mon-Fri."
        ),
    ),
    "phase_order": ErrorSpec(
        "user",
        N_(
            "The visit cannot enter this phase at {at}: another change of phase stands at "
            "{other_at}, and phases only go forward. Nothing was saved. Check the time, or void "
            "the entry that is wrong."
        ),
    ),
    "phase_not_entered": ErrorSpec(
        "user",
        N_(
            "A visit does not enter this phase by an entry of its own. Nothing was saved. Choose "
            "covert, overt or feedback; sealing has a command of its own."
        ),
    ),
    "visit_sealed": ErrorSpec(
        "user",
        N_(
            "This visit is sealed and stays as it is. Nothing was changed. Corrections go into a "
            "supplement that is linked to it."
        ),
    ),
    "round_not_found": ErrorSpec(
        "user",
        N_("The visit has no such round of the windows. Nothing was changed. Begin a round first."),
    ),
    "wait_order": ErrorSpec(
        "user",
        N_(
            "The times of this wait do not follow each other: {second} comes after {first} in the "
            "order joined, called, ended. Nothing was saved. Correct the time that is wrong."
        ),
    ),
    "wait_outcome": ErrorSpec(
        "user",
        N_(
            "The times of this wait do not agree with how it is said to have ended. Nothing was "
            "saved. Somebody who is still waiting or gave up was not called; who was served was "
            "called or has an end."
        ),
    ),
    "wait_promise": ErrorSpec(
        "user",
        N_(
            "A promised limit of {minutes} minutes cannot be. Nothing was saved. Give whole "
            "minutes, 0 or more."
        ),
    ),
    # -- ledger ----------------------------------------------------------------------------
    # -- storage ---------------------------------------------------------------------------
    "workspace_missing": ErrorSpec(
        "user",
        N_(
            "There is no workspace in {path}. Nothing was changed. Make one with "
            "“inspector init”, or name another folder with --workspace."
        ),
    ),
    "workspace_exists": ErrorSpec(
        "user",
        N_(
            "{path} already holds a workspace. It was not touched. Open it, or choose an empty "
            "folder."
        ),
    ),
    "workspace_in_use": ErrorSpec(
        "environment",
        N_(
            "Another Mingcha program has this workspace open. Nothing was changed. Close the other "
            "one, then try again."
        ),
    ),
    "workspace_newer": ErrorSpec(
        "user",
        N_(
            "This workspace was made by a newer version (schema {found}, this program knows "
            "{known}). It was not touched. Install the newer version."
        ),
    ),
    "workspace_damaged": ErrorSpec(
        "environment",
        N_(
            "The database of this workspace cannot be read ({detail}). Photographs and backups are "
            "untouched. Run “inspector restore” to take the newest backup; it adds what can still "
            "be read from the damaged file."
        ),
    ),
    "workspace_on_network": ErrorSpec(
        "user",
        N_(
            "{path} lies on a network drive, where a database can be damaged. Nothing was "
            "changed. Choose a folder on this computer's own disk."
        ),
    ),
    "workspace_on_removable": ErrorSpec(
        "user",
        N_(
            "{path} lies on a removable drive that can be pulled out while writing. Nothing was "
            "changed. Choose a folder on this computer's own disk."
        ),
    ),
    "workspace_in_cloud_folder": ErrorSpec(
        "user",
        N_(
            "{folder} is synchronised by another program, which can damage a database that is in "
            "use. Nothing was changed. Choose a folder outside it."
        ),
    ),
    "disk_full": ErrorSpec(
        "environment",
        N_(
            "The disk is full, so this was not saved. Everything saved before is safe. Free some "
            "space, then enter it again."
        ),
    ),
    "disk_error": ErrorSpec(
        "environment",
        N_(
            "The disk refused to read or write ({detail}), so this was not saved. Everything saved "
            "before is safe. Check the disk and its permissions, then try again."
        ),
    ),
    "database_bug": ErrorSpec(
        "bug",
        N_(
            "The database refused something it should not have ({detail}). Everything saved before "
            "is safe. Please report this."
        ),
    ),
    "entry_too_large": ErrorSpec(
        "user",
        N_(
            "This entry is too large to be kept as one ({detail}). Nothing was saved. Shorten it "
            "or split it."
        ),
    ),
    "backup_unusable": ErrorSpec(
        "user",
        N_(
            "{path} is not a usable backup ({detail}). The workspace was not touched. Choose "
            "another backup."
        ),
    ),
    # -- media -----------------------------------------------------------------------------
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
    # -- report ----------------------------------------------------------------------------
    # -- operations ------------------------------------------------------------------------
}
