"""Where photographs belong: what is suggested, taken out again, set aside; and their story."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from inspector.base.clock import to_ms
from inspector.base.errors import MingchaError
from inspector.base.i18n import translator
from inspector.domain.entities import Evidence, Finding, Placement
from inspector.domain.placing import NEAR_MS
from inspector.domain.vocabulary import AuditKind, TargetKind, WindowState
from inspector.operations.album import State, album, renewed
from inspector.operations.clock_card import clock_now, shown_time
from inspector.operations.clock_square import card_square
from inspector.operations.custody import details, note_difference, note_looking
from inspector.operations.evidence import (
    Taking,
    add_photos,
    caption,
    check_clock,
    evidence_of_visit,
    place,
)
from inspector.operations.findings import add_finding
from inspector.operations.observing import sight
from inspector.operations.pictures import pictures_of
from inspector.operations.placing import (
    place_name,
    place_text,
    set_aside,
    suggested_for,
    take_back,
    targets,
    unplace,
)
from inspector.operations.recording import find_window, get
from inspector.operations.records import load_record
from inspector.operations.undo import undo_last
from tests.support.fixed import START
from tests.support.jpegs import write_jpeg

if TYPE_CHECKING:
    from pathlib import Path

    from inspector.domain.changes import Changes
    from tests.operations.conftest import Field

EN = translator("en")


def add(field: Field, folder: Path, *times: str) -> list[str]:
    """Bring in photographs taken at times of the day (HH:MM:SS, "" without), as ids."""
    files = [
        write_jpeg(
            folder / f"IMG_{n}.jpg", taken=f"2026:03:04 {time}" if time else "", tint=n, size=(8, 8)
        )
        for n, time in enumerate(times)
    ]
    added = add_photos(field.session, field.visit, files, Taking(field.seen()))
    return [each.evidence for each in added]


def alleged(field: Field, at: str, to: str = "") -> Finding:
    return add_finding(
        field.session,
        Finding(id="", visit=field.visit, text="空岗", severity=2),
        field.seen(at, to),
    )


def ten(minute: int, second: int = 0) -> int:
    return to_ms(START.replace(hour=10, minute=minute, second=second))


def test_what_was_seen_about_the_same_time_is_suggested_and_findings_come_first(
    field: Field, tmp_path: Path
) -> None:
    found = alleged(field, "10:10", "10:14")
    far = alleged(field, "10:30")
    window = find_window(field.session, field.hall, "05")
    sight(field.session, field.visit, window, WindowState.UNATTENDED, field.seen("10:16"))
    [photo] = add(field, tmp_path, "10:16:00")
    record = load_record(field.session, field.visit)

    suggested = suggested_for(record, get(field.session, Evidence, photo).observed_from)

    assert [(each.target.id, each.apart) for each in suggested] == [
        (found.id, 120_000),
        (window.id, 0),
    ]
    assert [each.reason(EN) for each in suggested] == [
        "taken 2 min after it",
        "taken at the same time",
    ]
    assert suggested_for(record, ten(12))[0].apart == 0  # within the interval
    edge = ten(30) - NEAR_MS
    assert far.id in {each.target.id for each in suggested_for(record, edge)}
    assert far.id not in {each.target.id for each in suggested_for(record, edge - 1)}
    assert suggested_for(record, None) == ()


def test_the_offset_of_the_clock_decides_what_is_suggested(field: Field, tmp_path: Path) -> None:
    found = alleged(field, "10:30")
    card, photo = add(field, tmp_path, "10:00:00", "10:01:00")
    typed = shown_time(get(field.session, Evidence, card), "10:29:00", 480)
    assert (typed.ms, typed.offset) == (ten(29), 29 * 60_000)
    check_clock(field.session, card, typed.ms, field.seen("10:29"))
    record = load_record(field.session, field.visit)
    at = get(field.session, Evidence, photo).observed_from
    assert [each.target.id for each in suggested_for(record, at)] == [found.id]
    told = details(field.session, photo)
    assert told.clock_checked
    assert [each.kind for each in told.happened] == ["brought", "clocked"]


def test_a_time_on_the_card_means_the_nearest_day(field: Field, tmp_path: Path) -> None:
    [card] = add(field, tmp_path, "23:59:50")
    shown = shown_time(get(field.session, Evidence, card), "0:00:10", 480)
    assert shown.offset == 20_000
    with pytest.raises(MingchaError, match="time_unreadable"):
        shown_time(get(field.session, Evidence, card), "25:00", 480)


def test_the_square_code_says_the_moment(field: Field) -> None:
    reading = clock_now(field.session)
    square = card_square(reading.ms, reading.zone)
    assert {len(each) for each in square} == {len(square)}
    assert square != card_square(reading.ms + 1000, reading.zone)


def test_targets_name_what_they_are(field: Field) -> None:
    found = alleged(field, "10:10")
    record = load_record(field.session, field.visit)
    first = targets(record)[0]
    assert (first.kind, first.id) == (TargetKind.FINDING, found.id)
    assert place_text(record, first.kind, first.id, EN) == "空岗"
    window = find_window(field.session, field.hall, "05")
    assert "05" in place_name(record, TargetKind.WINDOW, window.id, EN)


def test_what_is_taken_out_has_no_place_and_can_be_placed_again(
    field: Field, tmp_path: Path
) -> None:
    found = alleged(field, "10:10")
    [photo] = add(field, tmp_path, "10:10:00")
    place(field.session, photo, TargetKind.FINDING, found.id)
    [item] = album(field.session, field.visit).items
    assert (item.state, item.places[0].target) == (State.PLACED, found.id)
    unplace(field.session, item.places[0].id)
    assert album(field.session, field.visit).items[0].state is State.UNPLACED
    place(field.session, photo, TargetKind.FINDING, found.id)
    assert album(field.session, field.visit).items[0].places == item.places


def test_what_is_not_used_keeps_its_bytes_and_does_not_come_in_anew(
    field: Field, tmp_path: Path
) -> None:
    found = alleged(field, "10:10")
    one, two = add(field, tmp_path, "10:10:00", "10:11:00")
    place(field.session, one, TargetKind.FINDING, found.id)
    set_aside(field.session, field.visit, [one])

    shown = album(field.session, field.visit)
    assert [(each.id, each.state) for each in shown.items] == [
        (two, State.UNPLACED),
        (one, State.SET_ASIDE),
    ]
    assert field.session.blobs.verify(shown.items[1].sha256) == "ok"
    assert [each.id for each in evidence_of_visit(field.session, field.visit)] == [two]
    again = add_photos(field.session, field.visit, [tmp_path], Taking(field.seen()))
    assert {each.taken.status for each in again} == {"duplicate"}

    take_back(field.session, one)
    assert album(field.session, field.visit).count(State.UNPLACED) == 2
    undo_last(field.session, field.visit)
    assert album(field.session, field.visit).count(State.SET_ASIDE) == 1


def test_setting_aside_is_taken_back_with_the_place(field: Field, tmp_path: Path) -> None:
    found = alleged(field, "10:10")
    [photo] = add(field, tmp_path, "10:10:00")
    place(field.session, photo, TargetKind.FINDING, found.id)
    set_aside(field.session, field.visit, [photo])
    undo_last(field.session, field.visit)
    [item] = album(field.session, field.visit).items
    assert (item.state, len(item.places)) == (State.PLACED, 1)


def test_a_clock_card_cannot_be_set_aside(field: Field, tmp_path: Path) -> None:
    [card] = add(field, tmp_path, "10:00:00")
    check_clock(field.session, card, ten(1), field.seen("10:01"))
    with pytest.raises(MingchaError, match="evidence_needed"):
        set_aside(field.session, field.visit, [card])
    [item] = album(field.session, field.visit).items
    assert (item.state, item.used_for) == (State.PLACED, ("clock_check",))


def test_the_order_is_unplaced_by_time_then_placed(field: Field, tmp_path: Path) -> None:
    found = alleged(field, "10:10")
    late, early, timeless, placed = add(field, tmp_path, "10:12:00", "10:11:00", "", "10:01:00")
    place(field.session, placed, TargetKind.FINDING, found.id)
    shown = album(field.session, field.visit)
    assert [each.id for each in shown.items] == [early, late, timeless, placed]


def test_the_story_tells_who_did_what_in_order(field: Field, tmp_path: Path) -> None:
    found = alleged(field, "10:10")
    photo, other = add(field, tmp_path, "10:10:00", "10:11:00")
    place(field.session, photo, TargetKind.FINDING, found.id)
    undo_last(field.session, field.visit)
    place(field.session, photo, TargetKind.FINDING, found.id)
    [placed] = field.session.store.select(Placement, "evidence = ?", photo)
    unplace(field.session, placed.id)
    caption(field.session, photo, "05 号窗口")
    set_aside(field.session, field.visit, [photo])
    take_back(field.session, photo)
    note_looking(field.session, photo)
    note_difference(field.session, photo)

    told = details(field.session, photo)

    assert [each.kind for each in told.happened] == [
        *("brought", "placed", "undone", "placed", "removed", "captioned", "not_used"),
        *("used_again", AuditKind.OPEN_ORIGINAL, AuditKind.FILE_DIFFERS),
    ]
    record = load_record(field.session, field.visit)
    words = [each.text(record, EN) for each in told.happened]
    assert words[0].startswith("Brought in: ")
    assert "Finding" in words[1]
    assert {each.by for each in told.happened} == {told.observer}
    assert [each.kind for each in details(field.session, other).happened] == ["brought"]


def test_an_original_is_hashed_again_apart_from_the_store(field: Field, tmp_path: Path) -> None:
    [photo] = add(field, tmp_path, "10:10:00")
    sha256 = get(field.session, Evidence, photo).sha256
    pictures = pictures_of(field.session)
    assert pictures.condition(sha256) == "ok"
    [blob] = [each for each in field.session.store.workspace.root.rglob(f"*{sha256[4:]}*")
              if each.is_file() and "cache" not in each.parts]  # fmt: skip
    blob.chmod(0o600)
    blob.write_bytes(b"something else")
    assert pictures.condition(sha256) == "damaged"
    assert pictures.condition("0" * 64) == "missing"


def test_an_album_brought_up_to_date_is_what_reading_it_anew_gives(
    field: Field, tmp_path: Path
) -> None:
    made = add(field, tmp_path, "10:10:00", "", "10:12:00", "")
    old = album(field.session, field.visit)
    target = alleged(field, "10:10").id
    steps = (
        lambda: place(field.session, made[2], TargetKind.FINDING, target),
        lambda: set_aside(field.session, field.visit, [made[0]]),
        lambda: place(field.session, made[3], TargetKind.FINDING, target),
        lambda: undo_last(field.session, field.visit),
        lambda: take_back(field.session, made[0]),
        lambda: caption(field.session, made[1], "空岗"),
    )
    heard: list[Changes] = []
    field.session.store.listener = heard.append
    for step in steps:
        heard.clear()
        step()
        touched = frozenset().union(*(each.touched for each in heard))
        new = renewed(field.session, old, touched)
        assert new == album(field.session, field.visit)
        before = {id(each) for each in old.items}
        assert sum(id(each) not in before for each in new.items) == 1
        old = new
