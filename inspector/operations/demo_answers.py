"""What the demonstration answers to the checklist: codes, texts, who saw it when."""

from __future__ import annotations

from dataclasses import dataclass

from inspector.domain.vocabulary import TimeSource
from inspector.operations.demo_script import CHEN, LIN, NOTHING, ZHOU, Say


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer as a person types it."""

    code: str
    text: str
    who: str
    at: str
    source: TimeSource = TimeSource.NOTE
    note: Say = NOTHING


YES, NO, NA, UNSEEN = "conforms", "does not conform", "not applicable", "not seen"

ANSWERS: tuple[Reply, ...] = (
    Reply("S01-01", YES, LIN, "09:30"),
    Reply("S01-02", "30", LIN, "09:30", TimeSource.HALL_CLOCK),
    Reply("S01-03", YES, LIN, "09:31"),
    Reply("S01-04", YES, ZHOU, "09:31"),
    Reply("S01-05", YES, ZHOU, "09:32"),
    Reply("S01-06", YES, LIN, "09:32", TimeSource.MEMORY),
    Reply("S01-07", YES, LIN, "09:32", TimeSource.MEMORY),
    Reply("S02-01", "36", LIN, "09:41"),
    Reply("S02-02", "30", LIN, "09:47"),
    Reply("S02-05", "14", LIN, "10:52", TimeSource.STOPWATCH, ("05 号窗口", "Window 05")),
    Reply("S02-06", NO, LIN, "10:52", TimeSource.STOPWATCH, ("05 号窗口", "Window 05")),
    Reply("S02-07", NO, LIN, "10:52"),
    Reply("S02-11", YES, CHEN, "11:07"),
    Reply("S03-01", "0", LIN, "10:31"),
    Reply("S03-03", "2", ZHOU, "10:44", note=("C 区通道两人闲谈", "Two chatting in zone C")),
    Reply("S03-05", "0", LIN, "10:31"),
    Reply("S04-01", YES, LIN, "09:40", TimeSource.MEMORY),
    Reply("S04-02", "1", ZHOU, "10:44", note=("24 号窗口", "Window 24")),
    Reply("S04-03", YES, LIN, "09:40"),
    Reply("S04-06", "一般", ZHOU, "10:24"),
    Reply("S05-01", YES, LIN, "09:33"),
    Reply("S05-02", "1", ZHOU, "09:49", TimeSource.STOPWATCH),
    Reply("S05-04", "1", ZHOU, "10:36"),
    Reply("S05-06", "一般", ZHOU, "10:36"),
    Reply("S05-08", YES, LIN, "11:12"),
    Reply("S06-01", YES, ZHOU, "10:36"),
    Reply("S06-02", NO, ZHOU, "10:36", note=("未给一次性告知单", "No written notice")),
    Reply("S06-04", NA, ZHOU, "10:36", note=("未提交申请", "No application was made")),
    Reply("S06-06", "0", ZHOU, "10:36"),
    Reply("S07-02", "2.5/5", CHEN, "11:15"),
    Reply("S07-03", "0", CHEN, "11:16"),
    Reply("S07-07", "35/36", CHEN, "11:16"),
    Reply("S08-01", YES, ZHOU, "09:50"),
    Reply("S08-02", "09:50", ZHOU, "09:50", TimeSource.TICKET),
    Reply("S08-03", "10:24", ZHOU, "10:24", TimeSource.TICKET),
    Reply("S08-04", "34", ZHOU, "10:24", TimeSource.TICKET),
    Reply("S08-05", "12", ZHOU, "10:36", TimeSource.STOPWATCH),
    Reply("S08-06", "11/8", ZHOU, "09:51"),
    Reply("S08-07", NO, ZHOU, "10:10"),
    Reply("S08-09", YES, LIN, "10:20"),
    Reply("S09-01", YES, ZHOU, "09:57"),
    Reply("S09-02", NO, ZHOU, "09:58", TimeSource.PHOTOGRAPH),
    Reply("S09-05", YES, ZHOU, "09:59"),
    Reply("S09-06", YES, LIN, "10:15"),
    Reply("S10-01", YES, ZHOU, "10:36"),
    Reply("S10-06", UNSEEN, ZHOU, "10:36"),
    Reply("S11-01", YES, LIN, "10:16"),
    Reply("S11-04", "2", CHEN, "11:09", TimeSource.STOPWATCH),
    Reply("S11-05", YES, LIN, "09:33"),
    Reply("S11-06", "4/10", CHEN, "11:10", note=("其余 6 件无回访记录", "No call-back in 6 cases")),
    Reply("S11-07", NO, CHEN, "11:10"),
    Reply("S12-01", "212/220", CHEN, "11:14"),
    Reply("S13-01", "1/4", LIN, "10:18", TimeSource.PHOTOGRAPH),
    Reply("S13-02", YES, LIN, "10:18"),
    Reply("S14-01", YES, ZHOU, "09:55", TimeSource.MEMORY),
    Reply("S14-05", NA, LIN, "11:00", note=("维修公示中", "Closed for repair, with a notice")),
    Reply("S15-01", YES, LIN, "09:40"),
    Reply("S15-03", "1", LIN, "10:19", note=("急救箱缺失", "The first-aid box is missing")),
    Reply("S16-01", NO, LIN, "11:08", TimeSource.PHOTOGRAPH, ("当场清理", "Cleared on the spot")),
    Reply("S16-02", "0", LIN, "11:09"),
    Reply("S17-01", NO, ZHOU, "10:07", TimeSource.PHOTOGRAPH, ("12 号窗口", "Window 12")),
    Reply("S17-04", "1", ZHOU, "10:07", TimeSource.PHOTOGRAPH, ("12 号窗口", "Window 12")),
    Reply("S19-01", YES, CHEN, "11:17"),
    Reply("S19-05", "0/12", CHEN, "11:18"),
    Reply("S20-01", "9/9", CHEN, "11:19"),
)
