"""What an office keeps beside its visits: people, places, calendars, catalogues."""

from __future__ import annotations

from dataclasses import field

from inspector.domain.entities.base import Entity, Json, noun
from inspector.domain.vocabulary import CatalogueKind, HallLevel, PlaceKind


@noun
class Person(Entity):
    """An inspector or other member of the office."""

    name: str = ""
    post: str = ""
    unit: str = ""
    credential: str = ""


@noun
class Unit(Entity):
    """An organisation; units form a tree."""

    code: str = ""
    name: str = ""
    parent: str | None = None
    kind: str = ""


@noun
class Hall(Entity):
    """A place that is visited. `hours` is a schedule as `domain.hours` reads it."""

    code: str = ""
    name: str = ""
    kind: PlaceKind = PlaceKind.HALL
    level: HallLevel = HallLevel.COUNTY
    unit: str | None = None
    address: str = ""
    zone_minutes: int = 480
    hours: Json = field(default_factory=dict)


@noun
class Window(Entity):
    """A service window of a hall; `number` is text ("05"), `label` may replace it."""

    hall: str = ""
    number: str = ""
    label: str = ""
    floor: str = ""
    zone: str = ""
    matters: tuple[str, ...] = ()
    covered_by: str | None = None
    hours: Json = field(default_factory=dict)
    position: int = 0


@noun
class DayCalendar(Entity):
    """Holiday swaps of one year: `days` maps ISO dates to "work" or "rest"."""

    name: str = ""
    year: int = 0
    days: Json = field(default_factory=dict)
    source: str = ""


@noun
class Catalogue(Entity):
    """An office's own variant of a catalogue; its rows are the blob `sha256`."""

    kind: CatalogueKind = CatalogueKind.CHECKLIST
    code: str = ""
    version: str = ""
    name: str = ""
    valid_from: str = ""
    valid_to: str = ""
    sha256: str = ""
