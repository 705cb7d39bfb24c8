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


def with_sheet(data, change):
    """Return the workbook with the XML of its first sheet changed."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, change(content) if name.endswith("/sheet1.xml") else content)
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
    (row,) = table.rows
    assert table.sheet == "窗口"
    assert list(row.cells.values()) == ["05", "2026-03-01", "09:05", "", "2"]
    assert row.unvalued == {"公式": "D2"}
    assert row.text("数") == "2"
    with pytest.raises(MingchaError) as caught:
        row.text("公式")
    assert caught.value.code == "cell_without_value"
    assert caught.value.fields == {"cell": "D2"}


@pytest.mark.parametrize(
    ("computed", "shown"),
    [
        (b'<c r="A2"><f>1+1</f><v>2</v>', "2"),
        (b'<c r="A2" t="str"><f>1+1</f><v>x</v>', "x"),
        (b'<c r="A2" t="str"><f>1+1</f><v></v>', ""),
    ],
)
def test_a_formula_is_read_by_the_value_that_was_computed(computed, shown):
    bare = b'<c r="A2"><f>1+1</f><v />'
    source = saved(workbook(["a", "b"], ["=1+1", "c"]))
    (table,) = read_tables(with_sheet(source, lambda xml: xml.replace(bare, computed)))
    assert table.rows[0].text("a") == shown


def test_rows_and_headers_of_formulas_without_a_value_are_not_lost():
    (table,) = read_tables(saved(workbook(["a"], [1], ["=A2+1"])))
    assert [row.number for row in table.rows] == [2, 3]
    assert code_of(saved(workbook(["a", '="b"'], [1, 2]))) == "cell_without_value"


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


def test_rows_of_nothing_are_gone_through_without_looking_at_each_cell(
    monkeypatch: pytest.MonkeyPatch,
):
    book = workbook(["a", "b"], [1, None], [None, "x"])
    book.active.cell(row=40_000, column=2, value="far")
    looked = []
    real = spreadsheets._cell_text
    monkeypatch.setattr(spreadsheets, "_cell_text", lambda *cells: looked.append(1) or real(*cells))
    [table] = read_tables(saved(book))
    assert [(row.number, row.cells) for row in table.rows] == [
        (2, {"a": "1"}),
        (3, {"a": "", "b": "x"}),
        (40_000, {"a": "", "b": "far"}),
    ]
    assert len(looked) < 20


def test_xml_entities_are_refused():
    entity = b'<!DOCTYPE x [<!ENTITY e "boom">]>'
    data = with_sheet(saved(workbook(["a"], [1])), lambda xml: entity + xml)
    assert code_of(data) == "table_unreadable"


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
