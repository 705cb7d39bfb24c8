import io
import zipfile
from datetime import date, time

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector.base.errors import MingchaError
from inspector.operations import spreadsheets
from inspector.operations.spreadsheets import neutral_cell, plain_cell, read_tables


def workbook(*rows):
    book = openpyxl.Workbook()
    book.active.title = "窗口"
    for row in rows:
        book.active.append(row)
    return book


def saved(book):
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def code_of(data):
    with pytest.raises(MingchaError) as caught:
        read_tables(data)
    return caught.value.code


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_in_the_encodings_of_office_programs(encoding, delimiter):
    text = f"大厅编码{delimiter}名称\r\nH1{delimiter}“𠮷”大厅\r\n"
    (table,) = read_tables(text.encode(encoding))
    assert table.header == ("大厅编码", "名称")
    assert dict(table.rows[0].cells) == {"大厅编码": "H1", "名称": "“𠮷”大厅"}


def test_rows_keep_the_numbers_people_see():
    (table,) = read_tables(b"a,b\n1,2\n\n,\n3,4\n")
    assert [row.number for row in table.rows] == [2, 5]


def test_a_workbook_is_read_as_people_see_it():
    book = workbook(
        ["窗口号", "日期", "时间", "公式", "数"], [5, date(2026, 3, 1), time(9, 5), "=1+1", 2.0]
    )
    book.active["A2"].number_format = "00"
    book.create_sheet("空")
    (table,) = read_tables(saved(book))
    assert table.sheet == "窗口"
    assert list(table.rows[0].cells.values()) == ["05", "2026-03-01", "09:05", "", "2"]


def test_control_characters_become_visible():
    (table,) = read_tables(b"a\nx\x07y\n")
    assert table.rows[0].cells["a"] == "x␇y"


def test_what_is_not_a_table_is_refused():
    assert code_of(b"") == "table_empty"
    assert code_of(b" , \n") == "table_empty"
    assert code_of(b"\xd0\xcf\x11\xe0\xa1\xb1") == "table_legacy"
    assert code_of(b"a,b\n\xff\xff\xff\x00") == "table_encoding"
    assert code_of(b"PK\x03\x04 not really") == "table_unreadable"
    assert code_of(b"a\n" + b'"' + b"x" * 200_000) == "table_unreadable"


def test_a_damaged_workbook_is_refused_and_never_crashes():
    data = saved(workbook(["a", "b"], [1, 2]))
    for at in range(0, len(data), 97):
        try:
            read_tables(data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :])
        except MingchaError as error:
            assert error.code.startswith("table_")  # noqa: PT017


def test_too_much_is_refused_before_it_is_read():
    assert code_of(b"x" * (spreadsheets.MAX_BYTES + 1)) == "table_too_large"
    assert code_of(b"a\n" + b"1\n" * (spreadsheets.MAX_ROWS + 1)) == "table_too_many_rows"
    wide = ",".join("c" * (spreadsheets.MAX_COLUMNS + 1))
    assert code_of(wide.encode()) == "table_too_many_columns"


def test_a_workbook_that_unpacks_to_too_much_is_refused():
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(5):
            archive.writestr(f"xl/worksheets/sheet{number}.xml", bytes(50 * 2**20))
    assert len(target.getvalue()) < 2**20
    assert code_of(target.getvalue()) == "table_too_large"


def test_a_far_away_row_does_not_cost_a_million_rows():
    book = workbook(["a"], [1])
    book.active.cell(row=1_048_576, column=1, value="far")
    assert code_of(saved(book)) == "table_too_many_rows"


def test_xml_entities_are_refused():
    source = saved(workbook(["a"], [1]))
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(source)) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                content = b'<!DOCTYPE x [<!ENTITY e "boom">]>' + content
            new.writestr(name, content)
    assert code_of(target.getvalue()) == "table_unreadable"


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠x", "  =1"],
)
def test_formulas_are_neutralised(text):
    assert neutral_cell(text) == "'" + text


@given(st.text(max_size=30))
def test_a_neutral_cell_keeps_its_text_and_starts_no_formula(text):
    cell = neutral_cell(text)
    assert cell in (text, "'" + text)
    assert cell.lstrip()[:1] not in tuple("=+-@＝＋－＠")


def test_plain_text_stays():
    assert neutral_cell("空岗 14 分钟") == "空岗 14 分钟"
    assert neutral_cell("") == ""


@given(st.text("'=-+ a\t中", max_size=8))
def test_a_guarded_cell_reads_as_it_was(text):
    guarded = neutral_cell(text)
    assert plain_cell(guarded) == text
    assert guarded[:1] not in set("=-+\t")
