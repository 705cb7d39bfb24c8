import csv
import hashlib
import io

import openpyxl
import pytest

from inspector.base.errors import MingchaError
from inspector.base.paths import resource
from inspector.domain.answer_text import limit_text
from inspector.domain.answers import rule_of
from inspector.domain.catalogue_rows import COLUMNS
from inspector.domain.catalogues import printable_source
from inspector.domain.vocabulary import AnswerType, CatalogueKind, LimitSource
from inspector.operations import catalogues

HALL = catalogues.checklist()
ITEMS = {item.code: item for item in HALL.items}
HEADER = "code,section_code,item_zh,answer_type,pass_rule"


@pytest.mark.parametrize(
    ("kind", "count"),
    [
        (CatalogueKind.CHECKLIST, 144),
        (CatalogueKind.SITUATIONS, 71),
        (CatalogueKind.MEASURES, 42),
        (CatalogueKind.CHANNELS, 23),
        (CatalogueKind.GLOSSARY, 168),
    ],
)
def test_what_ships_is_complete_and_stands_in_its_canonical_bytes(kind, count):
    loaded = catalogues.shipped(kind)
    assert len(loaded.entries) == count
    stored = resource("catalogues", f"{kind.value}.csv").read_bytes()
    assert loaded.data == stored
    assert loaded.sha256 == hashlib.sha256(stored).hexdigest()


def test_the_checklist_has_its_sections_and_names():
    assert HALL.reference == catalogues.DEFAULT_CHECKLIST
    assert len({item.section for item in HALL.items}) == 20
    assert all(item.zh and item.en and item.source for item in HALL.items)
    assert catalogues.checklist("hall@2026.1") is catalogues.checklist("hall@2026.1")


def test_every_rule_is_exact_and_every_hint_exists():
    situations = catalogues.situations()
    for item in HALL.items:
        assert rule_of(item).subject
        assert item.situation_hint in situations or item.situation_hint == ""


def test_two_quantities_are_pairs():
    pairs = {item.code for item in HALL.items if item.answer_type is AnswerType.PAIR}
    assert pairs == {
        *("S07-02", "S07-07", "S08-06", "S09-04", "S11-06", "S12-01"),
        *("S13-01", "S18-04", "S19-05", "S20-01", "S20-04"),
    }
    for code in pairs:
        assert ITEMS[code].numerator_en
        assert ITEMS[code].denominator_en


def test_our_own_limits_say_so():
    suggested = {item.code for item in HALL.items if item.limit_source is LimitSource.SUGGESTED}
    assert suggested >= {item.code for item in HALL.items if "建议" in item.note}
    for code in suggested:
        assert "建议值" in limit_text(ITEMS[code], "zh")
    assert "当地规定为准" in limit_text(ITEMS["S02-05"], "zh")


def test_no_unread_clause_is_printed():
    for item in HALL.items:
        if item.confidence != "A":
            assert "条" not in printable_source(item).replace("条例", "").replace("条件", "")
            assert not printable_source(item).endswith("章")


def test_situations_form_trees():
    situations = catalogues.situations()
    assert {entry.code for entry in situations.values() if not entry.parent} == {
        *("DT", "FZ", "CZ", "KM", "RC")
    }


def test_unknown_names_are_refused():
    for wrong in ("hall@1999.1", "nothing"):
        with pytest.raises(MingchaError) as caught:
            catalogues.checklist(wrong)
        assert caught.value.code == "catalogue_not_found"
    with pytest.raises(MingchaError):
        catalogues.shipped(CatalogueKind.CHECKLIST, "office")


def test_an_offices_list_is_the_same_whichever_program_saved_it():
    shipped = catalogues.shipped(CatalogueKind.CHECKLIST)
    text = shipped.data.decode("utf-8")
    book = openpyxl.Workbook()
    for row in csv.reader(io.StringIO(text)):
        book.active.append(row)
    saved = io.BytesIO()
    book.save(saved)
    variants = (
        b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode("utf-8"),
        text.encode("gb18030"),
        saved.getvalue(),
    )
    for data in variants:
        loaded = catalogues.parse_local(CatalogueKind.CHECKLIST, data)
        assert loaded.sha256 == shipped.sha256
        assert loaded.entries == shipped.entries


def test_a_short_list_of_an_office_is_enough():
    data = f"{HEADER},own\nA-1,A,窗口是否有人,yes_no_na,yes,x\n\nA-2,A,等候,minutes,value <= 20,\n"
    loaded = catalogues.parse_local(CatalogueKind.CHECKLIST, data.encode())
    assert [item.applies_to for item in loaded.entries] == ["HTV", "HTV"]
    assert loaded.data.decode().splitlines()[0].split(",") == list(COLUMNS[CatalogueKind.CHECKLIST])
    assert len(loaded.data.decode().splitlines()) == 3


@pytest.mark.parametrize(
    ("rows", "code", "row", "column"),
    [
        ("", "catalogue_column_missing", None, "code"),
        (
            "A-1,A,项,yes_no_na,yes\n\nA-2,A,,count,value = 0",
            "catalogue_value_missing",
            4,
            "item_zh",
        ),
        ("A-1,A,项,tick,yes", "catalogue_value_unknown", 2, "answer_type"),
        ("A-1,A,项,minutes,<=15或当地规定", "catalogue_rule_unreadable", 2, "pass_rule"),
        ("A-1,A,项,yes_no_na,yes\nA-1,A,项,count,value = 0", "catalogue_code_twice", 3, "code"),
        ("A-1,A,项,pair,n = 0", "catalogue_value_missing", 2, "numerator_zh"),
        ("A-1,A,项,choice,record", "catalogue_value_missing", 2, "choices"),
    ],
)
def test_a_bad_row_is_named(rows, code, row, column):
    with pytest.raises(MingchaError) as caught:
        catalogues.parse_local(CatalogueKind.CHECKLIST, f"{HEADER}\n{rows}\n".encode())
    assert caught.value.code == code
    assert caught.value.fields.get("row") == row
    assert caught.value.fields["column"] == column


def test_a_situation_needs_its_parent():
    data = "code,zh,parent_code\nA,甲,\nA-1,乙,B\n".encode()
    with pytest.raises(MingchaError) as caught:
        catalogues.parse_local(CatalogueKind.SITUATIONS, data)
    assert (caught.value.fields["row"], caught.value.fields["value"]) == (3, "B")


def test_a_changed_shipped_file_is_noticed():
    kind = CatalogueKind.SITUATIONS
    shipped = catalogues.shipped(kind)
    changed = catalogues.parse_local(kind, shipped.data.replace("大同".encode(), "小同".encode()))
    with pytest.raises(MingchaError) as caught:
        catalogues.released(changed, shipped.sha256, "situations.csv")
    assert caught.value.code == "catalogue_damaged"
    assert catalogues.released(shipped, shipped.sha256, "situations.csv") is shipped
