"""Checking a depot without keys: what is told, and what is left alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from inspector.base.errors import MingchaError
from inspector.base.progress import SILENT
from inspector.sync import names, scrub, sealed
from inspector.sync.depots import marker
from inspector.sync.depots.folder import FolderDepot
from inspector.sync.depots.protocol import DepotError
from inspector.sync.scrub import Problem, Scrubbed
from tests.support.exchange import sealed_as
from tests.support.faulty_depot import Fault, FaultyDepot
from tests.support.records import LOG, SPACE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from inspector.base.ids import Entropy

SEGMENT = sealed_as("segment", b"operations")
PART = sealed_as("part", b"a photograph")
HEAD = names.head(SPACE, LOG, 1)
ENVELOPE = names.envelope(SPACE, "age1reader", "epoch-1")
OBJECTS = {
    names.segment(SPACE, LOG, names.hash_of(SEGMENT)): SEGMENT,
    names.part(SPACE, names.hash_of(PART)): PART,
    HEAD: sealed_as("head", b"head"),
    ENVELOPE: b"age-encryption.org/v1\n...",
}
[SEGMENT_NAME, PART_NAME, *_] = OBJECTS


@pytest.fixture
def depot(tmp_path: Path, entropy: Entropy) -> FolderDepot:
    made = FolderDepot(tmp_path, entropy)
    marker.init(made, entropy)
    for name, data in OBJECTS.items():
        made.write(name, data)
    return made


def scrubbed(depot: FolderDepot, chosen: Callable[[str], bool] = scrub.everything) -> Scrubbed:
    done = Scrubbed()
    for _ in scrub.scrub(depot, chosen, SILENT, done):
        pass
    return done


def test_a_sound_depot_is_sound(depot: FolderDepot):
    found = scrubbed(depot)
    assert (found.objects, found.checked, found.problems) == (5, 4, [])
    assert found.bytes == sum(map(len, OBJECTS.values()))
    assert found.depot == marker.read(depot).depot


def test_every_bit_of_every_object_counts(depot: FolderDepot):
    """But those of heads and envelopes, which only their readers can tell."""
    for name in (SEGMENT_NAME, PART_NAME):
        faulty = FaultyDepot(depot, seed=len(name))
        assert faulty.rot(name)
        assert scrubbed(depot).problems == [Problem("name", name)]
        depot.write(name, OBJECTS[name])


@pytest.mark.parametrize("name", OBJECTS)
@pytest.mark.parametrize("kept", [0, 5])
def test_torn_and_empty_objects_are_told(depot: FolderDepot, name: str, kept: int):
    depot.write(name, OBJECTS[name][:kept])
    [problem] = scrubbed(depot).problems
    assert problem.where == name


def test_what_lies_where_it_does_not_belong_is_told(depot: FolderDepot):
    wrong = {
        names.index(SPACE, names.hash_of(SEGMENT)): (SEGMENT, "kind"),
        names.segment("elsewhere", LOG, names.hash_of(SEGMENT)): (SEGMENT, "space"),
        names.head(SPACE, LOG, 2): (SEGMENT, "kind"),
        names.envelope(SPACE, "age1other", "epoch-1"): (
            bytes(scrub._MOST_ENVELOPE + 1),
            "too_large",
        ),
    }
    for name, (data, _code) in wrong.items():
        depot.write(name, data)
    told = {(problem.where, problem.code) for problem in scrubbed(depot).problems}
    assert told == {(name, code) for name, (_data, code) in wrong.items()}


def test_what_is_newer_or_of_others_is_counted_and_left_alone(depot: FolderDepot):
    newer = SEGMENT.replace(sealed.MAGIC, b"MCOBJ9\n")
    for name, data in (
        (names.segment(SPACE, LOG, names.hash_of(newer)), newer),
        ("sp/thumbnails/x", b"?"),
        ("holiday.jpg", b"?"),
    ):
        depot.write(name, data)
    found = scrubbed(depot)
    assert (found.unknown, found.problems) == (3, [])


def test_in_a_hundred_days_every_object_has_its_turn(depot: FolderDepot):
    parts = {}
    for each in range(300):
        data = each.to_bytes(2)
        parts[names.part(SPACE, names.hash_of(data))] = 0
    for day in range(scrub.DAYS):
        chosen = scrub.of_day(day * scrub.DAY_MS + 5)
        assert chosen(HEAD)
        assert chosen(ENVELOPE)
        for name in parts:
            parts[name] += chosen(name)
    assert set(parts.values()) == {1}
    assert scrubbed(depot, scrub.of_day(0)).checked >= 2


def test_what_is_no_depot_is_not_checked(depot: FolderDepot):
    depot.remove(names.MARKER)
    with pytest.raises(MingchaError, match="depot_unmarked"):
        scrubbed(depot)


def test_a_stick_that_is_pulled_ends_the_check_instead_of_damaging_everything(depot: FolderDepot):
    faulty, done = FaultyDepot(depot), Scrubbed()
    steps = scrub.scrub(faulty, scrub.everything, SILENT, done)
    next(steps)
    faulty.next_fault(Fault.AWAY)
    with pytest.raises(DepotError):
        list(steps)
    assert done.problems == []
