"""Which column of a spreadsheet means what, in Chinese or English, and what its cells may say."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from inspector.base.errors import MingchaError
from inspector.domain.hours_text import parse_text
from inspector.domain.limits import clean_name
from inspector.domain.schedules import to_json
from inspector.domain.terms import parse_term
from inspector.domain.vocabulary import HallLevel, PlaceKind

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

#: Our name of a column → what a header may say (blanks, brackets and case do not matter).
HEADERS: dict[str, tuple[str, ...]] = {
    "hall_code": ("大厅编码", "大厅代码", "中心编码", "场所编码", "hall_code", "hall"),
    "hall_name": ("大厅名称", "大厅", "中心名称", "场所名称", "hall_name"),
    "name": ("名称", "name"),
    "code": ("编码", "代码", "code"),
    "kind": ("场所类型", "类型", "kind"),
    "level": ("级别", "层级", "level"),
    "unit_code": ("单位编码", "单位代码", "unit_code"),
    "unit_name": ("单位", "单位名称", "主管单位", "unit", "unit_name"),
    "unit_parent": ("上级单位", "上级单位编码", "parent", "unit_parent"),
    "unit_kind": ("单位类型", "单位性质", "unit_kind"),
    "address": ("地址", "address"),
    "hours": ("办公时间", "大厅办公时间", "开放时间", "hours", "opening_hours"),
    "window_number": ("窗口号", "窗口编号", "窗口", "window_number", "window", "number"),
    "window_label": ("窗口名称", "窗口标签", "window_name", "window_label", "label"),
    "floor": ("楼层", "floor"),
    "zone": ("区域", "分区", "zone", "area"),
    "matters": ("事项", "办理事项", "服务事项", "matters", "service_matters"),
    "covered_by": ("顶岗窗口", "顶岗", "替代窗口", "covered_by"),
    "window_hours": ("窗口办公时间", "窗口时间", "window_hours"),
}
_LEVELS = {"H": HallLevel.COUNTY, "T": HallLevel.TOWNSHIP, "V": HallLevel.VILLAGE}
_LEVEL_WORDS = (
    (HallLevel.VILLAGE, ("村", "社区", "village")),
    (HallLevel.TOWNSHIP, ("乡", "镇", "街道", "town")),
    (HallLevel.COUNTY, ("县", "区", "市", "省", "州", "county", "city", "province")),
)
_NOTES = re.compile(r"[(（【\[].*?[)）】\]]")


def column_names(header: tuple[str, ...]) -> dict[str, str]:
    """Return our name of each column that is understood: header text → name.

    “名称” and “编码” alone mean the hall's, or the unit's where the sheet has no hall. The first
    column of a meaning counts.
    """
    words = {_plain(word): name for name, known in HEADERS.items() for word in known}
    found: dict[str, str] = {}
    for text in header:
        name = words.get(_plain(text))
        if name and name not in found.values():
            found[text] = name
    taken = set(found.values())
    owner = "unit" if taken & {"unit_parent", "unit_kind"} and "hall_code" not in taken else "hall"
    for general in ("name", "code"):
        exact = f"{owner}_{general}"
        found = {
            text: exact if name == general and exact not in taken else name
            for text, name in found.items()
        }
    return found


def _plain(text: str) -> str:
    return "".join(_NOTES.sub("", text).casefold().replace("_", " ").split()).strip("*：:")


def read_cell(column: str, text: str) -> Any:
    """Return what a cell says, in the form its field has.

    Raises MingchaError `word_unknown`, `text_too_long` or one of the `hours_*` codes.
    """
    reader = _READERS.get(column)
    return reader(text) if reader else clean_name(column, text)


def _level(text: str) -> HallLevel:
    """Return the level that a letter, a name or an ordinary word (“乡镇”) means."""
    known = _LEVELS.get(text.strip().upper())
    if known:
        return known
    try:
        return parse_term(HallLevel, text)
    except MingchaError:
        for level, words in _LEVEL_WORDS:
            if any(word in text.casefold() for word in words):
                return level
        raise


def _hours(text: str) -> dict[str, Any]:
    return to_json(parse_text(text))


def _matters(text: str) -> tuple[str, ...]:
    """Return service matters separated by semicolons, lines or 、; each once."""
    parts = (clean_name("matters", part) for part in re.split(r"[;；\n、]", text))
    return tuple(dict.fromkeys(part for part in parts if part))


def _kind(text: str) -> PlaceKind:
    return parse_term(PlaceKind, text)


_READERS: dict[str, Callable[[str], Any]] = {
    "level": _level,
    "kind": _kind,
    "hours": _hours,
    "window_hours": _hours,
    "matters": _matters,
}
