"""What was seen while the place was closed is printed, but counted as no absence."""

from __future__ import annotations

from dataclasses import replace

from tests.report.reading import flat
from tests.report.test_arrangement import looked_at, written


def test_what_was_seen_outside_the_hours_is_counted_as_no_absence() -> None:
    record = looked_at()
    mornings = {"week": {str(day): ["09:00-10:35"] for day in range(1, 8)}}
    record = replace(record, hall=replace(record.hall, hours=mornings))
    text = flat(written(record)[0])
    assert "3of4windowslookedatwereseenunattended:window01,window02,window03" in text
    assert "window032×" not in text
    closed = {"week": {str(day): [] for day in range(1, 8)}}
    text = flat(written(replace(record, hall=replace(record.hall, hours=closed)))[0])
    assert "Noneofthe4windowslookedatwasseenunattendedintheopeninghours" in text
    assert "0windowsseenunattended" in text
