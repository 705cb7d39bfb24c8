"""Failures of an organisation: membership, roles, and the files by which people join."""

from __future__ import annotations

from inspector.base.failures.spec import ErrorSpec
from inspector.base.i18n import N_

ENTRIES: dict[str, ErrorSpec] = {
    "not_admitted": ErrorSpec(
        "user",
        N_(
            "This computer is not admitted to the organisation, or began anew after a backup was "
            "restored. What is recorded here is safe and waits. Ask an administrator to admit it "
            "again."
        ),
        command="org join --request FILE",
    ),
    "membership_revoked": ErrorSpec(
        "user",
        N_(
            "An administrator has ended the membership of this computer. What is recorded here is "
            "safe, and what comes after that waits for an administrator to judge. Call the office; "
            "if this computer is to go on, write a new request."
        ),
        command="org join --request FILE",
    ),
    "role_missing": ErrorSpec(
        "user",
        N_(
            "This needs the role “{role}”, which this computer does not have in the organisation. "
            "Nothing was changed. Ask an administrator."
        ),
        command="org status",
    ),
    "recorded_by_others": ErrorSpec(
        "user",
        N_(
            "{name} recorded this ({kind}), and this computer may change only what was recorded "
            "on it. Nothing was changed. Record what differs as an entry of your own, or ask the "
            "office."
        ),
    ),
    "organisation_exists": ErrorSpec(
        "user",
        N_(
            "This workspace belongs to “{name}” already. Nothing was changed. Use another "
            "workspace for another organisation."
        ),
        command="org status",
    ),
    "organisation_none": ErrorSpec(
        "user",
        N_(
            "This workspace belongs to no organisation. Nothing was changed. Make one here, or "
            "take up an invitation."
        ),
        command="org init --help",
    ),
    "organisation_other": ErrorSpec(
        "user",
        N_(
            "{path} comes from another organisation than the one this computer belongs to or asked "
            "to join. Nothing was changed. Ask for the right file."
        ),
    ),
    "organisation_person_missing": ErrorSpec(
        "user",
        N_(
            "Nobody has said yet who types on this computer. Nothing was changed. Say who that is "
            "first."
        ),
        command="member add NAME --me",
    ),
    "not_administrator": ErrorSpec(
        "user",
        N_(
            "{name} is no administrator of this organisation with the key on this computer. "
            "Nothing was changed. Let an administrator do this."
        ),
        command="org status",
    ),
    "membership_file_bad": ErrorSpec(
        "user",
        N_(
            "{path} is not a file of this kind, was cut off or changed on the way, or is not "
            "signed by whom it names ({detail}). Nothing was changed. Have it sent again."
        ),
    ),
    "membership_file_newer": ErrorSpec(
        "user",
        N_(
            "{path} was made by a newer version or in a way that this version cannot verify. "
            "Nothing was changed. Bring the program up to date."
        ),
    ),
    "fingerprint_differs": ErrorSpec(
        "user",
        N_(
            "The fingerprint of {path} is {fingerprint}, not the one you gave. Nothing was "
            "changed. Somebody may have exchanged the file: ask the other side to read it out once "
            "more."
        ),
    ),
    "invitation_first": ErrorSpec(
        "user",
        N_(
            "This computer has not taken up the invitation of this organisation yet. Nothing was "
            "changed. Open the invitation first, compare its fingerprint and send the request."
        ),
        command="org join INVITATION --request FILE",
    ),
    "admission_of_other": ErrorSpec(
        "user",
        N_(
            "{path} admits another computer than this one, or this one before it began anew. "
            "Nothing was changed. Send a new request to the administrator."
        ),
        command="org join --request FILE",
    ),
    "admission_incomplete": ErrorSpec(
        "user",
        N_(
            "{path} lacks a key of the organisation or holds one that does not fit. Nothing was "
            "changed. Ask the administrator to admit this computer again."
        ),
    ),
    "root_file_bad": ErrorSpec(
        "user",
        N_(
            "{path} is not the root key of this organisation, or it was damaged. Nothing was "
            "changed. Take the file that was written when the organisation was made."
        ),
    ),
    "root_passphrase_wrong": ErrorSpec(
        "user",
        N_("This passphrase does not open the root key. Nothing was changed. Try again."),
    ),
    "recovery_key_bad": ErrorSpec(
        "user",
        N_(
            "This is not a recovery key of this organisation, or a letter was misread. Nothing "
            "was changed. Compare it with the printed sheet, then try again."
        ),
    ),
    "recovery_nothing": ErrorSpec(
        "user",
        N_(
            "There is nothing here that this recovery key opens. Nothing was changed. Bring "
            "statements and envelopes first, from a backup or from an admission file."
        ),
    ),
    "chain_of_other": ErrorSpec(
        "user",
        N_(
            "The request of {name} names a record that another computer was admitted for. Nothing "
            "was changed. If both were set up from one disk, give {name} a new invitation: the "
            "next request then names a record of its own."
        ),
    ),
    "member_device_unknown": ErrorSpec(
        "user",
        N_(
            "The organisation has no member “{name}”, or several. Nothing was changed. Name the "
            "computer by the letters in the list of members."
        ),
        command="org members",
    ),
    "member_without_key": ErrorSpec(
        "user",
        N_(
            "{name} had no signing key when admitted, which an administrator needs. Nothing was "
            "changed. Let {name} make one and send a new request."
        ),
        command="key new",
    ),
    "fingerprint_unknown": ErrorSpec(
        "user",
        N_(
            "No signing key with this fingerprint is recorded for {name}. Nothing was changed. "
            "Exchange with that computer first, and compare the fingerprint as it is shown there."
        ),
        command="key list",
    ),
    "revoke_self": ErrorSpec(
        "user",
        N_(
            "This is the computer you are working on. Nothing was changed. Another administrator "
            "has to end its membership."
        ),
    ),
    "revoked_before": ErrorSpec(
        "user",
        N_(
            "The membership of {name} has ended already, at the same entry or an earlier one. "
            "Nothing was changed."
        ),
    ),
    "administrator_unknown": ErrorSpec(
        "user",
        N_("{name} is no administrator of this organisation. Nothing was changed."),
        command="org members",
    ),
    "statement_unknown": ErrorSpec(
        "user",
        N_(
            "No statement of this administrator begins with “{text}”. Nothing was changed. Look at "
            "the list."
        ),
        command="org statements NAME",
    ),
    "statements_too_many": ErrorSpec(
        "user",
        N_(
            "{name} made {count} statements, more than can be named one by one. Nothing was "
            "changed. Let none of them stay, and admit again who shall stay a member."
        ),
        command="org stand-down --help",
    ),
    "secret_file_exists": ErrorSpec(
        "user",
        N_(
            "{path} already exists, and a secret is never written over another. Nothing was "
            "changed. Choose another name."
        ),
    ),
    "roles_missing": ErrorSpec(
        "user",
        N_("A member needs at least one role. Nothing was changed. Name one."),
    ),
}
