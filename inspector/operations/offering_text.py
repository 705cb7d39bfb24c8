"""Why an offered file is chosen beforehand or not, and what became of a taking in, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector.domain.clocktext import clock, iso_day
from inspector.domain.offering import Fate
from inspector.domain.terms import messenger_copy

if TYPE_CHECKING:
    from inspector.base.i18n import Translator
    from inspector.operations.offering import Offered, Outcome

_MINUTE, _HOUR, _DAY = 60_000, 3_600_000, 86_400_000


def why(offered: Offered, tr: Translator) -> str:
    """Return in a few words why a file is chosen beforehand, or why not."""
    if offered.fate in (Fate.BEFORE, Fate.AFTER):
        return _distance(offered.distance_ms, tr)
    if offered.copied and offered.fate is Fate.TIMELESS:
        return messenger_copy(tr.lang)
    words = {
        Fate.WITHIN: tr("within the visit"),
        Fate.UNBEGUN: tr("the visit has not begun"),
        Fate.TIMELESS: tr("states no time"),
        Fate.ELSEWHERE: tr("already in another visit"),
        Fate.KNOWN: tr("already in this visit"),
        Fate.REPEATED: tr("same as another one here"),
        Fate.ERASED: tr("was erased on purpose"),
        Fate.UNREADABLE: tr("cannot be read"),
    }
    return words[offered.fate]


def _distance(ms: int, tr: Translator) -> str:
    """Return how long before or after the visit something is, in its largest unit."""
    size, early = abs(ms), ms < 0
    if size >= 1.5 * _DAY:
        count = round(size / _DAY)
        if early:
            return tr("{count} days before the visit", count=count)
        return tr("{count} days after the visit", count=count)
    if size >= 2 * _HOUR:
        count = size // _HOUR
        if early:
            return tr("{count} hours before the visit", count=count)
        return tr("{count} hours after the visit", count=count)
    count = max(1, size // _MINUTE)
    if early:
        return tr("{count} min before the visit", count=count)
    return tr("{count} min after the visit", count=count)


def when(offered: Offered, zone: int, tr: Translator) -> str:
    """Return when a file was taken, and what the measured clock added; “” if it does not say."""
    if offered.taken_ms is None:
        return ""
    text = f"{iso_day(offered.taken_ms, zone)} {clock(offered.taken_ms, zone, seconds=True)}"
    if not offered.offset_ms:
        return text
    seconds = f"{offered.offset_ms / 1000:+.0f}"
    return tr("{time} (clock {seconds} s)", time=text, seconds=seconds)


def size_text(count: int) -> str:
    """Return a number of bytes as people read it."""
    if count < 1 << 20:
        return f"{max(1, round(count / 1024))} KB"
    return f"{count / (1 << 20):.1f} MB" if count < 1 << 30 else f"{count / (1 << 30):.1f} GB"


def outcome_text(outcome: Outcome, tr: Translator) -> str:
    """Return what became of the files, what is safe and what to do."""
    failed, stored = len(outcome.failed), outcome.stored
    sentences = []
    if outcome.lost:
        sentences.append(tr("The device that holds them is gone, or cannot be read any more."))
    if failed == 1:
        sentences.append(tr("1 file cannot be read."))
    elif failed:
        sentences.append(tr("{count} files cannot be read.", count=failed))
    if failed and stored:
        sentences.append(tr("The other {count} are stored.", count=stored))
    elif stored == 1:
        sentences.append(tr("1 file is stored."))
    elif stored or not failed:
        sentences.append(tr("{count} files are stored.", count=stored))
    else:
        sentences.append(tr("Nothing was stored."))
    if outcome.known:
        sentences.append(tr("Already in the visit: {count}.", count=outcome.known))
    if outcome.lost:
        sentences.append(tr("Put it in again and store once more; nothing on it was changed."))
    elif failed:
        sentences.append(
            tr("Please send it again.") if failed == 1 else tr("Please send them again.")
        )
    return " ".join(sentences) if tr.lang == "en" else "".join(sentences)
