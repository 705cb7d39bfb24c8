"""What the demonstration tells: a visit to a hall that does not exist, by people who do not exist.

Every text stands in Chinese and English; `Say` is the pair. Times are local clock times of the day
of the visit. City, documents, rules and names are invented; the laws named are real.
"""

from __future__ import annotations

from dataclasses import dataclass

from inspector.domain.vocabulary import (
    FindingOutcome,
    IdentitySource,
    Position,
    RemarkKind,
    TimeSource,
    WaitOutcome,
    WindowState,
)

#: Chinese, English.
Say = tuple[str, str]
NOTHING: Say = ("", "")

LIN, ZHOU, CHEN = "lin", "zhou", "chen"
#: Name, post, credential. The first two go in covertly, the third leads.
PEOPLE: dict[str, tuple[Say, Say, str]] = {
    LIN: (("林岚", "Lin Lan"), ("督查专员", "Inspector"), "MZ-DC-0107"),
    ZHOU: (("周启明", "Zhou Qiming"), ("督查专员", "Inspector"), "MZ-DC-0112"),
    CHEN: (("陈立", "Chen Li"), ("督查组组长", "Head of the team"), "MZ-DC-0021"),
}
OFFICE: Say = ("明州市人民政府督查室", "Inspection Office of Mingzhou City")
#: Code, name, parent's code; the hall belongs to the last.
UNITS: tuple[tuple[str, Say, str], ...] = (
    ("MZ", ("明州市人民政府", "Mingzhou City Government"), ""),
    ("MZ-SP", ("明州市行政审批局", "Mingzhou Administrative Approval Bureau"), "MZ"),
)
HALL: Say = ("明州市政务服务中心", "Mingzhou Government Service Centre")
HALL_CODE = "MZ-ZWZX"
ADDRESS: Say = ("明州市云溪区和顺路 18 号", "18 Heshun Road, Yunxi District, Mingzhou")
HOURS: Say = ("周一至周五 9:00-12:00 13:30-17:00", "Mon-Fri 9:00-12:00, 13:30-17:00")
FLOORS: tuple[Say, ...] = (("一层", "Floor 1"), ("二层", "Floor 2"))
WINDOWS = 36
#: Nine windows each, in the order of their numbers: zone, service matters.
ZONES: tuple[tuple[Say, tuple[Say, ...]], ...] = (
    (
        ("A 区", "Zone A"),
        (("社会保障卡", "Social security card"), ("养老保险", "Pension insurance")),
    ),
    (
        ("B 区", "Zone B"),
        (("不动产登记", "Real estate registration"), ("医疗保障", "Medical insurance")),
    ),
    (
        ("C 区", "Zone C"),
        (("企业开办", "Starting a business"), ("税务综合", "Taxes")),
    ),
    (
        ("D 区", "Zone D"),
        (("户政", "Household register"), ("公积金", "Housing fund")),
    ),
)
#: The window whose matters another one takes over.
COVERED = ("31", "30")

TRIP: Say = ("政务服务窗口作风督查（演示）", "Inspection of service windows (demonstration)")
LEGAL_BASIS: Say = (
    "《政府督查工作条例》第七条、第十二条",
    "Regulations on Government Inspection, Articles 7 and 12",
)
DOCUMENT: Say = (
    "关于开展政务服务窗口作风督查的通知",
    "Notice on inspecting the conduct of service windows",
)
DOCUMENT_NUMBER: Say = ("明政督〔{year}〕18号", "Mingzhengdu [{year}] No. 18")
SCOPE: Say = (
    "窗口在岗、服务态度、一次性告知、办理时限、投诉处理；不干扰群众办事。",
    "Staffing, attitude, one-time notice, time limits and complaints; clients are not disturbed.",
)
REPORT_HEARD: Say = (
    "听取中心主任关于窗口管理、B 岗制度和投诉处理情况的汇报。",
    "The director reported on window management, the deputy rule and complaints.",
)
PRESENT: tuple[Say, ...] = (
    ("中心主任 郑某（演示）", "Director Zheng (demonstration)"),
    ("一层值班长 何某（演示）", "Duty manager He (demonstration)"),
)
PRAISE: Say = (
    "“出生一件事”材料由 14 份减为 5 份，群众评价好，建议推广。",
    "“One thing: birth” needs 5 papers instead of 14; clients like it; worth spreading.",
)
OPINIONS: tuple[Say, ...] = (
    (
        "严格执行离岗告知和 B 岗顶岗制度，值班长每半小时巡视一次。",
        "Keep to the notice and deputy rules; the duty manager walks round every half hour.",
    ),
    (
        "离岗必须锁屏，申请人材料及时收存。",
        "Screens are locked and applicants' papers put away whenever a window is left.",
    ),
    (
        "排队超过承诺时限时增开窗口，并在叫号屏上说明原因。",
        "When the promised waiting time is passed, open further windows and say why.",
    ),
    ("一周内更新全部办事指南。", "Bring every service guide up to date within a week."),
)
DOCUMENT_SHOWN: Say = ("督查证及督查通知", "Inspection card and the notice of inspection")
#: Who shows identity when, to whom. Zhou is asked what he is doing before the others are.
REVEALS: tuple[tuple[str, str, Say], ...] = (
    (ZHOU, "10:58", ("二层导办员", "Guide on floor 2")),
    (CHEN, "11:05", ("中心主任", "Director of the centre")),
    (LIN, "11:05", ("中心主任", "Director of the centre")),
)
COVERT_FROM, OVERT_FROM, FEEDBACK_FROM, LEFT_AT = "09:30", "11:05", "11:25", "11:40"
#: When the leader confirmed who the persons in the problems were.
IDENTIFIED = "11:12"


@dataclass(frozen=True, slots=True)
class Look:
    """One window in one state; `round` 0 is outside of rounds, `end` means watched throughout."""

    round: int
    window: str
    state: WindowState
    who: str
    at: str
    end: str = ""
    people: int | None = None
    note: Say = NOTHING
    source: TimeSource = TimeSource.NOTE


#: Rounds over both floors: who began, from, to; then who swept which floor when.
ROUNDS: tuple[tuple[str, str, str, tuple[tuple[str, int, str], ...]], ...] = (
    (LIN, "09:33", "09:47", ((LIN, 0, "09:41"), (ZHOU, 1, "09:47"))),
    (LIN, "10:25", "10:46", ((LIN, 0, "10:31"), (ZHOU, 1, "10:46"))),
)
LOOKS: tuple[Look, ...] = (
    Look(1, "03", WindowState.IDLE, LIN, "09:34"),
    Look(1, "12", WindowState.UNATTENDED, LIN, "09:36", people=2),
    Look(
        *(1, "09", WindowState.ABSENT_WITH_NOTICE, LIN, "09:38"),
        note=("去向牌写明“送件，09:50 返回”", "The sign says “delivering papers, back at 09:50”"),
    ),
    Look(1, "27", WindowState.UNATTENDED, ZHOU, "09:44", people=1),
    Look(1, "22", WindowState.PAUSED, ZHOU, "09:45"),
    Look(1, "31", WindowState.COVERED, ZHOU, "09:46"),
    Look(1, "36", WindowState.CLOSED, ZHOU, "09:46"),
    Look(0, "12", WindowState.UNATTENDED, ZHOU, "10:07", people=3, source=TimeSource.PHOTOGRAPH),
    Look(2, "05", WindowState.SERVING, LIN, "10:26"),
    Look(2, "12", WindowState.SERVING, LIN, "10:28"),
    Look(2, "16", WindowState.IDLE, LIN, "10:29"),
    Look(
        *(0, "05", WindowState.UNATTENDED, LIN, "10:38", "10:52"),
        people=6,
        note=("无去向牌，无人顶岗", "No sign, no deputy"),
        source=TimeSource.STOPWATCH,
    ),
    Look(2, "27", WindowState.UNATTENDED, ZHOU, "10:41", people=2),
    Look(2, "22", WindowState.PAUSED, ZHOU, "10:43", source=TimeSource.PHOTOGRAPH),
    Look(2, "31", WindowState.COVERED, ZHOU, "10:45"),
    Look(2, "36", WindowState.CLOSED, ZHOU, "10:45"),
)
#: Who, when, floor, staffed, of.
HEAD_COUNTS: tuple[tuple[str, str, int, int, int], ...] = (
    (LIN, "09:40", 0, 16, 18),
    (LIN, "10:30", 0, 18, 18),
    (ZHOU, "10:46", 1, 14, 18),
)


@dataclass(frozen=True, slots=True)
class Queue:
    """One person's waiting."""

    who: str
    window: str
    ticket: str
    joined: str
    called: str
    ended: str
    outcome: WaitOutcome
    ahead: int
    note: Say = NOTHING


PROMISED_MINUTES = 20
PROMISE: Say = (
    "《明州市政务服务中心服务承诺》第六条",
    "Service promise of the Mingzhou centre, item 6",
)
QUEUES: tuple[Queue, ...] = (
    Queue(ZHOU, "07", "A031", "09:50", "10:24", "10:36", WaitOutcome.DONE, 11),
    Queue(
        *(LIN, "05", "A042", "10:21", "", "10:49", WaitOutcome.GAVE_UP, 8),
        note=("一位老人等候中离开", "An elderly client left while waiting"),
    ),
    Queue(LIN, "14", "B017", "10:53", "11:01", "11:04", WaitOutcome.DONE, 3),
)


@dataclass(frozen=True, slots=True)
class Note:
    """A remark, a scripted request with its reply, or good practice with its quantities."""

    kind: RemarkKind
    who: str
    at: str
    window: str
    text: Say
    reply: Say = NOTHING
    before: str = ""
    after: str = ""
    unit: Say = NOTHING


NOTES: tuple[Note, ...] = (
    Note(
        *(RemarkKind.SCRIPTED_REQUEST, ZHOU, "10:24", "07"),
        ("补办社会保障卡，询问所需材料。", "Asks which papers a new social security card needs."),
        (
            "口头答复带身份证即可；追问委托办理时称“回去问单位”，未给一次性告知单。",
            "Told that the identity card is enough; on acting for somebody else: “ask your "
            "employer”. No written notice was given.",
        ),
    ),
    Note(
        *(RemarkKind.REMARK, LIN, "10:55", "05"),
        (
            "10:52 工作人员返岗后未作说明，直接叫号。",
            "Back at 10:52, the clerk called the next number without a word.",
        ),
    ),
    Note(
        *(RemarkKind.GOOD_PRACTICE, ZHOU, "10:50", "28"),
        (
            "“出生一件事”一次提交、五证联办。",
            "“One thing: birth”: five certificates from one application.",
        ),
        *(NOTHING, "14", "5", ("份材料", "papers")),
    ),
)
#: Typed on a telephone on the way, pasted in afterwards.
PASTED: Say = (
    "0952 18 空闲\n1003 备注 一层叫号屏两次叫号声音过小\n1012 15 17 空闲\n"
    "取号 C008 1041 叫号 1047 办结 1052 窗口 20",
    "0952 18 idle\n1003 remark the call for numbers on floor 1 was twice too quiet\n"
    "1012 15 17 idle\nticket C008 1041 called 1047 done 1052 window 20",
)


@dataclass(frozen=True, slots=True)
class Problem:
    """An alleged problem with all that follows from it.

    seen_as, identity: a person as seen, and who it was confirmed to be with what source.
    photos: which drawn photographs belong to it.
    """

    key: str
    who: str
    at: str
    end: str
    source: TimeSource
    window: str | None
    situations: tuple[str, ...]
    severity: int
    people: int | None
    text: Say
    basis: Say
    rule: Say
    position: Position
    said: Say
    outcome: FindingOutcome
    reason: Say = NOTHING
    seen_as: Say = NOTHING
    identity: Say = NOTHING
    identity_source: IdentitySource | None = None
    photos: tuple[str, ...] = ()
