"""Stored files: where they belong, and the clocks of their cameras."""

from __future__ import annotations

from dataclasses import field

from inspector.domain.entities.base import Entity, Fact, Json, noun
from inspector.domain.vocabulary import Acquisition, EvidenceRoute, TargetKind


@noun
class Evidence(Fact):
    """A stored file. Its observed time is when it was taken, if known.

    `messenger_copy` marks a recompressed copy without metadata (转存件). `camera` names the
    device for clock checks; `camera_ms` is the uncorrected claim of the file, `offset_ms` what was
    added to it. Coordinates are in 1e-7 degrees. `metadata` holds what was read from the file;
    `damaged` in it says that it could be decoded only in part or not at all when it came in.
    """

    sha256: str = ""
    size: int = 0
    mime: str = ""
    original_name: str = ""
    route: EvidenceRoute = EvidenceRoute.IMPORT
    acquisition: Acquisition | None = None
    messenger_copy: bool = False
    camera: str = ""
    camera_ms: int | None = None
    offset_ms: int = 0
    width: int | None = None
    height: int | None = None
    orientation: int = 1
    latitude_e7: int | None = None
    longitude_e7: int | None = None
    burst: str = ""
    metadata: Json = field(default_factory=dict)
    caption: str = ""
    free_of_people: bool = False


@noun
class Placement(Entity):
    """A piece of evidence belongs to a finding, an answer, a window …"""

    visit: str = ""
    evidence: str = ""
    target_kind: TargetKind = TargetKind.FINDING
    target: str = ""
    position: int = 0


@noun
class ClockCheck(Fact):
    """A photograph of the clock card: what must be added to a camera's times (milliseconds)."""

    camera: str = ""
    evidence: str = ""
    shown_ms: int = 0
    camera_ms: int = 0
    offset_ms: int = 0
