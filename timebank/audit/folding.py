"""The log, shorter: what somebody did several times in a row within an hour is one line with a count."""

from collections.abc import Sequence
from datetime import timedelta

import msgspec

from timebank.audit.log_words import in_words
from timebank.audit.model import LogLine
from timebank.web.community import Words

TOGETHER = timedelta(hours=1)


class Deed(msgspec.Struct):
    """The newest of equal lines, what was done in words, and how many lines it stands for."""

    line: LogLine
    done: str
    times: int = 1


def folded(lines: Sequence[LogLine], words: Words) -> list[Deed]:
    """Lines that stand beside each other, newest first, and read the same: one each hour."""
    deeds: list[Deed] = []
    for line in lines:
        done = in_words(line, words)
        last = deeds[-1] if deeds else None
        if last and last.done == done and _alike(last.line, line):
            last.times += 1
        else:
            deeds.append(Deed(line, done))
    return deeds


def _alike(newer: LogLine, older: LogLine) -> bool:
    same = [(x.actor_id, x.subject_id, x.for_somebody) for x in (newer, older)]
    return same[0] == same[1] and newer.at - older.at <= TOGETHER
