"""What taking back the last action of a visit takes back, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from inspector.base.i18n import N_
from inspector.operations.board import SPLICED, told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from inspector.base.i18n import Translator
    from inspector.operations.board import Board

#: What is taken back where it is no fact of the visit's record, and is not counted.
_THINGS: dict[str, str] = {
    "visit_member": N_("members of the visit"),
    "visit": N_("the visit"),
    "trip": N_("the journey"),
}
_ENTRY = N_("an entry")
#: What was done to photographs and files, by the noun and by a field that only this writes.
_COUNTED: dict[str, tuple[tuple[str, str], ...]] = {
    "evidence": (
        ("sha256", N_("adding {files}")),
        ("void", N_("withdrawing {files}")),
        ("", N_("what was entered of {files}")),
    ),
    "placement": (
        ("evidence", N_("placing {files}")),
        ("void", N_("unplacing {files}")),
        ("", N_("the order of {files}")),
    ),
}
#: By the kind that all of them are of.
_FILES = {
    "image": N_("{count} photographs"),
    "audio": N_("{count} sound recordings"),
    "video": N_("{count} videos"),
    "": N_("{count} files"),
}


def undo_text(shown: Board, tr: Translator) -> str:
    """Return in words what taking back the last action takes back; "" if there is nothing."""
    if shown.undo is None:
        return ""
    # A visit is named before what was made along with it.
    touched = sorted(shown.undo.touched, key=lambda each: each[0] != "visit")
    texts = [*_facts(shown, touched, tr), *_counted(shown, tr)]
    first, *more = dict.fromkeys(" ".join(text.split()) for text in texts)
    return tr("{text} and {count} more", text=first, count=len(more)) if more else first


def _facts(shown: Board, touched: list[tuple[str, str]], tr: Translator) -> Iterator[str]:
    held = {
        noun: {each.id: each for each in getattr(shown.record, SPLICED.get(noun, ""), ())}
        for noun in {noun for noun, _entity in touched} - _COUNTED.keys()
    }
    for noun, entity in touched:
        if noun in held:
            fact = held[noun].get(entity)
            yield told(shown.record, fact, tr) if fact else tr(_THINGS.get(noun, _ENTRY))


def _counted(shown: Board, tr: Translator) -> Iterator[str]:
    """Yield what was done to how many photographs, recordings or files."""
    if shown.undo is None:
        return
    counted = _FILES.get(shown.undo.files, _FILES[""])
    for noun, ways in _COUNTED.items():
        written = _written(shown, noun)
        for field, words in ways:
            done = [each for each in written if field in each or not field]
            written = [each for each in written if field and field not in each]
            if done:
                yield tr(words, files=tr(counted, count=len(done)))


def _written(shown: Board, noun: str) -> list[dict[str, Any]]:
    """Return what the action wrote of each thing of a noun."""
    found: dict[str, dict[str, Any]] = {}
    for operation in shown.undo.operations if shown.undo is not None else ():
        for change in operation.changes:
            if change is not None and change.entity == noun:
                found.setdefault(change.id, {}).update(change.fields)
    return list(found.values())
