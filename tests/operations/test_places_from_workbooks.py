import io

import openpyxl

from inspector.domain.places_import import Action, PlaceSort, plan_import
from inspector.operations.spreadsheets import read_tables


def test_a_workbook_with_three_sheets_becomes_a_plan():
    book = openpyxl.Workbook()
    book.active.title = "单位"
    book.active.append(["单位编码", "单位名称"])
    book.active.append(["U01", "行政审批局"])
    halls = book.create_sheet("大厅")
    halls.append(["大厅编码", "大厅名称", "级别", "单位", "办公时间"])
    halls.append(["H1", "县政务服务中心", "县级", "U01", "周一至周五 9:00-12:00 13:30-17:00"])
    windows = book.create_sheet("窗口")
    windows.append(["大厅编码", "窗口号", "楼层", "事项"])
    for number in range(1, 37):
        windows.append(["H1", number, 1 if number <= 18 else 2, "参保登记；社保卡申领"])
        windows.cell(row=number + 1, column=2).number_format = "00"
    saved = io.BytesIO()
    book.save(saved)

    plan = plan_import(read_tables(saved.getvalue()))

    assert plan.problems == ()
    assert plan.count(PlaceSort.UNIT, Action.NEW) == 1
    assert plan.count(PlaceSort.WINDOW, Action.NEW) == 36
    assert plan.places[1].fields["unit"] == "U01"
    assert plan.places[2].key == ("H1", "1")
    assert plan.places[2].fields["number"] == "01"
    assert plan.places[2].fields["matters"] == ("参保登记", "社保卡申领")


def test_a_formula_without_a_value_is_a_problem_of_its_row_and_names_the_cell():
    book = openpyxl.Workbook()
    book.active.append(["大厅编码", "大厅名称", "窗口号", "备注"])
    book.active.append(["H1", "县政务服务中心", 1, "=A2"])
    book.active.append(["H1", "", "=C2+1", ""])
    book.active.append(["=A2", "", 3, ""])
    saved = io.BytesIO()
    book.save(saved)

    plan = plan_import(read_tables(saved.getvalue()))

    assert [(each.row, each.column, each.error.fields["cell"]) for each in plan.problems] == [
        (3, "窗口号", "C3"),
        (4, "大厅编码", "A4"),
    ]
    assert {each.error.code for each in plan.problems} == {"cell_without_value"}
    assert plan.count(PlaceSort.WINDOW, Action.NEW) == 1
