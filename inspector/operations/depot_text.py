"""What checking, copying and mending a depot came to, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector.base.i18n import N_
from inspector.operations.exchange_text import amount_text

if TYPE_CHECKING:
    from inspector.base.i18n import Translator
    from inspector.operations.depots import Repaired
    from inspector.sync.mirror import Mirrored
    from inspector.sync.scrub import Problem, Scrubbed

#: What is wrong with an object, by its code.
_WRONG = {
    "name": N_("damaged: not the bytes that were written"),
    "form": N_("damaged: cut off, empty or something else"),
    "kind": N_("something else than its place says"),
    "space": N_("belongs to another team or campaign"),
    "too_large": N_("larger than anything may be"),
    "missing": N_("should be there, and is not"),
    "unreadable": N_("cannot be read from the medium"),
}
#: Lines of problems before only their number is told; `--json` has them all.
_SHOWN = 20


def check_lines(done: Scrubbed, place: str, tr: Translator) -> list[str]:
    """Return what a check came to, the most important last."""
    lines = problem_lines(done.problems, tr)
    if done.unknown:
        lines.append(
            tr(
                "{count} files there are not of this version and were left alone.",
                count=done.unknown,
            )
        )
    told = {
        "count": done.checked,
        "objects": done.objects,
        "amount": amount_text(done.bytes),
        "place": place,
    }
    if done.problems:
        missing = sum(problem.code == "missing" for problem in done.problems)
        bad = len(done.problems) - missing
        lines.append(
            tr(
                "{place}: {count} of {objects} read ({amount}); {bad} damaged, {missing} missing.",
                bad=bad,
                missing=missing,
                **told,
            )
        )
        return [*lines, tr("Mend it from a computer that holds them: depot repair.")]
    lines.append(tr("{place}: {count} of {objects} read ({amount}), all sound.", **told))
    if not done.compared:
        lines.append(tr("Whether anything is missing there, a member's computer can tell."))
    return lines


def problem_lines(problems: list[Problem], tr: Translator) -> list[str]:
    """Return a line for each of the first problems, and how many more there are."""
    lines = [
        f"{problem.where}: {tr(_WRONG.get(problem.code, problem.code))}"
        for problem in problems[:_SHOWN]
    ]
    if len(problems) > _SHOWN:
        lines.append(tr("… and {count} more", count=len(problems) - _SHOWN))
    return lines


def mirror_lines(done: Mirrored, place: str, tr: Translator) -> list[str]:
    """Return what a copy came to."""
    lines = problem_lines(done.problems, tr)
    if done.problems:
        lines.append(tr("{count} files were not copied: damaged.", count=len(done.problems)))
    return [
        *lines,
        tr(
            "{copied} of {objects} copied to {place} ({amount}), each read back.",
            copied=done.copied,
            objects=done.objects,
            amount=amount_text(done.bytes),
            place=place,
        ),
    ]


def repair_lines(done: Repaired, place: str, tr: Translator) -> list[str]:
    """Return what mending came to, the most important last."""
    if not done.damaged:
        return [tr("Nothing is damaged on {place}.", place=place)]
    sent = done.sync.done.sent
    lines = problem_lines(done.left, tr)
    lines.append(
        tr(
            "{damaged} were damaged, {restored} put back as they were; {amount} sent again.",
            damaged=len(done.damaged),
            restored=len(done.restored),
            amount=amount_text(sent.bytes),
        )
    )
    if done.left:
        lines.append(
            tr(
                "{count} are still damaged: this computer does not hold them. Let another member "
                "mend them.",
                count=len(done.left),
            )
        )
    else:
        lines.append(tr("{place} is sound again.", place=place))
    return lines
