"""What stands where on the page: order, keeping together, one scope for every count."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pypdfium2.raw as pdfium
import pytest

from inspector.base.i18n import translator
from inspector.base.progress import SILENT
from inspector.domain.entities import (
    ClockCheck,
    Confirmation,
    Evidence,
    Finding,
    Hall,
    Placement,
    Round,
    Sighting,
    Statement,
    Visit,
    VisitMember,
    Wait,
    Window,
)
from inspector.domain.findings import allegation_hash
from inspector.domain.record import VisitRecord
from inspector.domain.vocabulary import (
    ConfirmationMethod,
    FindingOutcome,
    Position,
    TargetKind,
    WindowState,
)
from inspector.report import page
from inspector.report.build import write_outline
from inspector.report.confirmation_sheet import SheetOptions, write_confirmation_sheet
from inspector.report.editions import current
from inspector.report.fonts import font_set
from inspector.report.outline import Cell, Column, Furniture, Heading, Outline, Table, Text
from inspector.report.page import MM
from inspector.report.results import windows as windows_chapter
from inspector.report.wording import Words
from tests.report.reading import flat, opened, page_texts, sample, written
from tests.report.sample.moments import at, seen
from tests.report.sample.photographs import DrawnPhotos
from tests.report.sample.record import sample_record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from inspector.report.outline import Block

EN = translator("en")


def small(**fields: object) -> VisitRecord:
    base = VisitRecord(visit=Visit(id="v1", hall="h1", number=1), hall=Hall(id="h1", name="大厅"))
    return replace(base, **fields)


def finding(ident: str, hour: int, official: str = "", **fields: object) -> Finding:
    values = {"id": ident, "number": 1, "text": f"text of {ident}", "official_number": official}
    return Finding(**(seen(hour, 0) | values | fields))


# -- order ---------------------------------------------------------------------------------------


def test_findings_stand_by_official_number_else_by_time() -> None:
    numbered = (finding("c", 9, "10"), finding("a", 12, "2"), finding("b", 11, "1"))
    assert [f.id for f in Words(small(findings=numbered), EN).findings] == ["b", "a", "c"]
    open_ones = (finding("late", 12), finding("early", 9), finding("unknown", 8))
    open_ones = (*open_ones[:2], replace(open_ones[2], observed_from=None))
    assert [f.id for f in Words(small(findings=open_ones), EN).findings] == [
        "early",
        "late",
        "unknown",
    ]


def test_the_summary_names_grave_findings_by_what_became_of_them() -> None:
    record = small(
        findings=(
            finding("a", 9, "1", severity=3, outcome=FindingOutcome.ESTABLISHED),
            finding("b", 10, "2", severity=4, outcome=FindingOutcome.OPEN),
            finding("c", 11, "3", severity=4, outcome=FindingOutcome.EXPLAINED),
        )
    )
    text = flat(written(record)[0])
    assert "Ofthoseestablished,1isseriousorgrave:no.1." in text
    assert "Ofthosestillopen,1isseriousorgrave:no.2." in text


# -- clauses -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("parts", "joined"),
    [
        (["排队号票与叫号时刻。", "第六条。"], "排队号票与叫号时刻；第六条。"),
        (["甲；", "", "乙"], "甲；乙"),
        (["等等……", "乙"], "等等……；乙"),
        ([], ""),
    ],
)
def test_a_full_stop_ends_only_the_last_clause(parts: list[str], joined: str) -> None:
    assert Words(small(), translator("zh")).clauses(parts) == joined


# -- one scope for every count -------------------------------------------------------------------


def looked_at() -> VisitRecord:
    """One window empty in a round, one only while watched, one by two single looks."""
    empty = WindowState.UNATTENDED
    return small(
        windows=tuple(Window(id=f"w{n}", number=f"{n:02d}", position=n) for n in (1, 2, 3, 4)),
        rounds=(Round(id="r1", number=1, **seen(9, 0)),),
        sightings=(
            Sighting(id="s1", round="r1", window="w1", state=empty, **seen(9, 1)),
            Sighting(
                id="s2", window="w2", state=empty, continuous=True, **seen(10, 0, to=at(10, 9))
            ),
            Sighting(id="s3", window="w3", state=empty, **seen(10, 30)),
            Sighting(id="s4", window="w3", state=empty, **seen(10, 40)),
            Sighting(id="s5", round="r1", window="w4", state=WindowState.SERVING, **seen(9, 2)),
        ),
    )


def test_map_heading_and_key_figure_count_the_same_windows() -> None:
    text = flat(written(looked_at())[0])
    heading = "3of4windowslookedatwereseenunattended:window01,window02,window032×"
    assert heading in text
    assert "3windowsseenunattended" in re.sub(r"\s", "", text)


def test_waits_heading_counts_only_waits_with_a_promise() -> None:
    waited = {"joined": at(9, 0), "called": at(9, 30)}
    record = small(
        waits=(
            Wait(id="q1", promised_minutes=20, **waited, **seen(9, 0, to=at(9, 30))),
            Wait(id="q2", **waited, **seen(9, 0, to=at(9, 30))),
        )
    )
    text = flat(written(record)[0])
    assert "1of1waitwithapromisedlimitpassedit;thelongesttook30minutes" in text
    assert "1of1waitoverthepromisedlimit" in text


# -- keeping together ----------------------------------------------------------------------------


def baselines(data: bytes) -> Iterator[list[tuple[str, float]]]:
    """Yield for every page its texts inside the type area, with their lower edges."""
    with opened(data) as document:
        for sheet in document:
            text = sheet.get_textpage()
            objects = sheet.get_objects([pdfium.FPDF_PAGEOBJ_TEXT], textpage=text)
            found = [(item.extract(), item.get_bounds()[1]) for item in objects]
            yield [each for each in found if page.BOTTOM - 4 < each[1] < 265 * MM]
            text.close()
            sheet.close()


def paper(*blocks: Block) -> bytes:
    out = io.BytesIO()
    outline = Outline("t", "a", "s", "k", "D:20260101000000Z", Furniture("", ""), blocks)
    write_outline(outline, font_set("en").fresh(), EN, out, SILENT)
    return out.getvalue()


@pytest.mark.parametrize("above", range(30, 37))
def test_headings_and_heads_of_tables_do_not_stand_alone(above: int) -> None:
    columns = (Column("HEAD", 1), Column("B", 2, fits=True))
    tall = Cell("\n".join(f"row line {n}" for n in range(12)))
    table = Table(columns, ((Cell("GROUP"),), (tall, Cell("x"))))
    blocks = (Text("\n".join(["filling"] * above)), Heading(1, "CHAPTER", "c"), table)
    for texts in baselines(paper(*blocks)):
        words = [text for text, _ in texts]
        for first in ("CHAPTER", "HEAD", "GROUP"):
            if first in words:
                assert "row line 11" in words, first


def test_fitting_columns_leave_their_room_to_the_others() -> None:
    long = "word " * 30
    rows = ((Cell("09:05"), Cell(long)),)
    wide = paper(Table((Column("A", 1), Column("B", 1)), rows))
    dense = paper(Table((Column("A", 1, fits=True), Column("B", 1)), rows))
    lines = [sum("word" in text for text, _ in next(baselines(data))) for data in (wide, dense)]
    assert lines[1] < lines[0]


@pytest.mark.parametrize("long", range(4, 14))
def test_captions_stay_inside_the_type_area(long: int) -> None:
    record, originals = sample_record()
    named = tuple(replace(item, caption="很长的说明，" * long) for item in record.evidence)
    data, _ = written(replace(record, evidence=named, placements=()), DrawnPhotos(originals))
    with opened(data) as document:
        for sheet in document:
            text = sheet.get_textpage()
            below = [
                item.extract()
                for item in sheet.get_objects([pdfium.FPDF_PAGEOBJ_TEXT], textpage=text)
                if item.get_bounds()[1] < page.BOTTOM - 4
            ]
            # Only the number of the page.
            assert re.fullmatch(r"[—\s\d]*", "".join(below))
            text.close()
            sheet.close()


def left_of(record: VisitRecord, note: str) -> float:
    """Return where `note` begins on the page."""
    with opened(written(record)[0]) as document:
        for sheet in document:
            text = sheet.get_textpage()
            objects = sheet.get_objects([pdfium.FPDF_PAGEOBJ_TEXT], textpage=text)
            found = [item.get_bounds()[0] for item in objects if item.extract() == note]
            text.close()
            sheet.close()
            if found:
                return found[0]
    raise AssertionError(note)


def test_the_note_of_a_wait_moves_behind_the_line_of_the_limit() -> None:
    times = seen(9, 0, to=at(9, 18))
    wait = Wait(id="q1", promised_minutes=20, joined=at(9, 0), called=at(9, 18), **times)
    longer = Wait(id="q2", joined=at(9, 0), called=at(10, 0), **seen(9, 0, to=at(10, 0)))
    free = replace(wait, promised_minutes=None)
    behind = left_of(small(waits=(wait, longer)), "18 min")
    assert behind > left_of(small(waits=(free, longer)), "18 min") + 3


# -- the sheet to be signed ----------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_six_ordinary_findings_fit_one_sheet(lang: str) -> None:
    record, _ = sample_record()
    text = (
        "05号窗口10:38至10:52无人在岗14分钟，未放去向牌，无B岗顶岗，6名群众等候，其中1人放弃办理。"
    )
    six = tuple(finding(f"f{n}", 9 + n % 3, str(n), text=text, window="w5") for n in range(1, 7))
    out = io.BytesIO()
    options = SheetOptions(findings=tuple(f.id for f in six), lang=lang, made_ms=at(12, 0))
    result = write_confirmation_sheet(replace(record, findings=six), options, out)
    assert result.pages == 1
    assert flat(out.getvalue()).count("其中1人放弃办理") == 6


# -- further photographs -------------------------------------------------------------------------


def test_further_photographs_say_where_they_belong() -> None:
    files = tuple(
        Evidence(id=f"e{n}", sha256=f"{n}" * 64, mime="image/jpeg", **seen(9, n)) for n in range(4)
    )
    record = small(
        windows=(Window(id="w1", number="01"),),
        findings=(finding("f1", 9, "1"),),
        evidence=files,
        placements=(Placement(id="p1", evidence="e0", target_kind=TargetKind.WINDOW, target="w1"),),
        confirmations=(
            Confirmation(
                id="c1", finding="f1", method=ConfirmationMethod.PIN, evidence="e1", **seen(9, 9)
            ),
        ),
        clock_checks=(ClockCheck(id="k1", evidence="e2", **seen(9, 2)),),
    )
    text = flat(written(record)[0])
    for part in (
        "Belongsto:window01",
        "Belongsto:secondperson'sconfirmationofFinding1",
        "Belongsto:clockcard",
        "Notplacedanywhere",
    ):
        assert part in text, part


# -- editions ------------------------------------------------------------------------------------


def corrected() -> VisitRecord:
    old = finding("f1", 10, "1", visit="v1", severity=3)
    new = finding("f2", 10, "1", visit="v2", severity=4, replaces="f1", text="corrected text")
    return small(
        visit=Visit(id="v2", hall="h1", number=1, supplement_of="v1", edition=2),
        findings=(old, new),
        replaced={"f1": old},
        evidence=(Evidence(id="e1", sha256="1" * 64, mime="image/jpeg", **seen(10, 1)),),
        placements=(
            Placement(id="p1", evidence="e1", target_kind=TargetKind.FINDING, target="f1"),
        ),
        statements=(
            Statement(
                id="s1", finding="f1", position=Position.AGREE, text="so it was", **seen(11, 0)
            ),
        ),
        confirmations=(
            Confirmation(id="c1", finding="f1", method=ConfirmationMethod.PIN, **seen(10, 5)),
        ),
    )  # fmt: skip


def test_what_belonged_to_a_corrected_finding_belongs_to_the_correction() -> None:
    record = current(corrected())
    assert [each.target for each in record.placements] == ["f2"]
    assert [each.finding for each in record.statements] == ["f2"]
    # Nobody confirmed the new text.
    assert [each.finding for each in record.confirmations] == ["f1"]


def test_an_edition_prints_new_values_and_old_ones_beside_them() -> None:
    text = flat(written(corrected())[0])
    assert text.count("textoff1") == 1
    assert text.count("correctedtext") >= 3
    assert "saidbeforethefindingwascorrected" in text
    assert "Evidence:E1" in text
    assert "stillmissing" in text
    assert "severityserious(level3of4)grave(level4of4)" in text
    assert "Edition2" in text


def test_a_confirmation_of_an_earlier_wording_is_marked() -> None:
    found = finding("f1", 10, "1", severity=3)
    known = Confirmation(
        id="c1",
        finding="f1",
        method=ConfirmationMethod.PIN,
        confirmed=allegation_hash(found),
        **seen(10, 5, by="p2"),
    )
    members = (VisitMember(id="m2", visit="v1", person="p2"),)
    record = small(findings=(found,), confirmations=(known,), members=members)
    mark = "(givenforwhatwassaidbefore)"
    assert mark not in flat(written(record)[0])
    changed = replace(record, findings=(replace(found, text="something else"),))
    assert mark in flat(written(changed)[0])


def test_what_a_supplement_withdraws_is_listed_with_the_reason() -> None:
    record = corrected()
    old, new = record.findings
    gone = replace(new, text=old.text, severity=3, withdrawn="seen at the wrong window")
    text = flat(written(replace(record, findings=(old, gone)))[0])
    assert "seenatthewrongwindow" in text
    assert "Withdrawnentries" in text
    assert "Corrections:oldandnew" not in text
    assert "Nofindingwasrecorded." in text


def test_a_circle_of_corrections_ends() -> None:
    one, two = finding("a", 9, replaces="b"), finding("b", 9, replaces="a")
    assert current(small(findings=(one, two))).findings == (one, two)


# -- type ---------------------------------------------------------------------------------------


def test_entries_of_one_day_name_the_day_once() -> None:
    text = flat(sample()[0])
    assert "Allofitwasenteredon20November2026." in text


def test_nothing_printed_is_smaller_than_nine_points() -> None:
    sizes: set[float] = set()
    for lang in ("zh", "en"):
        data, _ = sample(lang=lang, sealed=True)
        with opened(data) as document:
            for sheet in document:
                text = sheet.get_textpage()
                for item in sheet.get_objects([pdfium.FPDF_PAGEOBJ_TEXT], textpage=text):
                    sizes.add(round(item.get_font_size(), 2))
                text.close()
                sheet.close()
    assert min(sizes) >= page.SMALLEST


def test_the_chapter_on_windows_holds_for_a_hall_without_rounds() -> None:
    blocks = windows_chapter(Words(small(), EN))
    assert blocks
    assert len(page_texts(paper(*blocks))) == 1
