"""Failures that the room `operations` raises."""

from __future__ import annotations

from inspector.base.failures.spec import ErrorSpec
from inspector.base.i18n import N_

ENTRIES: dict[str, ErrorSpec] = {
    "still_covert": ErrorSpec(
        "user",
        N_(
            "Not everybody has shown identity yet ({names}); telling the unit would give them "
            "away. Nothing was told or changed. Begin the overt part for the whole team, or record "
            "when the team left, then tell the unit."
        ),
    ),
    "identity_not_shown": ErrorSpec(
        "user",
        N_(
            "Identity had not been shown at that time; telling the unit would give the team away. "
            "Nothing was told or changed. Record first who showed identity and to whom, or when "
            "the team left, then tell the unit."
        ),
    ),
    "members_missing": ErrorSpec(
        "user",
        N_("A visit needs at least one inspector. Nothing was saved. Name the members."),
    ),
    "rules_not_accepted": ErrorSpec(
        "user",
        N_(
            "{name} has not yet accepted the rules of the covert part. Nothing was saved. "
            "Show the rules and record the acceptance first."
        ),
    ),
    "reveal_incomplete": ErrorSpec(
        "user",
        N_(
            "Showing identity is recorded with to whom and with which document. Nothing was "
            "saved. Add both."
        ),
    ),
    "visit_incomplete": ErrorSpec(
        "user",
        N_(
            "The visit lacks something that a sealed record must have ({missing}). Nothing "
            "was sealed. Look at what is missing, and add it."
        ),
    ),
    "visit_not_sealed": ErrorSpec(
        "user",
        N_(
            "Only a sealed visit gets a supplement. Nothing was changed. While it is open, "
            "correct it directly."
        ),
    ),
    "supplement_open": ErrorSpec(
        "user",
        N_(
            "An earlier supplement to this visit is not sealed yet. Nothing was changed. "
            "Continue that one."
        ),
    ),
    "seal_damaged": ErrorSpec(
        "environment",
        N_(
            "The sealed record cannot be read ({detail}). Nothing was changed. Check the record, "
            "and take the file back from a backup."
        ),
        command="check",
    ),
    "catalogue_version_taken": ErrorSpec(
        "user",
        N_(
            "{name} already exists with other rows. Nothing was imported. Give the new list "
            "a new version."
        ),
    ),
    "reason_missing": ErrorSpec(
        "user",
        N_("This needs a reason. Nothing was changed. Say why; the reason stays in the record."),
    ),
    "second_person_missing": ErrorSpec(
        "user",
        N_(
            "Erasing needs a second person besides the one who is typing. Nothing was "
            "erased. Name who agreed."
        ),
    ),
    "nothing_to_undo": ErrorSpec(
        "user",
        N_("There is nothing to take back on this device."),
    ),
    "undo_overtaken": ErrorSpec(
        "user",
        N_(
            "Something was changed again since, so the last action cannot be taken back as "
            "a whole. Nothing was changed. Correct the value directly."
        ),
    ),
    "item_not_found": ErrorSpec(
        "user",
        N_(
            "The checklist of this visit has no item {code}. Nothing was saved. Choose an item of"
            " the checklist."
        ),
        command="catalogue show",
    ),
    "interval_missing": ErrorSpec(
        "user",
        N_(
            "Continuous watching needs a beginning and an end. Nothing was saved. Give both "
            "times, or record single looks."
        ),
    ),
    "head_count_unreadable": ErrorSpec(
        "user",
        N_(
            "“{text}” is no count of windows. Nothing was saved. Write staffed windows of all "
            "windows, like 9/12."
        ),
    ),
    "head_count_impossible": ErrorSpec(
        "user",
        N_(
            "{staffed} of {total} windows cannot be staffed. Nothing was saved. Check the "
            "two numbers."
        ),
    ),
    "text_missing": ErrorSpec(
        "user",
        N_("The text is empty. Nothing was saved. Write what was seen."),
    ),
    "visit_not_found": ErrorSpec(
        "user",
        N_("There is no visit “{name}”. Nothing was changed. Choose one from the list of visits."),
        command="visit list",
    ),
    "visit_ambiguous": ErrorSpec(
        "user",
        N_(
            "More than one visit has the number “{name}”. Nothing was changed. Use the "
            "number with its device prefix, or the id."
        ),
    ),
    "visit_void": ErrorSpec(
        "user",
        N_("This visit was withdrawn. Nothing was saved. Record it in another visit."),
    ),
    "withdrawn_before": ErrorSpec(
        "user",
        N_("This was withdrawn before. Nothing was changed; the first reason stands."),
    ),
    "observer_missing": ErrorSpec(
        "user",
        N_(
            "It is not said who saw this. Nothing was saved. Name the observer, or say who you are."
        ),
        command="member use",
    ),
    "observer_not_member": ErrorSpec(
        "user",
        N_(
            "{name} does not take part in this visit. Nothing was saved. Choose a member, "
            "or let the person join first."
        ),
    ),
    "not_found": ErrorSpec(
        "user",
        N_("There is no {kind} “{name}”. Nothing was changed. Check the name."),
    ),
    "window_not_found": ErrorSpec(
        "user",
        N_("The place has no window “{number}”. Nothing was saved. Choose one of its windows."),
        command="hall show",
    ),
    "finding_not_found": ErrorSpec(
        "user",
        N_("The visit has no finding “{name}”. Nothing was changed. Choose one of its findings."),
        command="finding list",
    ),
    "import_has_problems": ErrorSpec(
        "user",
        N_(
            "{count} rows cannot be read. Nothing was imported. Mend them in the file, then "
            "import it again."
        ),
    ),
    "findings_missing": ErrorSpec(
        "user",
        N_(
            "Feedback is about at least one finding. Nothing was saved. Choose what was "
            "told to the unit."
        ),
    ),
    "name_missing": ErrorSpec(
        "user",
        N_("The name is empty. Nothing was saved. Give a name."),
    ),
    "hall_code_taken": ErrorSpec(
        "user",
        N_(
            "There is already a place with the code {code}. Nothing was saved. Choose "
            "another code, or change that place."
        ),
    ),
    "hall_not_found": ErrorSpec(
        "user",
        N_(
            "There is no place “{name}”, or several have that name. Nothing was changed. Use the "
            "code or the id of the place."
        ),
        command="hall list",
    ),
    "person_not_found": ErrorSpec(
        "user",
        N_(
            "There is no member “{name}”. Nothing was changed. Choose one from the list of members."
        ),
        command="member list",
    ),
    "person_ambiguous": ErrorSpec(
        "user",
        N_(
            "Several members are called {name}. Nothing was changed. Use the id of the one who is"
            " meant."
        ),
        command="member list",
    ),
    "bench_not_installed": ErrorSpec(
        "user",
        N_(
            "The benchmarks come with the source code only. Nothing was measured. Run them "
            "in a copy of the source."
        ),
    ),
    "catalogue_not_found": ErrorSpec(
        "user",
        N_(
            "There is no catalogue “{name}”. Nothing was changed. List the catalogues to see "
            "their names."
        ),
    ),
    "catalogue_damaged": ErrorSpec(
        "environment",
        N_(
            "The shipped file {file} is not the one that was released. Your records are not "
            "affected. Install the program again."
        ),
    ),
    "pin_form": ErrorSpec(
        "user",
        N_("A PIN is 4 to 12 digits. Nothing was changed. Choose one of that form."),
    ),
    "pin_not_set": ErrorSpec(
        "user",
        N_(
            "{name} has no PIN on this computer. Nothing was saved. Set one first, or take the "
            "signature on paper."
        ),
    ),
    "pin_wrong": ErrorSpec(
        "user",
        N_(
            "The PIN is not right. The record stays as it is. Type it again; after five wrong "
            "tries it has to wait."
        ),
    ),
    "pin_blocked": ErrorSpec(
        "user",
        N_(
            "The PIN was wrong five times in a row. The record stays as it is. Try again in "
            "{minutes} minutes, or take the signature on paper."
        ),
    ),
    "confirmation_same_device": ErrorSpec(
        "user",
        N_(
            "The finding was entered on this very computer, so this is no confirmation by an own "
            "device. Nothing was saved. Confirm it on another computer, by PIN or by a signature "
            "on paper."
        ),
    ),
    "finding_withdrawn": ErrorSpec(
        "user",
        N_("This finding was withdrawn. Nothing was saved. Choose one that holds."),
    ),
    "identity_empty": ErrorSpec(
        "user",
        N_(
            "Neither a name nor a post was given. Nothing was saved. Say who the person was "
            "confirmed to be."
        ),
    ),
    "window_nameless": ErrorSpec(
        "user",
        N_("A window needs a number or a label. Nothing was saved. Give one of the two."),
    ),
    "not_supplement": ErrorSpec(
        "user",
        N_(
            "Corrections of a sealed visit stand in a supplement. Nothing was saved. Open a "
            "supplement, or change the open visit itself."
        ),
        command="visit supplement",
    ),
    "fact_not_found": ErrorSpec(
        "user",
        N_(
            "No earlier edition of this visit has an entry “{name}”. Nothing was saved. Give its "
            "id, the number of a finding, or the name of a file."
        ),
    ),
    "value_unreadable": ErrorSpec(
        "user",
        N_(
            "“{text}” is no value for {field}. Nothing was saved. Type a whole number, or yes or "
            "no where that is asked."
        ),
    ),
    "field_not_correctable": ErrorSpec(
        "user",
        N_(
            "“{field}” cannot be corrected in an entry of the kind “{kind}”. Nothing was saved. "
            "Withdraw the entry and enter the right one."
        ),
    ),
    "window_in_use": ErrorSpec(
        "user",
        N_(
            "An open visit has entries about window {number}. Nothing was changed. Seal that "
            "visit, or withdraw the entries first."
        ),
    ),
    "window_taken": ErrorSpec(
        "user",
        N_("There is already a window {number} here. Nothing was saved. Change that one."),
    ),
    "window_range_wrong": ErrorSpec(
        "user",
        N_("{first}–{last} is no range of windows from 1 to {most}. Nothing was saved. Mend it."),
    ),
    "window_ranges_overlap": ErrorSpec(
        "user",
        N_("Window {number} stands in two of the ranges. Nothing was saved. Let each stand once."),
    ),
    "trip_in_use": ErrorSpec(
        "user",
        N_(
            "Visits rest on the authority of “{name}”. Nothing was changed. Withdraw them first; a "
            "sealed visit keeps its journey."
        ),
    ),
    "feedback_nothing_new": ErrorSpec(
        "user",
        N_(
            "Neither a sheet nor a refusal nor a witness was given. Nothing was changed. Say what"
            " came later."
        ),
    ),
    "typist_unknown": ErrorSpec(
        "user",
        N_(
            "It is not said who is typing, and erasing needs two people who are known. Nothing "
            "was erased. Say who you are."
        ),
        command="member use",
    ),
}
