"""What the demonstration finds, what the unit says to it, and what comes of it."""

from __future__ import annotations

from inspector.domain.vocabulary import (
    FindingOutcome,
    IdentitySource,
    Position,
    TimeSource,
)
from inspector.operations.demo_script import LIN, NOTHING, ZHOU, Problem, Say

SPEAKER: Say = ("一层值班长 何某（演示）", "Duty manager He (demonstration)")
WINDOW_RULES: Say = (
    "《明州市政务服务中心窗口服务规范（试行）》",
    "Rules for windows of the Mingzhou centre (trial)",
)

#: In the order in which they were seen.
PROBLEMS: tuple[Problem, ...] = (
    Problem(
        *("waiting", ZHOU, "09:50", "10:24", TimeSource.TICKET, "07"),
        *(("DT-M1",), 2, 11),
        (
            "A031 号 09:50 取号，10:24 被叫，等候 34 分钟，超过公开承诺 14 分钟；"
            "其间 A 区 9 个窗口未增开。",
            "Ticket A031 was drawn at 09:50 and called at 10:24: 34 minutes, 14 more than "
            "promised. No further window was opened in zone A meanwhile.",
        ),
        ("排队号票与叫号时刻。", "The ticket and the moment of the call."),
        (
            "《明州市政务服务中心服务承诺》第六条：等候不超过 20 分钟",
            "Service promise of the Mingzhou centre, item 6: no more than 20 minutes.",
        ),
        Position.EXPLAIN,
        (
            "10:00 至 10:18 社保专线故障，有运维记录，已在导办台口头告知。",
            "The line to the social security system was down from 10:00 to 10:18, as the log "
            "shows; the enquiry desk told people.",
        ),
        FindingOutcome.EXPLAINED,
        (
            "经核对运维记录，故障属实，采纳说明；叫号屏未作提示，列入整改意见第 3 条。",
            "The log bears this out and the explanation is accepted; that no screen told people "
            "is dealt with in opinion 3.",
        ),
        photos=("B_0019.jpg",),
    ),
    Problem(
        *("guide", ZHOU, "09:58", "", TimeSource.PHOTOGRAPH, None),
        *(("FZ-U-M2",), 1, None),
        (
            "二层公示栏不动产登记办事指南标注有效期已届满，未更换。",
            "The guide to real estate registration on the board of floor 2 has expired and was "
            "not replaced.",
        ),
        ("现场照片。", "Photograph."),
        (
            "《中华人民共和国政府信息公开条例》第二十条",
            "Regulations on Open Government Information, Article 20",
        ),
        Position.AGREE,
        ("一周内全部更新。", "All guides will be up to date within a week."),
        FindingOutcome.ESTABLISHED,
        photos=("B_0021.jpg",),
    ),
    Problem(
        *("unlocked", ZHOU, "10:07", "", TimeSource.PHOTOGRAPH, "12"),
        *(("DT-L3", "DT-M2"), 2, 3),
        (
            "12 号窗口 09:36、10:07 两次见无人，10:07 电脑未锁屏，屏幕显示申请人登记信息，"
            "申请材料摊放在台面上。",
            "Window 12 was found empty at 09:36 and 10:07; at 10:07 its screen was unlocked and "
            "showed an applicant's entry, and papers lay open on the desk.",
        ),
        (
            "现场照片，两名检查人员分别所见",
            "Photograph; seen by two inspectors one after the other.",
        ),
        (
            "《中华人民共和国个人信息保护法》第五十一条",
            "Personal Information Protection Law, Article 51",
        ),
        Position.AGREE,
        (
            "立即整改，统一设置两分钟自动锁屏。",
            "Mended at once: screens now lock after two minutes.",
        ),
        FindingOutcome.ESTABLISHED,
        NOTHING,
        ("座位空置，未见人员", "The seat was empty, nobody was seen"),
        photos=("B_0023.jpg",),
    ),
    Problem(
        *("notice", ZHOU, "10:24", "10:36", TimeSource.NOTE, "07"),
        *(("FZ-P-X2", "DT-M2"), 2, None),
        (
            "咨询委托补办社会保障卡，窗口未一次性书面告知所需材料，让群众“回去问单位”。",
            "Asked about a card for somebody else, the window gave no written list of papers and "
            "sent the client to “ask the employer”.",
        ),
        ("模拟咨询，当场记录。", "Scripted request, noted on the spot."),
        (
            "《优化营商环境条例》第三十六条：一次性告知",
            "Regulations on Improving the Business Environment, Article 36: one-time notice.",
        ),
        Position.DISAGREE,
        (
            "认为窗口已口头说明，告知单放在台面可自取。",
            "Holds that the window explained it and that the leaflets lay on the desk.",
        ),
        FindingOutcome.ESTABLISHED,
        (
            "现场核对，台面无该事项告知单，不予采纳。",
            "There was no leaflet for this matter on the desk: not accepted.",
        ),
        ("男，40 岁左右，戴眼镜", "Man of about 40 with glasses"),
        ("07 号窗口 孙某（演示）", "Mr Sun, window 07 (demonstration)"),
        IdentitySource.OWN_STATEMENT,
    ),
    Problem(
        *("absent", LIN, "10:38", "10:52", TimeSource.STOPWATCH, "05"),
        *(("FZ-U-M4", "DT-B3"), 3, 6),
        (
            "05 号窗口 10:38 至 10:52 无人在岗 14 分钟，未放去向牌，无 B 岗顶岗，6 名群众等候，"
            "其中 1 人于 10:49 放弃办理。",
            "Window 05 was unattended for 14 minutes, 10:38 to 10:52: no sign, no deputy, six "
            "clients waiting, one of whom gave up at 10:49.",
        ),
        (
            "全程计时观察，两张照片前后印证",
            "Watched throughout with a stopwatch; two photographs bear it out.",
        ),
        (
            WINDOW_RULES[0] + "第八条：离岗须放置去向牌，10 分钟内由 B 岗顶岗",
            WINDOW_RULES[1] + ", item 8: whoever leaves sets up a sign, a deputy takes over within "
            "10 minutes.",
        ),
        Position.AGREE,
        (
            "情况属实，已安排 B 岗，当天谈话提醒。",
            "True. A deputy is assigned, the clerk spoken to.",
        ),
        FindingOutcome.ESTABLISHED,
        NOTHING,
        (
            "女，30 岁左右，短发，着深蓝色制服，10:52 由东侧通道返回",
            "Woman of about 30, short hair, dark blue uniform, came back by the east passage "
            "at 10:52",
        ),
        ("吴某（演示）", "Ms Wu (demonstration)"),
        IdentitySource.DUTY_MANAGER,
        ("IMG_1042.jpg", "IMG_1051.jpg"),
    ),
)
