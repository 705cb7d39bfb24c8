"""`board`: how far each team is, and since when nothing has come from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector.base.i18n import N_
from inspector.cli.context import UsageError
from inspector.cli.opening import opened
from inspector.cli.output import Output, table
from inspector.operations.teams import state_expected, team_board

if TYPE_CHECKING:
    import argparse

    from inspector.cli.context import Context
    from inspector.cli.parsing import Commands

#: What stands where nothing is known: it is not nought.
_UNKNOWN = "–"


def add_board(commands: Commands, summary: str) -> None:
    """Declare `board`."""
    board = commands.add("board", _board, summary, "board", "board --expect 林岚=12")
    board.add(
        "--expect",
        action="append",
        default=[],
        metavar=board.tr("TEAM=COUNT"),
        help=N_("state how many visits are expected of a team; 0 takes it back"),
    )


def _board(context: Context, args: argparse.Namespace) -> Output:
    tr = context.tr
    wanted = [_expected(context, text) for text in args.expect]
    with opened(context) as session:
        for team, count in wanted:
            state_expected(session, team, count)
        found = team_board(session)
    data = {
        "teams": [
            {
                "team": each.team,
                "county": each.county,
                "expected": each.expected,
                "arrived": each.arrived,
                "sealed": each.sealed,
                "approved": each.approved,
                "silent_days": each.silent_days,
            }
            for each in found
        ]
    }
    rows = [
        (
            each.team,
            each.county or _UNKNOWN,
            *(
                _UNKNOWN if count is None else count
                for count in (
                    *(each.expected, each.arrived, each.sealed, each.approved),
                    each.silent_days,
                )
            ),
        )
        for each in found
    ]
    headers = (
        *(tr("team"), tr("county"), tr("expected"), tr("arrived visits"), tr("sealed visits")),
        *(tr("approved visits"), tr("days silent")),
    )
    return Output(data, table(headers, rows) or [tr("No visits yet.")])


def _expected(context: Context, text: str) -> tuple[str, int]:
    team, equals, count = (part.strip() for part in text.rpartition("="))
    if not equals or not team or not count.isdecimal() or len(count) > 6:
        raise UsageError(context.tr("“{text}” is not written as TEAM=COUNT.", text=text))
    return team, int(count)
