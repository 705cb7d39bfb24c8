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
    "chain_begun_anew": ErrorSpec(
        "environment",
        N_(
            "This workspace was copied, put back from a copy, or moved to another computer. "
            "Nothing is lost: what is entered from now on is kept apart from what another copy "
            "may enter. Where computers exchange what they record, an administrator has to admit "
            "this one again."
        ),
    ),
    "not_for_this_computer": ErrorSpec(
        "user",
        N_(
            "This was not encrypted for this computer, or it is damaged. Nothing was changed. Ask "
            "for it to be made for this computer again."
        ),
    ),
    "passphrase_short": ErrorSpec(
        "user",
        N_(
            "The passphrase is shorter than {least} letters, of which a Chinese character counts "
            "as two. Nothing was saved. Choose a longer one, such as a sentence that only you "
            "would think of."
        ),
    ),
    "passphrase_wrong": ErrorSpec(
        "user",
        N_(
            "The passphrase does not open the key of {name}. Nothing was signed or changed, and "
            "nothing is lost. Type it again; capitals and blanks count. Whoever has forgotten it "
            "makes a new key."
        ),
    ),
    "sheet_passphrase_wrong": ErrorSpec(
        "user",
        N_(
            "The passphrase does not open the key on this sheet. Nothing was changed, and nothing "
            "is lost. Type the one that was in use when the sheet was printed."
        ),
    ),
    "person_key_exists": ErrorSpec(
        "user",
        N_(
            "{name} already has a key. It was not touched. To put a new one in its place, say why "
            "the former one is no longer used."
        ),
    ),
    "person_key_none": ErrorSpec(
        "user",
        N_("{name} has no key yet. Nothing was signed. Make one first."),
        command="key new",
    ),
    "person_key_elsewhere": ErrorSpec(
        "user",
        N_(
            "The secret key of {name} is not on this computer. Nothing was signed. Sign where it "
            "was made, or restore it here from its printed sheet."
        ),
        command="key restore",
    ),
    "person_key_damaged": ErrorSpec(
        "environment",
        N_(
            "The file with the secret key of {name} is damaged. Nothing was signed; what was "
            "signed before stays valid. Restore the key from its printed sheet."
        ),
        command="key restore",
    ),
    "key_sheet_row": ErrorSpec(
        "user",
        N_(
            "Row {row} of the key sheet is missing or was not read as it is printed. Nothing was "
            "changed. Compare its letters with the sheet, then try again."
        ),
    ),
    "key_sheet_other": ErrorSpec(
        "user",
        N_(
            "This is not the sheet of a key that this version knows. Nothing was changed. Use the "
            "sheet that was printed last, or a newer version of the program."
        ),
    ),
    "key_sheet_whose": ErrorSpec(
        "user",
        N_(
            "This workspace does not know the key on this sheet. Nothing was changed. Say whose "
            "key it is."
        ),
    ),
    "person_key_retired": ErrorSpec(
        "user",
        N_(
            "The key on this sheet was replaced before and signs no more. Nothing was changed. Use "
            "the sheet of the present key."
        ),
    ),
    "not_sealed_to_sign": ErrorSpec(
        "user",
        N_(
            "Only a sealed visit can be signed: the signature covers its seal. Nothing was "
            "signed. Seal the visit first."
        ),
        command="visit seal",
    ),
    "signer_not_member": ErrorSpec(
        "user",
        N_(
            "{name} is not one of the inspectors of this visit. Nothing was signed. Only those "
            "who were there sign its seal."
        ),
    ),
    "signed_before": ErrorSpec(
        "user",
        N_("{name} has signed this seal already. Nothing was added."),
    ),
    "signer_key_other": ErrorSpec(
        "user",
        N_(
            "The seal names another key of {name} ({fingerprint}). Nothing was signed, because "
            "nobody would accept it. Sign with the key that the seal names."
        ),
    ),
    "signatures_not_exported": ErrorSpec(
        "environment",
        N_(
            "The signatures could not be written to {path} ({detail}). The record is not affected. "
            "Choose another folder."
        ),
    ),
    "signatures_none": ErrorSpec(
        "user",
        N_("Nobody has signed the seal of this visit yet. Nothing was written."),
        command="visit sign",
    ),
}
