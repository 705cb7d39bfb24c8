# ruff: noqa: E501 - a table of sample data reads better in long lines
"""What was seen in the hall: arrival and reveal, rounds past the windows, waits, heads, remarks."""

from __future__ import annotations

from inspector.domain.entities import Event, HeadCount, Remark, Round, Sighting, Sweep, Wait
from inspector.domain.vocabulary import EventKind, RemarkKind, TimeSource, WaitOutcome, WindowState
from tests.report.sample.moments import at, seen, typed

Walks = tuple[tuple[Round, ...], tuple[Sighting, ...], tuple[Sweep, ...]]


#: By round: when it began, and the windows that were not serving.
STARTS = {1: (9, 12), 2: (10, 5), 3: (10, 48), 4: (11, 20)}
EMPTY = {1: (5, 14, 22), 2: (5, 6, 14, 30), 3: (5,), 4: (14, 22, 33)}
OTHER = {
    1: {3: WindowState.IDLE, 9: WindowState.PAUSED, 7: WindowState.UNATTENDED},
    2: {3: WindowState.IDLE, 11: WindowState.ABSENT_WITH_NOTICE, 36: WindowState.CLOSED},
    3: {4: WindowState.IDLE, 18: WindowState.PAUSED},
    4: {20: WindowState.ABSENT_WITH_NOTICE, 36: WindowState.CLOSED},
}
#: The round that went past the first floor only, and its windows.
SHORT, FLOOR = 3, "一楼"
#: Windows that nobody looked at in any round.
MISSED = (15, 29)


def notable(number: int) -> dict[int, WindowState]:
    """Return the states of the windows of a round that were not serving."""
    return dict.fromkeys(EMPTY[number], WindowState.UNATTENDED) | OTHER[number]


def rounds_and_states() -> Walks:
    """Return the rounds, what was seen of single windows in them, and of all the rest."""
    walks = []
    sightings = []
    sweeps = []
    for number, (hour, minute) in STARTS.items():
        floor = FLOOR if number == SHORT else ""
        past = seen(hour, minute, to=at(hour, minute + 9))
        walks.append(Round(id=f"r{number}", number=number, floor=floor, **past))
        known = notable(number)
        sightings += [
            Sighting(
                id=f"s{number}-{window}",
                round=f"r{number}",
                window=f"w{window}",
                state=state,
                people_waiting=6 if window == 5 else None,
                **seen(hour, minute + 1 + window % 8, by="p2"),
            )
            for window, state in known.items()
        ]
        last = 18 if floor else 36
        left = (n for n in range(1, last + 1) if n not in known and n not in MISSED)
        rest = tuple(f"w{n}" for n in left)
        about = {"round": f"r{number}", "floor": floor, "windows": rest}
        sweeps.append(Sweep(id=f"sw{number}", **about, **seen(hour, minute + 9)))
    return tuple(walks), (*sightings, watched()), tuple(sweeps)


def watched() -> Sighting:
    """Return the window that was watched without a break."""
    return Sighting(
        id="s-long",
        window="w5",
        state=WindowState.UNATTENDED,
        continuous=True,
        people_waiting=8,
        note="叫号屏仍在叫号",
        **seen(10, 38, to=at(10, 52)),
    )


def waits() -> tuple[Wait, ...]:
    return (
        Wait(id="q1", window="w5", ticket="A031", joined=at(10, 20), called=at(10, 58), ended=at(11, 6),
             outcome=WaitOutcome.DONE, promised_minutes=15, rule="大厅公示承诺", **seen(10, 20, to=at(11, 6), time_source=TimeSource.TICKET, time_precision=60)),
        Wait(id="q2", window="w12", ticket="B007", joined=at(9, 30), called=at(9, 41), ended=at(9, 52),
             outcome=WaitOutcome.DONE, promised_minutes=15, rule="大厅公示承诺", **seen(9, 30, to=at(9, 52), by="p2")),
        Wait(id="q3", window="w22", ticket="C112", joined=at(9, 50), ended=at(10, 21),
             outcome=WaitOutcome.GAVE_UP, promised_minutes=20, rule="大厅公示承诺", **seen(9, 50, to=at(10, 21), by="p3")),
        Wait(id="q4", window="w33", joined=at(11, 10), outcome=WaitOutcome.WAITING,
             promised_minutes=15, rule="大厅公示承诺", **seen(11, 10, to=at(11, 34), by="p3")),
    )  # fmt: skip


def events() -> tuple[Event, ...]:
    """Return the moments that divide the visit."""
    return (
        Event(
            id="ev0",
            kind=EventKind.RULES_ACCEPTED,
            **seen(8, 40, time_source=TimeSource.LIVE, entered=typed("p1", 8, 40)),
        ),
        Event(
            id="ev1",
            kind=EventKind.ARRIVED,
            note="三人分两路进入大厅",
            **seen(9, 2, time_source=TimeSource.HALL_CLOCK, time_precision=60),
        ),
        Event(id="ev2", kind=EventKind.PHASE, phase="covert", **seen(9, 2)),
        Event(
            id="ev3",
            kind=EventKind.REVEAL,
            to_whom="大厅值班长孙某",
            document="督查证 督查字0012",
            **seen(10, 53),
        ),
        Event(id="ev4", kind=EventKind.PHASE, phase="overt", **seen(10, 54)),
        Event(id="ev5", kind=EventKind.PHASE, phase="feedback", **seen(11, 50)),
        Event(
            id="ev6",
            kind=EventKind.LEFT,
            **seen(12, 30, time_source=TimeSource.MEMORY, time_precision=300),
        ),
    )


def head_counts() -> tuple[HeadCount, ...]:
    """Return the windows staffed on each floor."""
    return (
        HeadCount(id="hc1", floor="一楼", staffed=15, total=18, **seen(9, 12)),
        HeadCount(
            id="hc2",
            floor="二楼",
            staffed=16,
            total=18,
            note="33号灯亮无人",
            **seen(11, 21, by="p3"),
        ),
    )


def remarks() -> tuple[Remark, ...]:
    """Return a good practice and a request with its reply."""
    return (
        Remark(
            id="rm1",
            kind=RemarkKind.GOOD_PRACTICE,
            window="w18",
            text="帮办代办窗口为老年人提供全程陪同，材料预审当场完成。",
            before="3",
            after="1",
            measure_unit="次跑动",
            **seen(9, 40, by="p2"),
        ),
        Remark(
            id="rm2",
            kind=RemarkKind.SCRIPTED_REQUEST,
            window="w12",
            text="询问：外地户口能否办理公积金提取？",
            reply="可以，带身份证和离职证明，其他材料系统能查到。",
            **seen(9, 41, by="p2"),
        ),
    )
