# ruff: noqa: E501 - a table of sample data reads better in long lines
"""The findings of the visit, who confirms them, and what the unit says to them."""

from __future__ import annotations

from inspector.domain.catalogues import Situation
from inspector.domain.entities import Confirmation, Feedback, Finding, FindingPerson, Statement
from inspector.domain.vocabulary import (
    ConfirmationMethod,
    FindingOutcome,
    IdentitySource,
    Position,
    TimeSource,
)
from tests.report.sample.moments import at, seen


def findings() -> tuple[Finding, ...]:
    base = {"device": "K7", "visit": "v1"}
    return (
        Finding(
            id="f1", number=1, situations=("DT-M1", "FZ-U-M2"), severity=3, window="w5",
            people_waiting=8, basis="《河东市政务服务窗口管理办法》第十二条",
            rule="窗口离岗应摆放去向牌并由同组人员顶岗",
            text="上述时段05号窗口无人在岗，未摆放去向牌，叫号屏仍在叫号，现场8名群众等候。值班长称“去盖章了”，10:52工作人员返回后恢复办理。",
            outcome=FindingOutcome.ESTABLISHED, outcome_reason="单位当场确认，排班表与录像相符",
            **(seen(10, 38, to=at(10, 52)) | base),
        ),
        Finding(
            id="f2", number=2, situations=("DT-M2",), severity=2, window="w14",
            basis="《河东市政务服务窗口管理办法》第十二条",
            text="09:16、10:09、11:23三次见14号窗口空岗，窗口灯亮，未设暂停服务牌。",
            outcome=FindingOutcome.EXPLAINED, outcome_reason="当日该窗口人员参加培训，通知未张贴",
            **(seen(9, 16, to=at(11, 23), by="p2", time_source=TimeSource.NOTE, time_precision=60) | base),
        ),
        Finding(
            id="f3", number=3, situations=("FZ-U-M2",), severity=2, window="w22",
            basis="国办发〔2018〕45号", text="社保登记材料清单为2023年旧版，多列“单位介绍信”一项；<b>现行指南</b>已取消该项 &amp; 网上已更新。",
            outcome=FindingOutcome.ESTABLISHED, outcome_reason="",
            **(seen(10, 55, by="p3", time_source=TimeSource.PHOTOGRAPH) | base),
        ),
        Finding(
            id="f4", number=4, situations=("DT-M3",), severity=1,
            basis="", text="一楼导办台9:12至9:21无人值守。",
            outcome=FindingOutcome.NOT_ESTABLISHED, outcome_reason="导办员在自助区协助老人办理，监控可证",
            **(seen(9, 12, to=at(9, 21), by="p2", time_source=TimeSource.MEMORY, time_precision=300) | base),
        ),
        Finding(
            id="f5", number=5, situations=("KM-4",), severity=4, window="w33", people_waiting=3,
            basis="《优化营商环境条例》第三十七条",
            text="33号窗口要求申请人另行提供无法律依据的“村委会证明”，申请人第三次到场仍未受理。",
            **(seen(11, 26, by="p3") | base),
        ),
    )  # fmt: skip


def situations() -> dict[str, Situation]:
    names = {
        "DT-M1": ("空岗离岗", "Window left unattended"),
        "DT-M2": ("擅离岗位", "Absent from post"),
        "DT-M3": ("导办缺位", "No guidance"),
        "FZ-U-M2": ("办事指南不准确", "Outdated service guide"),
        "KM-4": ("违规索要证明", "Unlawful demand for certificates"),
    }
    return {
        code: Situation(code, "x", "", "type", 1, "both", zh, en, "", "listed")
        for code, (zh, en) in names.items()
    }


def finding_persons() -> tuple[FindingPerson, ...]:
    """Return the person of the first finding, whose name was told later."""
    return (
        FindingPerson(
            id="fp1",
            finding="f1",
            description="女，约30岁，深色工装，胸牌号057",
            **seen(9, 37, by="p2"),
            identity="周某",
            identity_post="社保窗口工作人员",
            identity_by="p1",
            identity_from=at(11, 32),
            identity_time_source=TimeSource.NOTE,
            identity_source=IdentitySource.DUTY_MANAGER,
        ),
    )


def confirmations() -> tuple[Confirmation, ...]:
    """Return how a second inspector stands by the first finding."""
    return (
        Confirmation(id="c1", finding="f1", method=ConfirmationMethod.PIN, **seen(11, 40, by="p2")),
    )


def feedbacks() -> tuple[Feedback, ...]:
    """Return what was told to the unit."""
    return (
        Feedback(
            id="fb1",
            findings=("f1", "f2", "f3", "f4"),
            people_present=("赵某（中心副主任）",),
            refusal="",
            witness="",
            sheet="e5",
            **seen(11, 52),
        ),
    )


def statements() -> tuple[Statement, ...]:
    """Return what the unit said."""
    return (
        Statement(
            id="st1",
            finding="f1",
            speaker="赵某（中心副主任）",
            position=Position.AGREE,
            text="情况属实，已责成当事人书面检查，今后一律先顶岗后离岗。",
            **seen(12, 5),
        ),
        Statement(
            id="st2",
            finding="f2",
            speaker="赵某（中心副主任）",
            position=Position.EXPLAIN,
            text="当日参加医保系统升级培训，通知未及时张贴。",
            **seen(12, 7),
        ),
        Statement(
            id="st4",
            finding="f4",
            speaker="孙某（值班长）",
            position=Position.DISAGREE,
            text="导办员在自助区协助老人，有监控。",
            **seen(12, 9),
        ),
    )
