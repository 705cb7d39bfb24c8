import pytest

from inspector.base.i18n import translator
from inspector.domain.entities import Hall, Unit, Window
from inspector.domain.hours_text import parse_text
from inspector.domain.places_import import Action, PlaceSort, plan_import
from inspector.domain.schedules import to_json
from inspector.domain.tables import Table, TableRow
from inspector.domain.vocabulary import HallLevel

UNIT = Unit(id="u-id", code="U01", name="行政审批局")
HALL = Hall(id="h-id", code="H1", name="县政务服务中心", level=HallLevel.COUNTY, unit="u-id")
W5 = Window(id="w5-id", hall="h-id", number="05", label="社保", matters=("参保登记",))
W6 = Window(id="w6-id", hall="h-id", number="06", covered_by="w5-id")


def table(header, *rows, sheet=""):
    names = tuple(header.split(","))
    body = tuple(
        TableRow(number, dict(zip(names, row.split(","), strict=True)))
        for number, row in enumerate(rows, start=2)
    )
    return Table(sheet, names, body)


def plan(*tables, recorded=True):
    known = {"units": (UNIT,), "halls": (HALL,), "windows": (W5, W6)} if recorded else {}
    return plan_import(tables, **known)


def places(planned):
    return [(each.sort.value, each.action.value, each.key, each.fields) for each in planned.places]


def problems(planned):
    return [(each.row, each.column, each.error.code) for each in planned.problems]


def flat_plan():
    return plan(
        table(
            "大厅编码,大厅名称,级别,单位,地址,窗口号,窗口名称,楼层,区域,事项,顶岗窗口",
            "H1,县政务服务中心,县级,行政审批局,人民路1号,05,社保,2,B,参保登记；社保卡,",
            "H1,县政务服务中心,县级,行政审批局,人民路1号,06,医保,2,B,,05",
        ),
        recorded=False,
    )


def test_one_flat_table_makes_a_unit_and_its_hall():
    planned = flat_plan()
    assert problems(planned) == []
    hall = {
        "code": "H1",
        "name": "县政务服务中心",
        "level": HallLevel.COUNTY,
        "address": "人民路1号",
        "unit": "行政审批局",
    }
    assert places(planned)[:2] == [
        ("unit", "new", ("行政审批局",), {"name": "行政审批局"}),
        ("hall", "new", ("H1",), hall),
    ]


def test_one_flat_table_makes_its_windows():
    common = {"floor": "2", "zone": "B", "hall": "H1"}
    first = {"number": "05", "label": "社保", "matters": ("参保登记", "社保卡"), "position": 1}
    second = {"number": "06", "label": "医保", "covered_by": "05", "position": 2}
    assert places(flat_plan())[2:] == [
        ("window", "new", ("H1", "5"), first | common),
        ("window", "new", ("H1", "6"), second | common),
    ]


def test_importing_the_same_again_changes_nothing():
    halls = table("hall_code,name,level,unit", "H1,县政务服务中心,H,行政审批局", sheet="halls")
    windows = table("hall_code,window,covered_by", "H1,05,", "H1,06,05", sheet="windows")
    planned = plan(halls, windows)
    assert {each.action for each in planned.places} == {Action.UNCHANGED}
    assert all(each.existing and each.fields == {} for each in planned.places)
    assert planned.count(PlaceSort.WINDOW, Action.UNCHANGED) == 2


def test_only_what_differs_is_changed_and_empty_cells_leave_things_alone():
    planned = plan(table("大厅编码,名称,地址,窗口号,窗口名称", "H1,,新街2号,05,医保", "H1,,,06,"))
    assert places(planned)[0] == ("hall", "changed", ("H1",), {"address": "新街2号"})
    assert places(planned)[1] == ("window", "changed", ("H1", "5"), {"label": "医保"})
    assert places(planned)[2] == ("window", "unchanged", ("H1", "6"), {})


@pytest.mark.parametrize("word", ["U01", "行政审批局"])
def test_a_unit_is_meant_by_code_or_name(word):
    planned = plan(table("大厅编码,单位", f"H1,{word}"))
    assert places(planned) == [
        ("unit", "unchanged", ("U01",), {}),
        ("hall", "unchanged", ("H1",), {}),
    ]


def test_a_unit_named_in_one_sheet_and_coded_in_another_is_one_unit():
    halls = table("大厅编码,大厅名称,单位", "T1,清河镇中心,清河镇", sheet="大厅")
    units = table("单位编码,名称,上级单位", "U02,清河镇,U01", sheet="单位")
    planned = plan(halls, units)
    assert problems(planned) == []
    assert places(planned) == [
        ("unit", "new", ("U02",), {"code": "U02", "name": "清河镇", "parent": "U01"}),
        ("hall", "new", ("T1",), {"code": "T1", "name": "清河镇中心", "unit": "U02"}),
    ]


def test_parents_come_before_their_children():
    units = table("单位编码,单位名称,上级单位", "C,村,B", "B,镇,A", "A,县,")
    assert [each.key for each in plan(units, recorded=False).places] == [("A",), ("B",), ("C",)]


def test_hours_are_read_into_their_recorded_form():
    text = "周一至周五 9:00-12:00 13:30-17:00"
    planned = plan(table("大厅编码,办公时间", f"H1,{text}"))
    assert places(planned)[0][3] == {"hours": to_json(parse_text(text))}


def test_all_problems_are_collected_with_their_place():
    bad = table(
        "大厅编码,大厅名称,级别,窗口号,顶岗窗口,办公时间",
        "H1,,火星,05,,",
        "H1,,,05,,",
        ",,,07,,",
        "H1,别名,,08,99,",
        "H1,又一名,,09,09,有时开门",
        "H9,,,,,",
        sheet="表",
    )
    planned = plan(bad)
    assert problems(planned) == [
        (2, "级别", "word_unknown"),
        (3, "窗口号", "import_twice"),
        (4, "大厅编码", "import_code_missing"),
        (5, "顶岗窗口", "import_reference"),
        (6, "办公时间", "hours_unreadable"),
        (6, "大厅名称", "import_contradiction"),
        (6, "顶岗窗口", "import_reference"),
        (7, "", "import_name_missing"),
    ]
    sentence = planned.problems[1].text(translator("en"))
    assert sentence.startswith("sheet “表”, row 3, column “窗口号”: The same window already stands")
    assert "2" in sentence


def test_circles_and_unknown_parents_are_problems():
    circle = table("单位编码,单位名称,上级单位", "A,甲,B", "B,乙,A", "C,丙,Z")
    assert problems(plan(circle)) == [
        (2, "上级单位", "import_circle"),
        (4, "上级单位", "import_reference"),
    ]


def test_a_sheet_about_something_else_is_named():
    assert problems(plan(table("日期,天气", "1,晴"))) == [(1, "", "import_no_columns")]


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("H", HallLevel.COUNTY),
        ("县级", HallLevel.COUNTY),
        ("乡镇", HallLevel.TOWNSHIP),
        ("街道", HallLevel.TOWNSHIP),
        ("村（社区）", HallLevel.VILLAGE),
        ("township", HallLevel.TOWNSHIP),
        ("v", HallLevel.VILLAGE),
    ],
)
def test_levels_in_ordinary_words(text, level):
    planned = plan(table("hall_code,hall_name,level", f"N,新,{text}"), recorded=False)
    assert planned.places[0].fields["level"] is level


def test_headers_may_carry_notes_and_blanks():
    planned = plan(table("* 大厅 编码（必填）,Hall_Name", "N,新中心"), recorded=False)
    assert places(planned) == [("hall", "new", ("N",), {"code": "N", "name": "新中心"})]


def test_withdrawn_places_are_not_matched():
    gone = Hall(id="x", code="H1", name="旧", void="closed")
    planned = plan_import([table("大厅编码,大厅名称", "H1,新")], halls=(gone,))
    assert planned.places[0].action is Action.NEW


def test_windows_without_a_number_are_told_apart_by_their_labels():
    planned = plan(
        table(
            "hall_code,hall_name,window,label,covered_by",
            "H1,Centre,,咨询台,",
            "H1,Centre,,导办台,咨询台",
            "H1,Centre,05,社保,导办台",
        )
    )
    assert problems(planned) == []
    assert [(each.action.value, each.key) for each in planned.places][1:] == [
        ("new", ("H1", "", "咨询台")),
        ("new", ("H1", "", "导办台")),
        ("changed", ("H1", "5")),
    ]
    desk = Window(id="d-id", hall="h-id", label="咨询台")
    again = plan_import(
        [table("hall_code,label,floor", "H1,咨询台,2")],
        units=(UNIT,),
        halls=(HALL,),
        windows=(W5, W6, desk),
    )
    assert [(each.existing, each.fields) for each in again.places][1:] == [("d-id", {"floor": "2"})]


def test_a_number_is_not_the_label_that_reads_the_same():
    planned = plan(table("hall_code,window,label", "H1,9,", "H1,,9"), recorded=True)
    assert problems(planned) == []
    assert [each.key for each in planned.places][1:] == [("H1", "9"), ("H1", "", "9")]


def test_windows_with_neither_number_nor_label_are_problems():
    planned = plan(table("hall_code,window,label,floor", "H1,,,2", "H1,,台,", "H1,,台,", "H1,,,"))
    assert problems(planned) == [
        (2, "window", "import_window_missing"),
        (4, "label", "import_twice"),
    ]
    alone = plan(table("hall_code,label,unit", ",台,行政审批局"))
    assert problems(alone) == [(2, "hall_code", "import_code_missing")]


def test_a_window_does_not_cover_itself_by_its_label():
    planned = plan(table("hall_code,label,covered_by", "H1,台,台", "H1,另台,没有"))
    assert [code for *_where, code in problems(planned)] == ["import_reference"] * 2


def test_zeros_before_a_number_do_not_make_another_window():
    planned = plan(table("hall_code,window,floor,covered_by", "H1,5,3,", "H1,006,,5"))
    assert problems(planned) == []
    assert places(planned)[1:] == [
        ("window", "changed", ("H1", "5"), {"floor": "3"}),
        ("window", "unchanged", ("H1", "6"), {}),
    ]
    twice = plan(table("hall_code,window", "H1,5", "H1,05"))
    assert problems(twice) == [(3, "window", "import_twice")]
    assert plan(table("hall_code,window", "H1,0")).places[1].key == ("H1", "0")


def test_columns_that_are_not_understood_are_named():
    assert plan(table("hall_code,windows,color", "H1,36,red")).unused_columns == (
        "windows",
        "color",
    )
