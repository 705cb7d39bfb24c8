"""How members are called on the screen while some of them are still inside unrecognised."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from inspector.base.i18n import Lang
    from inspector.operations.board import Board

#: How members are told apart where no name may be read, in the order in which they joined.
_LETTERS = {"zh": "甲乙丙丁戊己庚辛壬癸", "en": "ABCDEFGHIJ"}


def lettered(place: int, lang: Lang) -> str:
    """Return the letter of a member, by the place among the members; the number after the last."""
    letters = _LETTERS[lang]
    return letters[place] if place < len(letters) else str(place + 1)


def named_in_sight(board: Board, person: str, lang: Lang) -> str:
    """Return the name of a person, or the letter of who is covert while others are not.

    Whoever has shown identity is watched: the name on that screen would give the other one away.
    """
    standing = board.standing
    hidden = dict(zip(standing.covert, standing.still_covert, strict=False))
    if person in hidden and not board.sealed:
        return lettered(hidden[person], lang)
    return board.record.person_name(person)
