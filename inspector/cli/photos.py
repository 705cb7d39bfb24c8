"""`photo`: photographs and other files of a visit."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from inspector.base.i18n import N_
from inspector.cli import clock_card, offering, placing
from inspector.cli.context import UsageError
from inspector.cli.describe import Teller, data_of
from inspector.cli.opening import opened
from inspector.cli.output import Output
from inspector.cli.placing import add_photo_argument
from inspector.cli.seen import add_seen, day_of, observer_of, seen_of
from inspector.cli.visits import add_visit_argument
from inspector.domain.clocktext import parse_moment
from inspector.domain.entities import Evidence, Placement, Visit
from inspector.domain.terms import messenger_copy
from inspector.operations.erasing import erase, erasures
from inspector.operations.evidence import (
    AddedFile,
    Taking,
    add_photos,
    caption,
    check_clock,
    evidence_of_visit,
    find_evidence,
    set_free_of_people,
    set_time,
)
from inspector.operations.exports import copy_original
from inspector.operations.meant import meant_files
from inspector.operations.offering import untimed
from inspector.operations.people import find_person
from inspector.operations.recording import find_visit, get
from inspector.operations.seeing import zone_of

if TYPE_CHECKING:
    import argparse

    from inspector.base.i18n import Translator
    from inspector.cli.context import Context
    from inspector.cli.parsing import Commands
    from inspector.domain.times import Seen
    from inspector.operations.session import Session

REFUSED = 3


def add_parsers(commands: Commands) -> None:
    """Declare the commands of `photo`."""
    _declare_add(commands)
    offering.declare(commands)
    rows = commands.add("list", _list, N_("List the files of a visit."), "photo list 1")
    add_visit_argument(rows)
    placing.declare(commands)
    note = commands.add(
        "caption",
        _caption,
        N_("Say what a photograph shows."),
        "photo caption 1 IMG_0042.jpg 05号窗口",
    )
    add_photo_argument(note).add("text", metavar=note.tr("TEXT"), help=N_("the caption"))
    _declare_free_of_people(commands)
    time = commands.add(
        "time",
        _time,
        N_("Give a file a time, with what that rests on."),
        "photo time 1 mmexport1.jpg --at 10:40 --time-source note",
    )
    add_seen(add_photo_argument(time))
    _declare_clock(commands)
    _declare_erase(commands)
    look = commands.add(
        "open",
        _open,
        N_("Write a copy of an original; the record says that it was taken out."),
        "photo open 1 IMG_0042.jpg copy.jpg",
    )
    add_photo_argument(look).add(
        "file", type=Path, metavar=look.tr("FILE"), help=N_("the new file to write")
    )


def _declare_free_of_people(commands: Commands) -> None:
    people = commands.add(
        "free-of-people",
        _free_of_people,
        N_("Say that a photograph was looked at and shows no people; only such go to the unit."),
        "photo free-of-people 1 IMG_0042.jpg",
        "photo free-of-people 1 IMG_0042.jpg --no",
    )
    add_photo_argument(people).add(
        "--no", action="store_true", help=N_("people are to be seen: take the word back")
    )


def _declare_clock(commands: Commands) -> None:
    clock_card.declare(commands)
    check = commands.add(
        "clock-check",
        _clock_check,
        N_("Say what the clock card showed on a photograph, and correct that camera's times."),
        "photo clock-check 1 IMG_0001.jpg --shown 9:02:10",
    )
    add_photo_argument(check).add(
        "--shown",
        required=True,
        metavar=check.tr("TIME"),
        help=N_("the time on the card, with seconds"),
    )
    add_seen(check)


def _declare_add(commands: Commands) -> None:
    add = commands.add(
        "add",
        _add,
        N_(
            "Take in files and folders unchanged. A file that cannot be taken is refused with a "
            "reason and the others are stored; then the exit code is 3."
        ),
        "photo add 1 /media/card/DCIM",
        "photo add 1 mmexport1.jpg --at 10:40 --time-source note --seen-by 李娜",
    )
    add_visit_argument(add)
    tr = add.tr
    add.add("paths", nargs="+", type=Path, metavar=tr("PATH"), help=N_("files and folders"))
    add.add(
        "--provided",
        action="store_true",
        help=N_("handed over by the unit, not taken by the team"),
    )
    add_seen(add)


def _declare_erase(commands: Commands) -> None:
    gone = commands.add(
        "erase",
        _erase,
        N_(
            "Remove the bytes of a file for good, with the reason and a second person. Hash, "
            "reason and both persons stay in the record."
        ),
        "photo erase 1 IMG_0099.jpg --reason 私人照片 --second-person 王芳",
    )
    add_photo_argument(gone)
    tr = gone.tr
    gone.add("--reason", required=True, metavar=tr("TEXT"), help=N_("why"))
    gone.add(
        "--second-person",
        required=True,
        metavar=tr("PERSON"),
        help=N_("who agrees, another than who is typing"),
    )


def _add(context: Context, args: argparse.Namespace) -> Output:
    tr = context.tr
    added: list[AddedFile] = []
    results: list[dict[str, Any]] = []
    with opened(context) as session:
        visit = find_visit(session, args.visit)
        taking = Taking(seen=_taken_by(context, session, visit, args), provided=args.provided)
        meant = meant_files(session, args.paths)
        skipped = [{"path": str(each.path), "why": each.why} for each in meant.passed_over]
        data = {"results": results, "skipped": skipped}
        context.so_far.update(data)
        for each in add_photos(session, visit.id, meant, taking, context.progress):
            added.append(each)
            results.append(_result(each, tr))
        known = {each.id: each for each in evidence_of_visit(session, visit.id)}
    refusals = [
        each.taken.reason
        for each in added
        if each.taken.status == "refused" and each.taken.reason is not None
    ]
    lines = [_line(each, known.get(each.evidence), tr) for each in added]
    lines += [each.text(tr) for each in meant.passed_over]
    return Output(data, lines, refusals, REFUSED if refusals else 0)


def _taken_by(context: Context, session: Session, visit: Visit, args: argparse.Namespace) -> Seen:
    """Return who took the files, and the time for those that state none; usually there is none."""
    if args.at is not None or args.start is not None:
        return seen_of(context, session, visit, args)
    # A file without a time of its own stays without one: when it was typed in proves nothing.
    return untimed(session, visit.id, observer_of(session, visit, args))


def _result(added: AddedFile, tr: Translator) -> dict[str, Any]:
    taken = added.taken
    return {
        "path": str(taken.path),
        "status": taken.status,
        "sha256": taken.sha256,
        "reason": taken.reason.code if taken.reason else None,
        "message": taken.reason.text(tr) if taken.reason else None,
        "id": added.evidence,
        "mime": taken.mime,
        "bytes": taken.size,
        "doubt": {"code": taken.doubt.code, "text": taken.doubt.text(tr)} if taken.doubt else None,
    }


def _line(added: AddedFile, evidence: Evidence | None, tr: Translator) -> str:
    """Return a file's fate; of a stored one also what is worth knowing, such as no preview."""
    line = f"{_status(added, tr)}  {added.taken.name}"
    if added.taken.status == "refused":
        return line
    marks = [messenger_copy(tr.lang)] if evidence and evidence.messenger_copy else []
    if evidence and evidence.observed_from is None:
        marks.append(tr("time not known"))
    told = (added.taken.doubt, added.taken.reason)
    marks += [each.text(tr) for each in told if each is not None]
    return f"{line}  ({tr(', ').join(marks)})" if marks else line


def _status(added: AddedFile, tr: Translator) -> str:
    names = {"stored": tr("stored"), "duplicate": tr("known before"), "refused": tr("refused")}
    return names[added.taken.status]


def _list(context: Context, args: argparse.Namespace) -> Output:
    with opened(context) as session:
        visit = find_visit(session, args.visit)
        found = evidence_of_visit(session, visit.id)
        placements = session.store.select(Placement, "visit = ? AND void IS NULL", visit.id)
        teller = Teller(session, visit, context.tr)
        lines = [teller.line(each) for each in found]
        gone = erasures(session)
    placed: dict[str, list[dict[str, str]]] = {each.id: [] for each in found}
    for each in placements:
        entry = {"kind": each.target_kind.value, "id": each.target}
        placed.setdefault(each.evidence, []).append(entry)
    erased = {
        each.sha256: {"reason": each.reason, "agreed": each.second_person} for each in gone.values()
    }
    data = {
        "photos": [
            data_of(each) | {"placed": placed[each.id], "erased": erased.get(each.sha256)}
            for each in found
        ]
    }
    return Output(data, lines or [context.tr("No files yet.")])


def _caption(context: Context, args: argparse.Namespace) -> Output:
    with opened(context) as session:
        visit = find_visit(session, args.visit)
        photo = find_evidence(session, visit.id, args.photo)
        caption(session, photo.id, args.text)
        return _told(context, session, visit, photo.id)


def _free_of_people(context: Context, args: argparse.Namespace) -> Output:
    with opened(context) as session:
        visit = find_visit(session, args.visit)
        photo = find_evidence(session, visit.id, args.photo)
        set_free_of_people(session, photo.id, not args.no)
        return _told(context, session, visit, photo.id)


def _time(context: Context, args: argparse.Namespace) -> Output:
    with opened(context) as session:
        visit = find_visit(session, args.visit)
        photo = find_evidence(session, visit.id, args.photo)
        if args.at is None and args.start is None:
            raise UsageError(context.tr("Give the time with --at."))
        set_time(session, photo.id, seen_of(context, session, visit, args))
        return _told(context, session, visit, photo.id)


def _clock_check(context: Context, args: argparse.Namespace) -> Output:
    tr = context.tr
    with opened(context) as session:
        visit = find_visit(session, args.visit)
        photo = find_evidence(session, visit.id, args.photo)
        zone = zone_of(session, visit)
        shown = parse_moment(args.shown, day_of(context, session, visit, args), zone)
        check = check_clock(session, photo.id, shown, seen_of(context, session, visit, args))
    message = tr(
        "{camera}: {seconds} s are added to its times.",
        camera=check.camera,
        seconds=check.offset_ms // 1000,
    )
    return Output(data_of(check), [message])


def _erase(context: Context, args: argparse.Namespace) -> Output:
    with opened(context) as session:
        visit = find_visit(session, args.visit)
        photo = find_evidence(session, visit.id, args.photo)
        second = find_person(session, args.second_person)
        erase(session, photo.id, args.reason, second.id)
    data = {"id": photo.id, "sha256": photo.sha256, "reason": args.reason}
    message = context.tr(
        "The bytes of {name} are gone; its hash {hash} and the reason stay.",
        name=photo.original_name,
        hash=photo.sha256[:8],
    )
    return Output(data, [message])


def _open(context: Context, args: argparse.Namespace) -> Output:
    with opened(context) as session:
        visit = find_visit(session, args.visit)
        photo = find_evidence(session, visit.id, args.photo)
        copy_original(session, photo.id, args.file)
    data = {"id": photo.id, "path": str(args.file), "sha256": photo.sha256}
    return Output(data, [str(args.file)])


def _told(context: Context, session: Session, visit: Visit, photo: str) -> Output:
    found = get(session, Evidence, photo)
    return Output(data_of(found), [Teller(session, visit, context.tr).line(found)])
