"""What of an entity is searched, what a hit shows, and what a typed word may also mean.

The index holds texts as they were written and the words of a vocabulary as the ledger writes them
(`unattended`), which never change. Names in either language, and the names of situations, are
looked up when somebody searches: a name that is worded anew needs no new index.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any

from inspector.domain.schema import KINDS
from inspector.domain.terms import TERMS, term

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from inspector.base.i18n import Lang
    from inspector.domain.catalogues import Situation

#: The fields whose words are found, by noun, in the order in which a hit shows them.
SEARCHED: dict[str, tuple[str, ...]] = {
    "finding": (
        *("text", "basis", "rule", "outcome_reason", "official_number", "outcome"),
        "situations",
    ),
    "finding_person": ("description", "identity", "identity_post"),
    "remark": ("kind", "text", "reply"),
    "statement": ("position", "text", "speaker"),
    "feedback": ("refusal", "witness", "people_present"),
    "answer": ("item", "conformity", "value", "note"),
    "sighting": ("state", "note"),
    "sweep": ("state",),
    "wait": ("outcome", "note", "ticket", "rule"),
    "head_count": ("note",),
    "event": ("kind", "phase", "note", "to_whom", "document"),
    "evidence": ("caption", "original_name"),
    "hall": ("name", "code", "address"),
    "window": ("label",),
    "unit": ("name", "code"),
    "person": ("name", "post", "unit"),
    "trip": (
        *("name", "scope", "document_title", "document_number", "issuer", "legal_basis"),
        *("report_heard", "praise", "opinions", "people_present", "clue_number"),
    ),
    "visit": ("official_number",),
}

#: The searched fields that hold words of a vocabulary, by noun.
_WORDS: dict[str, dict[str, type[StrEnum]]] = {
    noun: {
        spec.name: spec.load
        for spec in KINDS[noun].fields
        if spec.name in names and spec.load is not None and issubclass(spec.load, StrEnum)
    }
    for noun, names in SEARCHED.items()
}
_VOCABULARIES = tuple(dict.fromkeys(load for words in _WORDS.values() for load in words.values()))
#: A single character stands in too many names to mean one of them.
_SHORTEST = 2


def document(noun: str, values: Mapping[str, Any]) -> str:
    """Return the searched text of an entity, empty if it is void, withdrawn or has none."""
    names = SEARCHED.get(noun)
    if names is None or isinstance(values.get("void"), str) or values.get("withdrawn"):
        return ""
    found = [value for name in names if (value := values.get(name))]
    try:
        return "\n".join(found)  # most of them are texts
    except TypeError:
        return "\n".join(text for value in found for text in _texts(value))


def shown(noun: str, values: Mapping[str, Any], lang: Lang) -> str:
    """Return what a hit says to people: its texts, and vocabulary by name."""
    parts: list[str] = []
    for name in SEARCHED[noun]:
        vocabulary = _WORDS[noun].get(name)
        for text in _texts(values.get(name)):
            known = vocabulary is not None and text in set(vocabulary)
            parts.append(term(vocabulary(text), lang) if vocabulary and known else text)
    return " · ".join(parts)


def meanings(word: str, situations: Iterable[Situation] = ()) -> list[str]:
    """Return what else may stand in the index for a word that somebody typed.

    Words of the ledger whose Chinese or English name holds it, and codes of such situations.
    """
    if len(word) < _SHORTEST:
        return []
    wanted = word.casefold()
    found = [
        member.value
        for vocabulary in _VOCABULARIES
        for member, names in TERMS[vocabulary].items()
        if any(wanted in name.casefold() for name in names)
    ]
    found += [each.code for each in situations if wanted in each.zh or wanted in each.en.casefold()]
    return list(dict.fromkeys(found))


def _texts(value: Any) -> Iterator[str]:
    """Yield the texts in a value as the ledger holds it."""
    if isinstance(value, str):
        if value:
            yield value
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _texts(each)
    elif isinstance(value, dict):
        for each in value.values():
            yield from _texts(each)
