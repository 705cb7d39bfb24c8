"""The scenes of the demonstration, each through the operations that people use."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from inspector.domain.entities import (
    Feedback,
    Finding,
    FindingPerson,
    Hall,
    HeadCount,
    Remark,
    Statement,
    Trip,
    Unit,
    Wait,
)
from inspector.domain.findings import CONFIRMED_FROM
from inspector.domain.hours_text import parse_text
from inspector.domain.schedules import to_json
from inspector.domain.vocabulary import (
    Basis,
    ConfirmationMethod,
    EventKind,
    Phase,
    TargetKind,
    TimeSource,
)
from inspector.operations import demo_photos as shots
from inspector.operations import demo_script as script
from inspector.operations.demo_answers import ANSWERS
from inspector.operations.demo_findings import PROBLEMS, SPEAKER
from inspector.operations.demo_script import CHEN, LIN, ZHOU
from inspector.operations.demo_stage import ZONE, Stage
from inspector.operations.evidence import (
    Taking,
    add_photos,
    caption,
    check_clock,
    find_evidence,
    place,
    set_time,
)
from inspector.operations.feedback import give_feedback, state
from inspector.operations.findings import add_finding, confirm, describe_person, set_outcome
from inspector.operations.observing import (
    count_heads,
    record_answer,
    record_wait,
    remark,
    sight,
    start_round,
    sweep,
)
from inspector.operations.pasting import paste, read_notes
from inspector.operations.people import add_person, use_person
from inspector.operations.places import (
    add_hall,
    add_unit,
    add_windows,
    numbered_windows,
    unit_id,
    window_id,
)
from inspector.operations.visits import (
    accept_rules,
    add_trip,
    amend_trip,
    change_phase,
    new_visit,
    note_event,
    reveal,
)

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from inspector.base.i18n import Lang
    from inspector.base.progress import Progress
    from inspector.domain.entities import Window
    from inspector.operations.demo_script import Problem
    from inspector.operations.evidence import AddedFile
    from inspector.operations.session import Session


def prepare(session: Session, midnight: datetime, lang: Lang) -> Stage:
    """Record people, places, authority and a new visit; everybody accepts the covert rules."""
    stage = Stage(session, midnight, lang, {}, "", "", "")
    people = {}
    for who, (name, post, credential) in script.PEOPLE.items():
        person = add_person(
            session,
            stage.say(name),
            post=stage.say(post),
            unit=stage.say(script.OFFICE),
            credential=credential,
        )
        people[who] = person.id
    use_person(session, people[LIN])
    stage = replace(stage, people=people, hall=_places(stage))
    trip = add_trip(session, _authority(stage))
    visit = new_visit(session, stage.hall, list(people.values()), trip=trip.id)
    stage = replace(stage, trip=trip.id, visit=visit.id)
    for who in people:
        accept_rules(session, visit.id, stage.seen(who, "09:05"))
    return stage


def _places(stage: Stage) -> str:
    """Record the units and the hall with its windows; return the hall's id."""
    session, say = stage.session, stage.say
    for code, name, parent in script.UNITS:
        above = unit_id(session, parent) if parent else None
        add_unit(session, Unit(id="", code=code, name=say(name), parent=above))
    hall = Hall(
        id="",
        code=script.HALL_CODE,
        name=say(script.HALL),
        unit=unit_id(session, script.UNITS[-1][0]),
        address=say(script.ADDRESS),
        zone_minutes=ZONE,
        hours=to_json(parse_text(say(script.HOURS))),
    )
    windows = [_furnished(stage, window) for window in _numbered(stage)]
    hall = add_hall(session, hall, windows)
    number, by = script.COVERED
    covered = next(window for window in windows if window.number == number)
    add_windows(session, hall.id, [replace(covered, covered_by=window_id(session, hall.id, by))])
    return hall.id


def _numbered(stage: Stage) -> list[Window]:
    return numbered_windows(script.WINDOWS, [stage.say(floor) for floor in script.FLOORS])


def _furnished(stage: Stage, window: Window) -> Window:
    """Return a window with the zone and the matters that belong to its number."""
    share = script.WINDOWS // len(script.ZONES)
    zone, matters = script.ZONES[(window.position - 1) // share]
    return replace(
        window, zone=stage.say(zone), matters=tuple(stage.say(matter) for matter in matters)
    )


def _authority(stage: Stage) -> Trip:
    say, midnight = stage.say, stage.midnight
    return Trip(
        id="",
        name=say(script.TRIP),
        basis=Basis.GOVERNMENT,
        legal_basis=say(script.LEGAL_BASIS),
        document_title=say(script.DOCUMENT),
        document_number=say(script.DOCUMENT_NUMBER).format(year=midnight.year),
        issuer=say(script.OFFICE),
        scope=say(script.SCOPE),
        valid_from=(midnight - timedelta(days=7)).date().isoformat(),
        valid_to=(midnight + timedelta(days=30)).date().isoformat(),
        leader=stage.people[CHEN],
    )


def observe(stage: Stage) -> None:
    """Record what was seen, covertly and then openly, with the times of the notes."""
    session, visit = stage.session, stage.visit
    arrived = stage.seen(LIN, script.COVERT_FROM, source=TimeSource.HALL_CLOCK)
    change_phase(session, visit, Phase.COVERT, arrived)
    note_event(session, visit, EventKind.ARRIVED, arrived)
    _look_at_windows(stage)
    _wait_and_ask(stage)
    pasted = read_notes(session, visit, stage.say(script.PASTED), stage.midnight.date(), ZONE)
    paste(session, visit, pasted, stage.seen(ZHOU))
    for who, at, to_whom in script.REVEALS:
        shown = {"to_whom": stage.say(to_whom), "document": stage.say(script.DOCUMENT_SHOWN)}
        reveal(session, visit, stage.seen(who, at), **shown)
    change_phase(session, visit, Phase.OVERT, stage.seen(CHEN, script.OVERT_FROM))
    for reply in ANSWERS:
        seen = stage.seen(reply.who, reply.at, source=reply.source)
        note = stage.say(reply.note)
        record_answer(session, visit, reply.code, reply.text, seen, note=note)


def _look_at_windows(stage: Stage) -> None:
    """Walk two rounds, watch window 05, count heads."""
    session, visit = stage.session, stage.visit
    floors = [stage.say(floor) for floor in script.FLOORS]
    looks = list(script.LOOKS)
    for number, (who, start, end, sweeps) in enumerate(script.ROUNDS, start=1):
        walk = start_round(session, visit, stage.seen(who, start, end))
        for look in looks:
            if look.round == number:
                _sight(stage, look, walk.id)
        for sweeper, floor, at in sweeps:
            sweep(session, visit, walk, stage.seen(sweeper, at), floor=floors[floor])
    for look in looks:
        if look.round == 0:
            _sight(stage, look, None)
    for who, at, floor, staffed, total in script.HEAD_COUNTS:
        count = HeadCount(id="", visit=visit, floor=floors[floor], staffed=staffed, total=total)
        count_heads(session, count, stage.seen(who, at))


def _sight(stage: Stage, look: script.Look, in_round: str | None) -> None:
    sight(
        stage.session,
        stage.visit,
        stage.window(look.window),
        look.state,
        stage.seen(look.who, look.at, look.end, look.source),
        in_round=in_round,
        continuous=bool(look.end),
        people_waiting=look.people,
        note=stage.say(look.note),
    )


def _wait_and_ask(stage: Stage) -> None:
    for queue in script.QUEUES:
        wait = Wait(
            id="",
            visit=stage.visit,
            window=stage.window(queue.window).id,
            ticket=queue.ticket,
            joined=stage.ms(queue.joined),
            called=stage.ms(queue.called),
            ended=stage.ms(queue.ended),
            outcome=queue.outcome,
            promised_minutes=script.PROMISED_MINUTES,
            rule=stage.say(script.PROMISE),
            people_ahead=queue.ahead,
            note=stage.say(queue.note),
        )
        seen = stage.seen(queue.who, queue.joined, queue.ended, TimeSource.TICKET)
        record_wait(stage.session, wait, seen)
    for note in script.NOTES:
        entry = Remark(
            id="",
            visit=stage.visit,
            kind=note.kind,
            window=stage.window(note.window).id,
            text=stage.say(note.text),
            reply=stage.say(note.reply),
            before=note.before,
            after=note.after,
            measure_unit=stage.say(note.unit),
        )
        remark(stage.session, entry, stage.seen(note.who, note.at))


def take_in(stage: Stage, folder: Path, who: str, progress: Progress) -> list[AddedFile]:
    """Take in a folder of photographs that `who` brought."""
    taking = Taking(stage.seen(who))
    return list(add_photos(stage.session, stage.visit, [folder], taking, progress))


def correct_clock(stage: Stage) -> None:
    """Read the photographed clock card, and give the messenger's copy the time that was noted."""
    session = stage.session
    card = next(shot for shot in shots.SHOTS if shot.name == shots.CARD)
    shown = shots.sample(card, stage.midnight, stage.lang).shown
    found = find_evidence(session, stage.visit, shots.CARD)
    if shown is not None:
        seen = replace(stage.seen(LIN, "09:12", source=TimeSource.PHOTOGRAPH), precision=1)
        check_clock(session, found.id, round(shown.timestamp() * 1000), seen)
    copy = find_evidence(session, stage.visit, shots.COPY)
    set_time(session, copy.id, stage.seen(LIN, "10:45", source=TimeSource.MEMORY))


def find(stage: Stage) -> dict[str, str]:
    """Record the problems and the persons in them; return the ids by their short names."""
    ids = {}
    for problem in PROBLEMS:
        window = stage.window(problem.window).id if problem.window else None
        finding = Finding(
            id="",
            visit=stage.visit,
            situations=problem.situations,
            severity=problem.severity,
            window=window,
            people_waiting=problem.people,
            basis=stage.say(problem.basis),
            rule=stage.say(problem.rule),
            text=stage.say(problem.text),
        )
        seen = stage.seen(problem.who, problem.at, problem.end, problem.source)
        finding = add_finding(stage.session, finding, seen)
        _describe(stage, problem, finding.id)
        ids[problem.key] = finding.id
    return ids


def _describe(stage: Stage, problem: Problem, finding: str) -> None:
    """Record a person as seen, and who it was confirmed to be – by the leader, afterwards."""
    if not problem.seen_as[0]:
        return
    person = FindingPerson(
        id="",
        finding=finding,
        description=stage.say(problem.seen_as),
    )
    seen = stage.seen(problem.who, problem.at, problem.end, problem.source)
    identified = None
    if problem.identity_source:
        person = replace(
            person,
            identity=stage.say(problem.identity),
            identity_source=problem.identity_source,
        )
        identified = stage.seen(CHEN, script.IDENTIFIED)
    describe_person(stage.session, person, seen, identified)


def give_back(stage: Stage, ids: dict[str, str]) -> None:
    """Confirm, tell the unit, record what it says and what comes of each problem, and leave."""
    session, visit = stage.session, stage.visit
    paper = find_evidence(session, visit, shots.CONFIRMED)
    for problem in PROBLEMS:
        if problem.severity >= CONFIRMED_FROM:
            second = stage.seen(ZHOU if problem.who != ZHOU else LIN, "11:22")
            method = ConfirmationMethod.SIGNED_PAPER
            confirm(session, ids[problem.key], method, second, evidence=paper.id)
    change_phase(session, visit, Phase.FEEDBACK, stage.seen(CHEN, script.FEEDBACK_FROM))
    present = tuple(stage.say(name) for name in script.PRESENT)
    feedback = Feedback(
        id="",
        visit=visit,
        findings=tuple(ids.values()),
        people_present=present,
        sheet=find_evidence(session, visit, shots.SHEET).id,
    )
    told = stage.seen(CHEN, script.FEEDBACK_FROM, "11:37")
    feedback = give_feedback(session, feedback, told)
    place(session, feedback.sheet or "", TargetKind.FEEDBACK, feedback.id)
    for problem in PROBLEMS:
        statement = Statement(
            id="",
            finding=ids[problem.key],
            speaker=stage.say(SPEAKER),
            position=problem.position,
            text=stage.say(problem.said),
        )
        state(session, statement, stage.seen(CHEN, "11:30"))
        set_outcome(session, ids[problem.key], problem.outcome, stage.say(problem.reason))
    note_event(session, visit, EventKind.LEFT, stage.seen(CHEN, script.LEFT_AT))
    _conclude(stage, present)


def _conclude(stage: Stage, present: tuple[str, ...]) -> None:
    """Add to the journey what was heard, praised and asked for."""
    amend_trip(
        stage.session,
        stage.trip,
        {
            "report_heard": stage.say(script.REPORT_HEARD),
            "people_present": present,
            "praise": stage.say(script.PRAISE),
            "opinions": tuple(stage.say(opinion) for opinion in script.OPINIONS),
        },
    )


def place_photographs(stage: Stage, ids: dict[str, str], files: list[AddedFile]) -> None:
    """Say what each photograph shows and where it belongs.

    Photographs that were not drawn go to the problems in turn, as many as there are places.
    """
    own = {each.taken.name: each.evidence for each in files if each.taken.status == "stored"}
    targets: dict[str, tuple[TargetKind, str]] = {}
    for problem in PROBLEMS:
        targets |= {name: (TargetKind.FINDING, ids[problem.key]) for name in problem.photos}
    targets[shots.COPY] = (TargetKind.FINDING, ids["absent"])
    for shot in shots.SHOTS:
        if evidence := own.pop(shot.name, ""):
            caption(stage.session, evidence, stage.say(shot.caption))
            if shot.target:
                targets[shot.name] = (shot.target[0], _target(stage, shot.target, shot.who))
            if shot.name in targets:
                place(stage.session, evidence, *targets[shot.name])
    pictures = [
        each.evidence
        for each in files
        if each.taken.name in own and each.taken.photo and each.taken.photo.decodable
    ]
    keys = [problem.key for problem in PROBLEMS for _ in problem.photos]
    for key, evidence in zip(keys, dict.fromkeys(pictures), strict=False):
        place(stage.session, evidence, TargetKind.FINDING, ids[key])


def _target(stage: Stage, target: tuple[TargetKind, str], who: str) -> str:
    """Return the id of a window by its number, or of the answer to an item by its code."""
    kind, name = target
    if kind is TargetKind.WINDOW:
        return stage.window(name).id
    reply = next(each for each in ANSWERS if each.code == name)
    store = stage.session.store
    return store.derived_id("answer", stage.visit, name, stage.people[reply.who])
