"""Names of the trade's terms in Chinese and English, for screen, paper and command line.

Chinese names follow the wording of circulars and of the inspection rules; the second part of the
module reads them back from what people type or paste.
"""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, TypeVar

from inspector.base.errors import MingchaError
from inspector.domain.vocabulary import (
    Acquisition,
    AnswerType,
    AuditKind,
    Basis,
    CatalogueKind,
    ConfirmationMethod,
    Conformity,
    EventKind,
    EvidenceRoute,
    FindingOutcome,
    HallLevel,
    IdentitySource,
    LimitSource,
    Phase,
    PlaceKind,
    Position,
    RemarkKind,
    ReviewDecision,
    ReviewState,
    Role,
    TargetKind,
    TimeSource,
    TripKind,
    WaitOutcome,
    WindowState,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from inspector.base.i18n import Lang
    from inspector.domain.entities import Evidence

M = TypeVar("M", bound=StrEnum)
Names = tuple[str, str]

#: What the ledger gives as the reason of what an undo took back, and what people read.
UNDO_REASON = "undo"
UNDONE: Names = ("操作已撤回", "taken back by an undo")
#: The reason of a photograph that was looked at and is not used; bytes and hash stay.
NOT_USED_REASON = "not_used"
NOT_USED: Names = ("看过，弃用", "looked at and not used")
#: The reason of a placing that was taken out again.
REMOVED_REASON = "removed"
REMOVED: Names = ("归属已取消", "taken out again")
_REASONS = {UNDO_REASON: UNDONE, NOT_USED_REASON: NOT_USED, REMOVED_REASON: REMOVED}

#: Every member of every vocabulary: (Chinese, English).
TERMS: dict[type[StrEnum], Mapping[StrEnum, Names]] = {
    PlaceKind: {
        PlaceKind.HALL: ("服务大厅", "service hall"),
        PlaceKind.OFFICE: ("办公场所", "office"),
        PlaceKind.SITE: ("现场", "site"),
        PlaceKind.ROAD: ("道路", "road"),
    },
    HallLevel: {
        HallLevel.COUNTY: ("县级及以上政务服务中心", "county hall or above"),
        HallLevel.TOWNSHIP: ("乡镇（街道）便民服务中心", "township service centre"),
        HallLevel.VILLAGE: ("村（社区）便民服务站", "village service station"),
    },
    TripKind: {
        TripKind.ROUTINE: ("日常督查", "routine"),
        TripKind.DIRECTED: ("线索核查", "directed by a clue"),
        TripKind.RECHECK: ("回头看", "re-check"),
        TripKind.LEADER: ("领导随机暗访", "leader's own visit"),
    },
    Basis: {
        Basis.GOVERNMENT: ("政府督查", "government inspection"),
        Basis.DISCIPLINE: ("纪检监督", "discipline supervision"),
        Basis.EFFICIENCY: ("效能督查", "efficiency office"),
        Basis.OWN: ("大厅自查", "the hall's own check"),
    },
    Phase: {
        Phase.PREPARED: ("准备", "prepared"),
        Phase.COVERT: ("暗访", "covert"),
        Phase.OVERT: ("明察", "overt"),
        Phase.FEEDBACK: ("反馈", "feedback"),
        Phase.SEALED: ("封存", "sealed"),
    },
    Acquisition: {
        Acquisition.COVERT: ("暗访取得", "obtained covertly"),
        Acquisition.OVERT: ("明察取得", "obtained overtly"),
        Acquisition.PROVIDED: ("单位提供", "provided by the unit"),
        Acquisition.SYSTEM: ("系统导出", "taken from a system"),
    },
    TimeSource: {
        TimeSource.LIVE: ("当场录入", "entered on the spot"),
        TimeSource.STOPWATCH: ("秒表", "stopwatch"),
        TimeSource.PHOTOGRAPH: ("照片", "photograph"),
        TimeSource.TICKET: ("排队号票", "queue ticket"),
        TimeSource.HALL_CLOCK: ("大厅时钟", "hall clock"),
        TimeSource.NOTE: ("笔记", "note"),
        TimeSource.MEMORY: ("回忆", "memory"),
    },
    WindowState: {
        WindowState.NOT_LOOKED_AT: ("未查看", "not looked at"),
        WindowState.SERVING: ("办理中", "serving"),
        WindowState.IDLE: ("在岗空闲", "idle"),
        WindowState.UNATTENDED: ("空岗", "unattended"),
        WindowState.ABSENT_WITH_NOTICE: ("有告知离岗", "absent with notice"),
        WindowState.COVERED: ("由其他窗口顶岗", "covered by another window"),
        WindowState.PAUSED: ("暂停", "paused"),
        WindowState.CLOSED: ("关闭", "closed"),
    },
    WaitOutcome: {
        WaitOutcome.WAITING: ("仍在等候", "still waiting"),
        WaitOutcome.DONE: ("已办结", "done"),
        WaitOutcome.GAVE_UP: ("放弃办理", "given up"),
    },
    RemarkKind: {
        RemarkKind.REMARK: ("现场记录", "remark"),
        RemarkKind.SCRIPTED_REQUEST: ("模拟办事", "scripted request"),
        RemarkKind.GOOD_PRACTICE: ("好的做法", "good practice"),
    },
    EventKind: {
        EventKind.RULES_ACCEPTED: ("确认暗访纪律", "covert rules accepted"),
        EventKind.ARRIVED: ("到达", "arrived"),
        EventKind.PHASE: ("阶段变更", "phase changed"),
        EventKind.REVEAL: ("亮明身份", "identity shown"),
        EventKind.LEFT: ("离开", "left"),
        EventKind.NOTE: ("记事", "note"),
        EventKind.PHOTOS_COUNTED: ("照片清点", "photographs accounted for"),
    },
    Conformity: {
        Conformity.CONFORMS: ("符合", "conforms"),
        Conformity.DOES_NOT_CONFORM: ("不符合", "does not conform"),
        Conformity.NOT_APPLICABLE: ("不适用", "not applicable"),
        Conformity.NOT_SEEN: ("未查看", "not seen"),
        Conformity.RECORDED: ("仅记录", "recorded"),
    },
    AnswerType: {
        AnswerType.YES_NO: ("是否符合", "conforms or not"),
        AnswerType.COUNT: ("计数", "count"),
        AnswerType.MINUTES: ("分钟", "minutes"),
        AnswerType.NUMBER: ("数值", "number"),
        AnswerType.TEXT: ("文字", "text"),
        AnswerType.CHOICE: ("选项", "choice"),
        AnswerType.PAIR: ("两项数量", "two quantities"),
    },
    FindingOutcome: {
        FindingOutcome.OPEN: ("待认定", "open"),
        FindingOutcome.ESTABLISHED: ("认定属实", "established"),
        FindingOutcome.EXPLAINED: ("说明采纳", "explained"),
        FindingOutcome.NOT_ESTABLISHED: ("不予认定", "not established"),
    },
    ConfirmationMethod: {
        ConfirmationMethod.PIN: ("本人口令确认", "own PIN"),
        ConfirmationMethod.DEVICE: ("本人设备确认", "own device"),
        ConfirmationMethod.SIGNED_PAPER: ("书面签字确认", "signed paper"),
    },
    IdentitySource: {
        IdentitySource.CREDENTIAL: ("工作证件", "credential"),
        IdentitySource.OWN_STATEMENT: ("本人陈述", "own statement"),
        IdentitySource.DUTY_MANAGER: ("值班负责人确认", "duty manager"),
        IdentitySource.ROSTER: ("值班表、排班表", "duty roster"),
    },
    Position: {
        Position.AGREE: ("无异议", "agrees"),
        Position.DISAGREE: ("有异议", "disagrees"),
        Position.EXPLAIN: ("作出说明", "explains"),
        Position.NO_STATEMENT: ("未表态", "makes no statement"),
    },
    CatalogueKind: {
        CatalogueKind.CHECKLIST: ("检查表", "checklist"),
        CatalogueKind.SITUATIONS: ("问责情形目录", "situations"),
        CatalogueKind.MEASURES: ("处理措施目录", "measures"),
        CatalogueKind.CHANNELS: ("线索来源", "channels"),
        CatalogueKind.GLOSSARY: ("术语表", "glossary"),
    },
    ReviewDecision: {
        ReviewDecision.APPROVED: ("通过", "approved"),
        ReviewDecision.RETURNED: ("退回", "returned"),
        ReviewDecision.REASSIGNED: ("转办", "passed on"),
    },
    ReviewState: {
        ReviewState.WAITING: ("待复核", "to be reviewed"),
        ReviewState.RETURNED: ("已退回", "returned"),
        ReviewState.APPROVED: ("已通过", "approved"),
    },
    EvidenceRoute: {
        EvidenceRoute.IMPORT: ("文件导入", "imported file"),
        EvidenceRoute.PASTE: ("粘贴", "pasted"),
        EvidenceRoute.CARD: ("存储卡", "memory card"),
        EvidenceRoute.WATCHED: ("监视文件夹", "watched folder"),
        EvidenceRoute.UPLOAD: ("上传", "uploaded"),
        EvidenceRoute.CAMERA: ("本机摄像头", "this computer's camera"),
        EvidenceRoute.PROGRAM: ("本程序生成", "made by this program"),
    },
    TargetKind: {
        TargetKind.FINDING: ("问题", "finding"),
        TargetKind.ANSWER: ("检查项", "answer"),
        TargetKind.WINDOW: ("窗口", "window"),
        TargetKind.WAIT: ("等候记录", "waiting"),
        TargetKind.REMARK: ("现场记录", "remark"),
        TargetKind.FEEDBACK: ("反馈", "feedback"),
        TargetKind.CONFIRMATION: ("复核确认", "confirmation"),
        TargetKind.EVENT: ("时间节点", "event"),
    },
    AuditKind: {
        AuditKind.EXPORT: ("导出", "export"),
        AuditKind.PRINT: ("打印", "print"),
        AuditKind.OPEN_ORIGINAL: ("查看原件", "original opened"),
        AuditKind.FILE_DIFFERS: ("文件与入库时不一致", "file differs from what was stored"),
        AuditKind.BACKUP: ("备份", "backup"),
        AuditKind.RESTORE: ("恢复", "restore"),
        AuditKind.FREED: ("原件移出本机", "original freed"),
    },
    LimitSource: {
        LimitSource.RULE: ("规定", "rule"),
        LimitSource.SUGGESTED: ("建议值", "suggested"),
        LimitSource.EXAMPLE: (
            "外地做法，以当地规定为准",
            "practice elsewhere; the local rule decides",
        ),
        LimitSource.LOCAL: ("当地规定", "local rule"),
    },
    Role: {
        Role.REPORTER: ("上报", "reporter"),
        Role.REVIEWER: ("复核", "reviewer"),
        Role.OFFICE: ("办公室", "office"),
        Role.ADMINISTRATOR: ("管理员", "administrator"),
        Role.SNAPSHOTTER: ("快照", "snapshotter"),
        Role.HUB: ("中转", "hub"),
    },
}

#: States of a window where there is room for one short word.
SHORT_STATES: dict[WindowState, Names] = {
    WindowState.NOT_LOOKED_AT: ("未看", "not seen"),
    WindowState.SERVING: ("办理中", "serving"),
    WindowState.IDLE: ("空闲", "idle"),
    WindowState.UNATTENDED: ("空岗", "nobody"),
    WindowState.ABSENT_WITH_NOTICE: ("有告知", "notice"),
    WindowState.COVERED: ("顶岗", "covered"),
    WindowState.PAUSED: ("暂停", "paused"),
    WindowState.CLOSED: ("关闭", "closed"),
}

#: Severity of a finding: (Chinese, English).
SEVERITIES: dict[int, Names] = {
    1: ("轻微", "slight"),
    2: ("一般", "moderate"),
    3: ("较重", "serious"),
    4: ("严重", "grave"),
}

#: The mark of a recompressed copy whose own metadata was lost on the way (转存件).
MESSENGER_COPY: Names = ("转存件", "messenger copy")
#: The mark of a picture that could be decoded only in part or not at all when it came in.
DAMAGED: Names = ("文件已损坏", "damaged file")

#: Other words people use, in lower case.
SYNONYMS: dict[type[StrEnum], Mapping[str, StrEnum]] = {
    WindowState: {
        "没看": WindowState.NOT_LOOKED_AT,
        "未看": WindowState.NOT_LOOKED_AT,
        "unseen": WindowState.NOT_LOOKED_AT,
        "在岗": WindowState.SERVING,
        "正常": WindowState.SERVING,
        "服务中": WindowState.SERVING,
        "正在办理": WindowState.SERVING,
        "staffed": WindowState.SERVING,
        "空闲": WindowState.IDLE,
        "无人": WindowState.UNATTENDED,
        "脱岗": WindowState.UNATTENDED,
        "缺岗": WindowState.UNATTENDED,
        "离岗": WindowState.UNATTENDED,
        "无人值守": WindowState.UNATTENDED,
        "unstaffed": WindowState.UNATTENDED,
        "empty": WindowState.UNATTENDED,
        "告知离岗": WindowState.ABSENT_WITH_NOTICE,
        "离岗有告知": WindowState.ABSENT_WITH_NOTICE,
        "有去向牌": WindowState.ABSENT_WITH_NOTICE,
        "notice": WindowState.ABSENT_WITH_NOTICE,
        "顶岗": WindowState.COVERED,
        "已顶岗": WindowState.COVERED,
        "covered": WindowState.COVERED,
        "暂停服务": WindowState.PAUSED,
        "暂停办理": WindowState.PAUSED,
        "关窗": WindowState.CLOSED,
        "未开放": WindowState.CLOSED,
        "shut": WindowState.CLOSED,
    },
    Conformity: {
        "合格": Conformity.CONFORMS,
        "conform": Conformity.CONFORMS,
        "不合格": Conformity.DOES_NOT_CONFORM,
        "nonconforming": Conformity.DOES_NOT_CONFORM,
        "does not": Conformity.DOES_NOT_CONFORM,
        "n/a": Conformity.NOT_APPLICABLE,
        "na": Conformity.NOT_APPLICABLE,
        "未看到": Conformity.NOT_SEEN,
        "未检查": Conformity.NOT_SEEN,
        "unseen": Conformity.NOT_SEEN,
    },
    Position: {
        "同意": Position.AGREE,
        "认可": Position.AGREE,
        "不同意": Position.DISAGREE,
        "说明": Position.EXPLAIN,
        "不表态": Position.NO_STATEMENT,
    },
    FindingOutcome: {
        "属实": FindingOutcome.ESTABLISHED,
        "不属实": FindingOutcome.NOT_ESTABLISHED,
    },
}


def term(member: StrEnum, lang: Lang) -> str:
    """Return the name of `member` in that language."""
    return _pick(TERMS[type(member)][member], lang)


def title_of(member: StrEnum, lang: Lang) -> str:
    """Return the name of `member` where a title or a choice stands: English begins it large."""
    said = term(member, lang)
    return said[:1].upper() + said[1:]


def short_state(state: WindowState, lang: Lang) -> str:
    """Return the short word for a state of a window."""
    return _pick(SHORT_STATES[state], lang)


def severity_name(severity: int, lang: Lang) -> str:
    """Return the name of a severity (1–4); a number outside it is returned as it is."""
    names = SEVERITIES.get(severity)
    return _pick(names, lang) if names else str(severity)


def void_reason(reason: str, lang: Lang) -> str:
    """Return why something is withdrawn, as people read it: our own words are no sentences."""
    known = _REASONS.get(reason)
    return _pick(known, lang) if known else reason


def messenger_copy(lang: Lang) -> str:
    """Return the mark of a recompressed copy."""
    return _pick(MESSENGER_COPY, lang)


def file_marks(evidence: Evidence, lang: Lang) -> list[str]:
    """Return what must be known of a stored file wherever it is shown."""
    marks = [(evidence.messenger_copy, MESSENGER_COPY), (damaged(evidence), DAMAGED)]
    return [_pick(names, lang) for holds, names in marks if holds]


def damaged(evidence: Evidence) -> bool:
    """Return whether a picture could not be decoded as a whole when it came in."""
    return bool(evidence.metadata.get("damaged"))


def parse_term(kind: type[M], text: str) -> M:
    """Return the member of `kind` that `text` names: its value, either name, or a synonym.

    Case, blanks, hyphens and underscores do not matter. Raises MingchaError `word_unknown` with
    the words that are understood.
    """
    found = find_term(kind, text)
    if found is None:
        known = ", ".join(f"{zh} / {member.value}" for member, (zh, _) in TERMS[kind].items())
        raise MingchaError("word_unknown", text=text.strip(), known=known)
    return found


def find_term(kind: type[M], text: str) -> M | None:
    """Return the member of `kind` that `text` names (see `parse_term`), None if it names none."""
    found = _words(kind).get(_plain(text))
    return None if found is None else kind(found.value)


def _pick(names: Names, lang: Lang) -> str:
    return names[0] if lang == "zh" else names[1]


def _plain(text: str) -> str:
    return "".join(text.casefold().replace("_", " ").replace("-", " ").split())


@cache
def _words(kind: type[StrEnum]) -> dict[str, StrEnum]:
    words = {_plain(word): member for word, member in SYNONYMS.get(kind, {}).items()}
    for member, names in TERMS[kind].items():
        words |= {_plain(name): member for name in (*names, member.value, member.name)}
    return words
