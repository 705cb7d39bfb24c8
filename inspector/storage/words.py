"""Words of a text as the search index keeps them.

SQLite's trigram tokenizer silently finds nothing for words under three characters, and most
Chinese words have two. So runs of Chinese (and other non-ASCII) characters become overlapping
pairs, and the last character alone: "窗口无人" → "窗口 口无 无人 人". A phrase of such pairs is
found exactly where Python's `in` finds the run. Latin words and numbers stay whole.
"""

from __future__ import annotations

from array import array
from functools import lru_cache
from typing import TYPE_CHECKING

from inspector.base.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    #: What else in the index a typed word may mean.
    Meanings = Callable[[str], Iterable[str]]

#: A run of characters beyond ASCII that belong to words, or an ASCII word.
_RUN = pattern(r"[^\x00-\x7f\W_]+|[0-9a-z]+")
#: An ASCII word, and what lies between runs of other characters.
_PLAIN, _BETWEEN = pattern(r"[0-9a-z]+"), pattern(r"([\x00-\x7f\W]+)")
#: Stands between texts, and between runs: a character of no word.
_END, _EDGE = "\0", "\1"
#: Texts that are taken apart together: more of them leave the processor's caches.
_TOGETHER = 200
#: What lies between two runs is remembered up to this length, in characters.
_SHORT = 32


def index_words(text: str) -> str:
    """Return the words of `text`, separated by spaces, for the index."""
    return all_index_words([text])[0]


def all_index_words(texts: Sequence[str]) -> list[str]:
    """Return the `index_words` of each text: many are taken apart sooner than one by one."""
    found: list[str] = []
    for start in range(0, len(texts), _TOGETHER):
        found += _all_words(texts[start : start + _TOGETHER])
    return found


def _all_words(texts: Sequence[str]) -> list[str]:
    joined = _END.join(("", *texts, ""))
    if joined.count(_END) > len(texts) + 1:
        joined = _END.join(("", *(text.replace(_END, " ") for text in texts), ""))
    # In turn, what lies between runs and runs, with an empty run at both ends.
    pieces = _BETWEEN.split(joined.casefold())
    pieces[1::2] = map(_plain_words, pieces[1::2])
    pieces[2:-2:2] = _pairs(pieces[2:-2:2])
    return list(map(str.strip, " ".join(filter(None, pieces)).split(_END)[1:-1]))


def _plain_words(between: str) -> str:
    """Return the ASCII words between two runs. The same few signs come again and again."""
    # Of texts in ASCII, all that are taken apart together lie between two runs.
    found = _known_plain_words if len(between) <= _SHORT else _known_plain_words.__wrapped__
    return found(between)


@lru_cache(maxsize=4096)
def _known_plain_words(between: str) -> str:
    return _END.join(" ".join(_PLAIN.findall(part)) for part in between.split(_END))


def _pairs(runs: Sequence[str]) -> list[str]:
    """Return the words of runs: each character with the next one, the last one alone."""
    if not runs:
        return []
    characters = array("I", f"{_EDGE}{_EDGE.join(runs)}{_EDGE}".encode("utf-32-le"))
    # As three columns, each filled at once; character by character takes several times as long.
    words = array("I", " ".encode("utf-32-le")) * (3 * len(characters) - 3)
    words[0::3] = characters[:-1]
    words[1::3] = characters[1:]
    # An edge makes words as well: one before each run, with its first character, and one behind.
    listed = words.tobytes().decode("utf-32-le")[1:-2].split(f"{_EDGE} {_EDGE}")
    return [each[2:] for each in listed]


def no_meanings(word: str) -> Iterable[str]:
    """Return nothing else that `word` may mean."""
    del word
    return ()


def query_phrases(text: str, meanings: Meanings = no_meanings) -> str:
    """Return the FTS5 query for what a person typed; empty if there is nothing to look for.

    Words separated by blanks must all occur, each as a phrase or as one of its `meanings`; the end
    of each may be the beginning of a longer word. Every phrase is quoted, so no character of it is
    an operator.
    """
    return " AND ".join(
        phrase for part in text.casefold().split() if (phrase := _alternatives(part, meanings))
    )


def unsearchable(text: str) -> tuple[str, ...]:
    """Return the parts of a query in which no word is: signs and pictures are not in the index."""
    return tuple(part for part in text.split() if not _RUN.search(part.casefold()))


def _alternatives(part: str, meanings: Meanings) -> str:
    typed = _phrase(part)
    if not typed:
        return ""
    words = dict.fromkeys(index_words(meaning) for meaning in meanings(part))
    others = [f'"{each}"' for each in words if each]
    return f"({' OR '.join((typed, *others))})" if others else typed


def _phrase(part: str) -> str:
    words = index_words(part).split()
    if not words:
        return ""
    run = _RUN.findall(part)[-1]
    if _is_wide(run) and len(run) > 1:
        # It ends in a pair, which nothing longer begins with. Asked for beginnings, the index would
        # first gather every place of that pair, and common ones have a million.
        return f'"{" ".join(words[:-1])}"'
    return f'"{" ".join(words)}"*'


def _is_wide(run: str) -> bool:
    return not run[0].isascii()
