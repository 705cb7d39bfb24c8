"""A finding on the command line: how it is named, and all that belongs to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector.base.i18n import N_
from inspector.cli.describe import Teller, data_of
from inspector.cli.output import Output
from inspector.cli.visits import add_visit_argument
from inspector.domain.entities import Confirmation, Finding, FindingPerson, Statement
from inspector.domain.findings import allegation_hash
from inspector.domain.numbers import finding_label
from inspector.operations.recording import get

if TYPE_CHECKING:
    from inspector.cli.context import Context
    from inspector.cli.parsing import Arguments
    from inspector.domain.entities import Visit
    from inspector.operations.session import Session


def add_finding_argument(arguments: Arguments) -> None:
    add_visit_argument(arguments)
    arguments.add(
        "finding", metavar=arguments.tr("FINDING"), help=N_("number or id of the finding")
    )


def told(context: Context, session: Session, visit: Visit, finding: str) -> Output:
    """Return a finding with its persons, confirmations and statements."""
    tr = context.tr
    found = get(session, Finding, finding)
    store = session.store
    persons = store.select(FindingPerson, "finding = ?", finding)
    confirmations = store.select(Confirmation, "finding = ?", finding)
    statements = store.select(Statement, "finding = ?", finding)
    data = data_of(found) | {
        "label": finding_label(found, context.lang),
        "persons": [data_of(each) for each in persons],
        "confirmations": [data_of(each) for each in confirmations],
        "statements": [data_of(each) for each in statements],
    }
    teller = Teller(session, visit, tr)
    lines = [teller.line(found)]
    rests_on = teller.joined(found.basis, found.rule)
    if rests_on:
        lines.append("  " + tr("Basis: {text}", text=rests_on))
    lines += [f"  {teller.joined(teller.line(each), each.id)}" for each in persons]
    for each in confirmations:
        line = teller.line(each)
        if each.confirmed != allegation_hash(found):
            line = tr("{text} – the finding was changed since, confirm it again", text=line)
        lines.append("  " + line)
    lines += [f"  {teller.line(each)}" for each in statements]
    return Output(data, lines)
