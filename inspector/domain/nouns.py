"""What the things in the record are called, in Chinese and English."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from inspector.base.i18n import Lang

#: The name of each noun of `domain.schema.KINDS`: (Chinese, English).
NAMES: dict[str, tuple[str, str]] = {
    "person": ("人员", "member"),
    "unit": ("单位", "unit"),
    "hall": ("场所", "place"),
    "window": ("窗口", "window"),
    "day_calendar": ("节假日安排", "calendar"),
    "trip": ("行程", "trip"),
    "visit": ("走访", "visit"),
    "visit_member": ("走访成员", "member of a visit"),
    "event": ("时间节点", "moment"),
    "round": ("巡查", "round"),
    "sighting": ("窗口状态", "state of a window"),
    "sweep": ("其余窗口", "rest of the windows"),
    "wait": ("等候", "waiting"),
    "head_count": ("在岗数", "head count"),
    "remark": ("现场记录", "remark"),
    "answer": ("检查项", "answer"),
    "finding": ("问题", "finding"),
    "finding_person": ("涉及人员", "person concerned"),
    "confirmation": ("复核确认", "confirmation"),
    "evidence": ("证据", "file"),
    "placement": ("归类", "placement"),
    "clock_check": ("校时", "clock check"),
    "feedback": ("反馈", "feedback"),
    "statement": ("单位意见", "statement"),
    "catalogue": ("目录", "catalogue"),
    "seal": ("封存", "seal"),
    "erasure": ("移除", "erasure"),
    "audit_entry": ("操作记录", "audit entry"),
}


def noun_name(noun: str, lang: Lang) -> str:
    """Return the name of a noun; what a newer version wrote keeps the word it brings."""
    names = NAMES.get(noun)
    return noun if names is None else names[0 if lang == "zh" else 1]
