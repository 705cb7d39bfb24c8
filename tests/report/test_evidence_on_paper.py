"""What papers say of stored files, and of the places where something was seen."""

from __future__ import annotations

from inspector.base.i18n import translator
from inspector.domain.entities import Evidence, Round, Window
from inspector.domain.vocabulary import TimeSource
from inspector.report.closing import evidence as evidence_chapter
from inspector.report.outline import Table, WindowMap
from inspector.report.results import windows as windows_chapter
from inspector.report.wording import Words
from tests.report.reading import flat, written
from tests.report.sample.moments import seen
from tests.report.test_arrangement import small


def test_a_file_without_a_time_rests_on_nothing() -> None:
    timeless = seen(9, 1) | {"observed_from": None, "time_source": TimeSource.PHOTOGRAPH}
    files = (
        Evidence(id="e1", sha256="1" * 64, mime="audio/amr", **timeless),
        Evidence(id="e2", sha256="2" * 64, mime="image/jpeg", **timeless),
    )
    table = evidence_chapter(Words(small(evidence=files), translator("zh")))[0]
    assert isinstance(table, Table)
    assert all("照片" not in row[2].text and "时间不明" in row[2].text for row in table.rows)


def test_a_damaged_picture_is_called_so_wherever_it_is_printed() -> None:
    told = []
    for metadata in ({"damaged": 1}, {}):
        item = Evidence(
            id="e1", sha256="1" * 64, mime="image/jpeg", metadata=metadata, **seen(9, 1)
        )
        told.append(flat(written(small(evidence=(item,)), lang="en")[0]).count("damagedfile"))
    assert told == [2, 0]


def test_floors_that_are_numbers_are_called_floors_above_the_map() -> None:
    hall = (Window(id="w1", number="01", floor="1"), Window(id="w2", number="02", floor="大堂"))
    record = small(windows=hall, rounds=(Round(id="r1", number=1, **seen(9, 0)),))
    (plan, *_) = windows_chapter(Words(record, translator("zh")))
    assert isinstance(plan, WindowMap)
    assert [block.label for block in plan.blocks] == ["1 层", "大堂"]
