"""Failures about secret keys and what is signed with them."""

from __future__ import annotations

from inspector.base.failures.spec import ErrorSpec
from inspector.base.i18n import N_

ENTRIES: dict[str, ErrorSpec] = {
    "device_key_gone": ErrorSpec(
        "environment",
        N_(
            "The secret key of this computer is no longer in the folder “keys” of the workspace, "
            "or is damaged. Everything recorded is safe. Close the program and open it again: a "
            "new key is made, and an administrator has to admit this computer once more."
        ),
    ),
    "not_for_this_computer": ErrorSpec(
        "user",
        N_(
            "This was not encrypted for this computer, or it is damaged. Nothing was changed. Ask "
            "for it to be made for this computer again."
        ),
    ),
}
