"""Words of a text as the search index keeps them.

SQLite's trigram tokenizer silently finds nothing for words under three characters, and most
Chinese words have two. So runs of Chinese (and other non-ASCII) characters become overlapping
pairs, and the last character alone: "窗口无人" → "窗口 口无 无人 人". A phrase of such pairs is
found exactly where Python's `in` finds the run. Latin words and numbers stay whole.
"""

from __future__ import annotations

import operator
from functools import lru_cache
from typing import TYPE_CHECKING

from inspector.base.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    #: What else in the index a typed word may mean.
    Meanings = Callable[[str], Iterable[str]]

#: A run of characters beyond ASCII that belong to words, or an ASCII word.
_RUN = pattern(r"[^\x00-\x7f\W_]+|[0-9a-z]+")


def index_words(text: str) -> str:
    """Return the words of `text`, separated by spaces, for the index."""
    return " ".join(map(_words, _RUN.findall(text.casefold())))


@lru_cache(maxsize=20_000)
def _words(run: str) -> str:
    """Return the words of one run. Field work is written in phrases that come again and again."""
    if not _is_wide(run):
        return run
    return " ".join((*map(operator.add, run, run[1:]), run[-1]))


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
