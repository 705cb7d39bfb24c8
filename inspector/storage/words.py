"""Words of a text as the search index keeps them.

SQLite's trigram tokenizer silently finds nothing for words under three characters, and most
Chinese words have two. So runs of Chinese (and other non-ASCII) characters become overlapping
pairs, and the last character alone: "窗口无人" → "窗口 口无 无人 人". A phrase of such pairs is
found exactly where Python's `in` finds the run. Latin words and numbers stay whole.
"""

from __future__ import annotations

import operator
import re

#: A run of characters beyond ASCII that belong to words, or an ASCII word.
_RUN = re.compile(r"[^\x00-\x7f\W_]+|[0-9a-z]+")


def index_words(text: str) -> str:
    """Return the words of `text`, separated by spaces, for the index."""
    words: list[str] = []
    for run in _RUN.findall(text.casefold()):
        if _is_wide(run):
            words.extend(map(operator.add, run, run[1:]))
            words.append(run[-1])
        else:
            words.append(run)
    return " ".join(words)


def query_phrases(text: str) -> str:
    """Return the FTS5 query for what a person typed; empty if there is nothing to look for.

    Words separated by blanks must all occur, each as a phrase; the end of each may be the
    beginning of a longer word. Every phrase is quoted, so no character of it is an operator.
    """
    return " ".join(phrase for part in text.casefold().split() if (phrase := _phrase(part)))


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
