"""How members are called on the screen while some of them are still inside unrecognised."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from inspector.domain.codes import by_letter

if TYPE_CHECKING:
    from inspector.base.i18n import Lang
    from inspector.operations.board import Board


def in_sight(board: Board, lang: Lang) -> Board:
    """Return a board whose record calls those who are covert by letter while others are not.

    Whoever has shown identity is watched: a name on that screen would give the other one away.
    Whatever tells of a fact tells it from this record.
    """
    hidden = dict(zip(board.standing.covert, board.standing.still_covert, strict=False))
    if board.sealed or not hidden:
        return board
    persons = by_letter(board.record.persons, hidden, lang)
    return replace(board, record=replace(board.record, persons=persons))


def members_in_sight(board: Board, lang: Lang) -> list[tuple[str, str]]:
    """Return the members (id, name) to choose from, in the order in which they joined.

    Who is covert while others are not is offered by letter: a list that is open is read by all.
    """
    record = in_sight(board, lang).record
    return [(each, record.person_name(each)) for each in board.standing.members]


def letters_for_names(board: Board, lang: Lang) -> dict[str, str]:
    """Return the names of those who are covert while others are not, with their letters.

    It is for what was told with names already.
    """
    shown = in_sight(board, lang).record
    return {
        board.record.person_name(each): shown.person_name(each) for each in board.standing.covert
    }


def named_in_sight(board: Board, person: str, lang: Lang) -> str:
    """Return the name of a person, or the letter of who is covert while others are not."""
    return in_sight(board, lang).record.person_name(person)
