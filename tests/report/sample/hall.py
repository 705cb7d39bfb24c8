"""The hall with its 36 windows on two floors, who went there, and on what authority."""

from __future__ import annotations

from inspector.domain.entities import Hall, Person, Trip, Unit, Window
from inspector.domain.vocabulary import Basis, HallLevel, TripKind

MATTERS = (
    "社保登记", "医保报销", "不动产登记", "企业开办", "税务申报", "公积金提取",
    "户籍办理", "交通运输", "卫生健康", "市场监管", "自然资源", "住房保障",
    "民政事务", "残疾人服务", "退役军人", "法律援助", "综合咨询", "帮办代办",
)  # fmt: skip


def windows() -> tuple[Window, ...]:
    return tuple(
        Window(
            id=f"w{n}",
            hall="h1",
            number=f"{n:02d}",
            floor="一楼" if n <= 18 else "二楼",
            matters=(MATTERS[(n - 1) % 18],),
            position=n,
            covered_by="w8" if n == 7 else None,
        )
        for n in range(1, 37)
    )


def persons() -> dict[str, Person]:
    unit = "河东市人民政府办公室督查室"
    return {
        "p1": Person(id="p1", name="王建国", post="督查室主任", unit=unit, credential="督查字0012"),
        "p2": Person(
            id="p2", name="李 敏", post="一级主任科员", unit=unit, credential="督查字0031"
        ),
        "p3": Person(id="p3", name="陈晓明", post="四级调研员", unit=unit, credential="督查字0044"),
    }


def hall() -> Hall:
    """Return the place."""
    return Hall(
        id="h1",
        code="HD-01",
        name="河东市市民服务中心",
        level=HallLevel.COUNTY,
        unit="u2",
        address="河东市滨河大道88号",
    )


def trip() -> Trip:
    """Return the authorised journey."""
    return Trip(
        id="t1",
        name="11月窗口作风督查",
        kind=TripKind.DIRECTED,
        clue_number="线索2026-117",
        basis=Basis.GOVERNMENT,
        legal_basis="《政府督查工作条例》（国务院令第733号）第九条、第十一条",
        document_title="关于开展政务服务窗口作风专项督查的通知",
        document_number="河政办〔2026〕48号",
        issuer="河东市人民政府办公室",
        scope="全市县级以上政务服务大厅窗口在岗、一次性告知与承诺时限",
        valid_from="2026-11-01",
        valid_to="2026-12-31",
        leader="p1",
        report_heard="听取中心副主任赵某关于窗口排班与顶岗制度的汇报。",
        people_present=("赵某（中心副主任）", "孙某（大厅值班长）"),
        opinions=("当日补齐去向牌并落实顶岗。", "三日内更换旧版材料清单。"),
        praise="",
    )


def units() -> dict[str, Unit]:
    """Return the unit of the hall with the one above it."""
    return {
        "u1": Unit(id="u1", name="河东市人民政府"),
        "u2": Unit(id="u2", name="河东市行政审批服务局", parent="u1"),
    }
