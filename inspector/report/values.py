"""Fields of facts by their names, and their values as people read them."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any

from inspector.base.i18n import N_
from inspector.domain.terms import term

if TYPE_CHECKING:
    from inspector.base.i18n import Translator
    from inspector.report.wording import Words

#: Fields that hold a moment, in milliseconds since 1970 UTC.
MOMENTS = frozenset(
    {"observed_from", "observed_to", "joined", "called", "ended", "identity_from", "identity_to"}
)

#: What fields are called when an old and a new value stand side by side.
FIELD_NAMES = {
    "text": N_("text"),
    "observer": N_("observer"),
    "observed_from": N_("observed from"),
    "observed_to": N_("observed to"),
    "time_source": N_("source of the time"),
    "time_precision": N_("precision in seconds"),
    "severity": N_("severity"),
    "situations": N_("category"),
    "window": N_("window"),
    "people_waiting": N_("people waiting"),
    "basis": N_("basis"),
    "rule": N_("rule"),
    "outcome": N_("outcome"),
    "outcome_reason": N_("reason of the outcome"),
    "state": N_("state"),
    "conformity": N_("conformity"),
    "value": N_("value"),
    "note": N_("note"),
    "caption": N_("caption"),
    "void": N_("withdrawn because"),
    "withdrawn": N_("withdrawn"),
    "observed_zone": N_("time zone"),
    "reply": N_("reply"),
    "continuous": N_("watched throughout"),
    "ticket": N_("ticket"),
    "joined": N_("joined the queue"),
    "called": N_("called"),
    "ended": N_("ended"),
    "promised_minutes": N_("promised minutes"),
    "people_ahead": N_("people ahead"),
    "floor": N_("floor"),
    "zone": N_("zone"),
    "staffed": N_("windows staffed"),
    "total": N_("windows in all"),
    "kind": N_("kind"),
    "before": N_("before"),
    "after": N_("after"),
    "measure_unit": N_("unit of measure"),
    "phase": N_("phase"),
    "to_whom": N_("to whom"),
    "document": N_("document"),
    "windows": N_("windows"),
    "findings": N_("findings"),
    "people_present": N_("people present"),
    "sheet": N_("signed sheet"),
    "refusal": N_("refusal"),
    "witness": N_("witness"),
    "finding": N_("finding"),
    "speaker": N_("speaker"),
    "position": N_("position"),
    "method": N_("method"),
    "evidence": N_("evidence"),
    "acquisition": N_("how obtained"),
    "free_of_people": N_("shows no people"),
}


def field_name(name: str, tr: Translator) -> str:
    """Return what a field is called; one without a name here is called as the record calls it."""
    known = FIELD_NAMES.get(name)
    return tr(known) if known else name


def value_text(name: str, value: Any, words: Words) -> str:
    """Return a value of a fact as people read it; – for none."""
    if value is None or value == "":
        return "–"
    if isinstance(value, StrEnum):
        return term(value, words.lang)
    if isinstance(value, bool):
        return words.tr("yes") if value else words.tr("no")
    if name in MOMENTS:
        return words.moment(value, words.record.hall.zone_minutes)
    if name == "window":
        return words.window(value)
    if name == "severity":
        return words.severity(value)
    if name in ("observer", "identity_by"):
        return words.person(value)
    if isinstance(value, tuple):
        return words.join(str(part) for part in value)
    if isinstance(value, dict):
        return words.join(f"{key} = {part}" for key, part in value.items())
    return str(value)
