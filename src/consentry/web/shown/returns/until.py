"""Whether a change to a register is still sent to a collector, in a sentence for the pages of registers."""

from collections.abc import Iterable

from consentry.returns.queries.sent_until import SentUntil
from consentry.web.sentences import joined, moment
from consentry.web.visit import Visit


def sent_until_words(visit: Visit, found: Iterable[SentUntil]) -> str:
    """The sentences; "" where nobody is told of this school's attendance."""
    still, over = [], []
    for each in found:
        if each.until is not None and each.until > visit.at:
            still.append(f"{each.collector} until {moment(each.until, visit.at).text}")
        else:
            over.append(each.collector)
    said = [f"A change to this day is still sent to {joined(still)}."] if still else []
    return " ".join([*said, f"It is too late for a change to this day to be sent to {joined(over)}."] if over else said)
