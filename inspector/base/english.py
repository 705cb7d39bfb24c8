"""English sentences about exactly one thing. Message ids are in the plural; Chinese has none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

#: Sentences in which more than a noun changes; the first field in them is the count.
_SENTENCES = {
    "{count} inspectors took part in the covert part without accepting its rules. Let them "
    "read and accept them.": "{count} inspector took part in the covert part without accepting "
    "its rules. Let this person read and accept them.",
    "{count} inspectors have not said whether photographs are still on their telephone or "
    "camera. Ask each of them.": "{count} inspector has not said whether photographs are still "
    "on a telephone or camera. Ask this person.",
    "{count} findings have no outcome yet; they are not counted.": "{count} finding has no "
    "outcome yet; it is not counted.",
    "{count} findings that were fed back have no statement of the unit. Record what it said, "
    "or that it made none.": "{count} finding that was fed back has no statement of the unit. "
    "Record what it said, or that it made none.",
    "{count} files that the record names are not here. Copy the folder “media” of the old "
    "workspace into this one.": "{count} file that the record names is not here. Copy the folder "
    "“media” of the old workspace into this one.",
    "{count} files were taken more than a day before or after the visit. Check the clock of "
    "the camera, and whether they belong here.": "{count} file was taken more than a day before "
    "or after the visit. Check the clock of the camera, and whether it belongs here.",
    "{count} half copied files were removed. Their originals are where they came from; add them "
    "again.": "{count} half copied file was removed. Its original is where it came from; add it "
    "again.",
    "{count} entries are said to have been seen after they were typed in. Check the day, or "
    "the clock of the device.": "{count} entry is said to have been seen after it was typed in. "
    "Check the day, or the clock of the device.",
    "{count} rows cannot be read. Nothing was imported. Mend them in the file, then import it "
    "again.": "{count} row cannot be read. Nothing was imported. Mend it in the file, then import "
    "it again.",
    " {count} findings were recorded, of which {established} are established so far.": " {count} "
    "finding was recorded; established so far: {established}.",
    " Of those established, {count} are serious or grave: no. {list}.": " Of those established, "
    "{count} is serious or grave: no. {list}.",
    " Of those still open, {count} are serious or grave: no. {list}.": " Of those still open, "
    "{count} is serious or grave: no. {list}.",
    "{count} findings of severity 3 or 4 lack the confirmation of a second inspector.": "{count} "
    "finding of severity 3 or 4 lacks the confirmation of a second inspector.",
    "{count} files have no time of their own.": "{count} file has no time of its own.",
    "{count} refusals to sign have no witness. Name who was there.": "{count} refusal to sign has "
    "no witness. Name who was there.",
    "{count} of {total} windows looked at were seen unattended: {list}": "{count} of {total} "
    "windows looked at was seen unattended: {list}",
    "{name}, version {version}: {answered} of {total} items that apply here were "
    "answered. {counts}.": "{name}, version {version}: {answered} of {total} item that "
    "applies here was answered. {counts}.",
    "There are {count} windows.": "There is {count} window.",
    "{camera}: {seconds} s are added to its times.": "{camera}: {seconds} s is added to its times.",
    "None of the {total} windows looked at was unattended": "The {total} window looked at was not "
    "unattended",
}
#: The field that counts in such a sentence.
_COUNT = r"\{(count|total|seconds)\}"
#: A count, perhaps words between, the noun, and the verb that goes with it.
_COUNTED = (
    r"(?P<field>\{(?P<name>\w+)\})"
    r"(?P<between>(?: (?:new|automatic|checklist|promised|earlier|more|sound))*) "
    r"(?P<noun>[a-z]+s|people)\b(?P<verb> (?:are|were|have|name|lack|hold|fall)\b)?"
)
_NOUNS = {"entries": "entry", "people": "person", "losses": "loss", "categories": "category"}
_VERBS = {
    **{" are": " is", " were": " was", " have": " has", " name": " names", " lack": " lacks"},
    **{" hold": " holds", " fall": " falls"},
}
#: Words behind a field that end in s and count nothing.
_NO_NOUNS = frozenset({"is", "was", "has", "holds", "needs", "shows", "s", "lies", "states"})


def singular(message: str, fields: Mapping[str, object]) -> str:
    """Return the sentence `message` as it is said of one thing, where a field counts one."""
    if not any(_is_one(value) for value in fields.values()):
        return message
    whole = _SENTENCES.get(message)
    if whole is not None and _is_one(fields.get(re.findall(_COUNT, message)[0])):
        message = whole
    return re.sub(_COUNTED, lambda found: _counted(found, fields), message)


def _is_one(value: object) -> bool:
    return type(value) is int and value == 1


def _counted(found: re.Match[str], fields: Mapping[str, object]) -> str:
    noun, verb = found["noun"], found["verb"] or ""
    if noun in _NO_NOUNS or not _is_one(fields.get(found["name"])):
        return found[0]
    one = _NOUNS.get(noun, noun.removesuffix("s"))
    return f"{found['field']}{found['between']} {one}{_VERBS.get(verb, verb)}"
