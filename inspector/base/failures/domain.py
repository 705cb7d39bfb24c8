"""Failures that the room `domain` raises."""

from __future__ import annotations

from inspector.base.failures.spec import ErrorSpec
from inspector.base.i18n import N_

ENTRIES: dict[str, ErrorSpec] = {
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
    "quantity_unreadable": ErrorSpec(
        "user",
        N_(
            "“{text}” is no quantity. Nothing was saved. Type a number like 40 or 2.5; what else "
            "there is to say belongs into the text."
        ),
    ),
    "rule_unreadable": ErrorSpec(
        "user",
        N_(
            "The pass rule “{rule}” cannot be read for an item of the type {type}. Nothing was "
            "changed. Write it like value <= 15, yes, no, n = d, record or rate >= 99%."
        ),
    ),
    "word_unknown": ErrorSpec(
        "user",
        N_(
            "“{text}” is not a word that is understood here. Nothing was saved. Use one of: "
            "{known}."
        ),
    ),
    "answer_not_conformity": ErrorSpec(
        "user",
        N_(
            "“{text}” does not answer item {item}. Nothing was saved. Type conforms, does not "
            "conform, not applicable or not seen."
        ),
    ),
    "answer_not_whole": ErrorSpec(
        "user",
        N_(
            "Item {item} asks for a whole number, not “{text}”. Nothing was saved. Type a "
            "number like 3, or not applicable, or not seen."
        ),
    ),
    "answer_not_decimal": ErrorSpec(
        "user",
        N_(
            "Item {item} asks for a number, not “{text}”. Nothing was saved. Type a number like"
            " 2.5, or not applicable, or not seen."
        ),
    ),
    "answer_empty": ErrorSpec(
        "user",
        N_(
            "Item {item} was given no text. Nothing was saved. Type a text, or not applicable, "
            "or not seen."
        ),
    ),
    "answer_not_date": ErrorSpec(
        "user",
        N_(
            "Item {item} asks for a date, not “{text}”. Nothing was saved. Type it like "
            "2026-03-01, or not applicable, or not seen."
        ),
    ),
    "answer_not_time": ErrorSpec(
        "user",
        N_(
            "Item {item} asks for a time of day, not “{text}”. Nothing was saved. Type it like "
            "09:05, or not applicable, or not seen."
        ),
    ),
    "answer_not_choice": ErrorSpec(
        "user",
        N_(
            "“{text}” is no choice of item {item}. Nothing was saved. Choose one of: {choices};"
            " or not applicable, or not seen."
        ),
    ),
    "answer_not_pair": ErrorSpec(
        "user",
        N_(
            "Item {item} asks for two quantities, not “{text}”. Nothing was saved. Type them "
            "like 33/36 in this order: {order}; or not applicable, or not seen."
        ),
    ),
    "answer_not_date_pair": ErrorSpec(
        "user",
        N_(
            "Item {item} asks for two dates, not “{text}”. Nothing was saved. Type them like "
            "2026-03-01, 2026-03-05 in this order: {order}; for a first one that has not come, "
            "type not done."
        ),
    ),
    "answer_out_of_range": ErrorSpec(
        "user",
        N_(
            "{text} is more than item {item} can hold ({highest}). Nothing was saved. Check the"
            " number."
        ),
    ),
    "answer_part_of_whole": ErrorSpec(
        "user",
        N_(
            "In item {item} the part ({part}) is larger than the whole ({whole}). Nothing was "
            "saved. Type them in this order: {order}."
        ),
    ),
    "answer_zero_whole": ErrorSpec(
        "user",
        N_(
            "In item {item} the second quantity is zero, so nothing can be judged. Nothing was "
            "saved. Type them in this order: {order}. If there is really none, answer not "
            "applicable."
        ),
    ),
    "severity_unknown": ErrorSpec(
        "user",
        N_(
            "{severity} is no severity. Nothing was saved. Choose 1 (slight), 2 (moderate), 3 "
            "(serious) or 4 (grave)."
        ),
    ),
    "situation_unknown": ErrorSpec(
        "user",
        N_(
            "No catalogue holds the situation {situation}. Nothing was saved. Choose a code "
            "from the list, or import the office's own list first."
        ),
    ),
    "situation_is_list": ErrorSpec(
        "user",
        N_(
            "{situation} is the name of a whole list, not a situation. Nothing was saved. Choose "
            "one of the situations in it."
        ),
    ),
    "outcome_without_reason": ErrorSpec(
        "user",
        N_(
            "This outcome needs a reason. Nothing was changed. Write in one sentence why the "
            "finding is seen so."
        ),
    ),
    "confirmation_same_person": ErrorSpec(
        "user",
        N_(
            "Who observed a finding cannot confirm it as the second inspector. Nothing was "
            "saved. Ask another member of the visit."
        ),
    ),
    "confirmation_not_member": ErrorSpec(
        "user",
        N_(
            "Only a member of the visit can confirm its findings. Nothing was saved. Add this "
            "person to the visit first, or ask a member."
        ),
    ),
    "confirmation_without_paper": ErrorSpec(
        "user",
        N_(
            "A confirmation signed on paper needs a photograph of the signature. Nothing was "
            "saved. Add the photograph and name it here."
        ),
    ),
    "description_without_observer": ErrorSpec(
        "user",
        N_(
            "The description of a person does not say who saw this person. Nothing was saved. "
            "Name the inspector."
        ),
    ),
    "identity_without_source": ErrorSpec(
        "user",
        N_(
            "An identity needs who confirmed it and from what: a credential, the person's own "
            "statement, the duty manager or the roster. Nothing was saved. A name posted at the"
            " window is not enough."
        ),
    ),
    "catalogue_column_missing": ErrorSpec(
        "user",
        N_(
            "The list has no column {column}, or no rows. Nothing was imported. It needs at "
            "least the columns {columns}."
        ),
    ),
    "catalogue_value_missing": ErrorSpec(
        "user",
        N_(
            "Row {row} is empty in the column {column}. Nothing was imported. Fill in the cell "
            "and import the list again."
        ),
    ),
    "catalogue_value_unknown": ErrorSpec(
        "user",
        N_(
            "Row {row}, column {column}: “{value}” is not allowed there. Nothing was imported. "
            "Compare with the list that ships with the program, correct the cell and import "
            "again."
        ),
    ),
    "catalogue_code_twice": ErrorSpec(
        "user",
        N_(
            "Row {row}: “{value}” in the column {column} occurs twice. Nothing was imported. "
            "Give one of the two rows another code."
        ),
    ),
    "catalogue_rule_unreadable": ErrorSpec(
        "user",
        N_(
            "Row {row}: the pass rule “{value}” cannot be read. Nothing was imported. Write it "
            "like value <= 15, yes, no, n = d, record or rate >= 99%."
        ),
    ),
    "import_no_columns": ErrorSpec(
        "user",
        N_(
            "No column names a hall or a unit; the header is “{header}”. Nothing of this sheet "
            "was used. Name the columns, for example 大厅编码 or hall_code."
        ),
    ),
    "import_code_missing": ErrorSpec(
        "user",
        N_("The row names no hall by its code. The row was not used. Fill in the code."),
    ),
    "import_window_missing": ErrorSpec(
        "user",
        N_(
            "The row tells of a window that has neither number nor label. The row was not used. "
            "Fill in one of the two."
        ),
    ),
    "import_twice": ErrorSpec(
        "user",
        N_(
            "The same window already stands in row {first}. The row was not used. Remove one of"
            " the two, or correct the number."
        ),
    ),
    "import_contradiction": ErrorSpec(
        "user",
        N_(
            "The cell says something else than row {first} says of the same place. The first "
            "one was kept for now. Make both agree."
        ),
    ),
    "import_reference": ErrorSpec(
        "user",
        N_(
            "“{key}” is not known: it stands neither in the table nor among what is recorded. "
            "Correct it, or add a row for it."
        ),
    ),
    "unit_circle": ErrorSpec(
        "user",
        N_("“{name}” would stand below itself. Nothing was saved. Choose another superior unit."),
    ),
    "import_circle": ErrorSpec(
        "user",
        N_("The unit “{key}” would stand below itself. Correct the column of superior units."),
    ),
    "import_name_missing": ErrorSpec(
        "user",
        N_("“{key}” is new and has no name. Fill in the name."),
    ),
    "clue_number_missing": ErrorSpec(
        "user",
        N_(
            "A directed trip follows a clue. Nothing was saved. Give the number of the "
            "clue; its content stays out of this program."
        ),
    ),
    "clue_number_form": ErrorSpec(
        "user",
        N_(
            "“{text}” is not the number of a clue. Nothing was saved. Give letters, digits and "
            "signs without blanks, at most 40; the content of a clue stays out of this program."
        ),
    ),
    "date_unreadable": ErrorSpec(
        "user",
        N_(
            "“{text}” is not a date that can be read without guessing. Nothing was saved. Type it"
            " like 2026-11-20."
        ),
    ),
    "validity_order": ErrorSpec(
        "user",
        N_(
            "The validity ends on {last} before it begins on {first}. Nothing was saved. Correct "
            "one of the two days."
        ),
    ),
}
