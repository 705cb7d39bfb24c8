"""Where each thing that a visit lacks is mended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector.domain.covert_rules import RULES
from inspector.operations.closing import closing
from inspector.operations.people import people
from inspector.operations.seeing import Typed, seen_from
from inspector.operations.visits import accept_rules_for, join, name_document
from ui.messages import asked_text, confirmed
from ui.whom import asked_person

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from inspector.domain.changes import Changes
    from inspector.domain.completeness import Gap
    from inspector.domain.entities import Person
    from inspector.operations.session import Session
    from ui.desk import Desk

#: Steps of this page.
_STEPS = {
    "confirmation_missing": "choose",
    "outcome_open": "choose",
    "not_fed_back": "choose",
    "feedback_unsigned": "sheet",
    "refusal_without_witness": "sheet",
    "statement_missing": "said",
}
#: Other pages; everything else is mended in the visit itself.
_PAGES = {
    "finding_without_situation": "findings",
    "finding_unsupported": "findings",
    "conflict_open": "conflicts",
    "evidence_unplaced": "evidence",
    "evidence_without_time": "evidence",
    "evidence_outside_visit": "evidence",
}
#: Mended where it is listed.
HERE = frozenset({"photos_not_counted"})


def mend(
    desk: Desk, owner: QWidget, visit: str, gap: Gap, step: Callable[[str, str], None]
) -> None:
    """Lead to where `gap` is mended: a step of this page (its name, an id), or another page.

    What stands on no page is asked for here.
    """
    first = gap.ids[0] if gap.ids else ""
    if gap.code == "authority_missing":
        _ask_document(desk, owner, visit)
    elif gap.code in ("no_inspector", "one_inspector"):
        _ask_second(desk, owner, visit, gap.ids)
    elif gap.code == "rules_not_accepted":
        _ask_rules(desk, owner, visit, gap.ids)
    elif gap.code in _STEPS:
        step(_STEPS[gap.code], first)
    else:
        desk.go(_PAGES.get(gap.code, "visit"), visit, gap=gap.code, of=first)


def _ask_second(desk: Desk, owner: QWidget, visit: str, members: Sequence[str]) -> None:
    """Ask who else takes part; where there is nobody else yet, lead to a new member.

    members: the ids of who takes part already.
    """
    tr = desk.tr

    def ask(known: list[Person]) -> None:
        others = [each for each in known if each.id not in members]
        if not others:
            desk.go("settings", section="members", new="1")
            return
        person = asked_person(
            desk,
            owner,
            tr("Second inspector"),
            tr("Somebody who took part in this visit. The record says that it was added now."),
            tr("Add to the visit"),
            others,
        )
        if person:
            desk.act(owner, lambda session: join(session, visit, person), same="join")

    desk.read(owner, people, ask)


def _ask_rules(desk: Desk, owner: QWidget, visit: str, persons: Sequence[str]) -> None:
    """Show the rules of the covert part to who has not accepted them; the time is that of now.

    persons: their ids.
    """
    tr, lang = desk.tr, desk.lang

    def ask(known: list[Person]) -> None:
        names = tr(", ").join(each.name for each in known if each.id in persons)
        rules = [f"{number}. {rule.text(lang)}" for number, rule in enumerate(RULES, 1)]
        text = "\n".join((*rules, "", tr("Read and accepted by: {names}", names=names)))
        if confirmed(desk, owner, tr("Rules of the covert part"), text, tr("Accept the rules")):
            desk.act(owner, accept, same="rules")

    def accept(session: Session) -> Changes:
        seen = seen_from(session, visit, Typed(observer=persons[0]))
        return accept_rules_for(session, visit, persons, seen)

    def members(session: Session) -> list[Person]:
        return [each.person for each in closing(session, visit, lang).members]

    desk.read(owner, members, ask)


def _ask_document(desk: Desk, owner: QWidget, visit: str) -> None:
    tr = desk.tr
    document = asked_text(
        desk,
        owner,
        tr("Document that authorises the visit"),
        tr("Its title or number, as it stands on the paper."),
        tr("Save"),
        visit=visit,
    )
    if document is not None:
        desk.act(owner, lambda session: name_document(session, visit, document), lambda _none: None)
