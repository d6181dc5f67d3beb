"""What mending many records would do, before it is done, and what is said when it is."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from consentry.records.mending import MOST_AT_ONCE, Mended, Planned
from consentry.rules.pages import Page
from consentry.web.forms.programmes.plan import written
from consentry.web.sentences import counted, joined
from consentry.web.visit import Visit

_SHOWN = 100
_TOO_MUCH = f"At most {MOST_AT_ONCE:,} can be changed in one go: go back and choose fewer."
_NAMED = 10

IMPORTS_OF_SUBJECTS = (
    "The next import of a timetable (OneRoster) overwrites the subject of a course only where its file names one."
)
IMPORTS_OF_FORMS = "Imports leave short names and year groups of registration forms as they are."


@dataclass(frozen=True)
class Step:
    """One record: its name, and what it says and will say, in words ("" for nothing)."""

    planned: Planned
    name: str
    before: str
    after: str


@dataclass(frozen=True)
class Words:
    """How a preview speaks: nouns (one, many) of the records, what is changed in them, and what imports do to it."""

    nouns: tuple[str, str]
    what: str
    imports: str


@dataclass(frozen=True)
class Draft:
    """What was chosen: what would change, how many are so already, and which are left out, each with the reason."""

    steps: Sequence[Step]
    already: int = 0
    left_out: Sequence[tuple[str, str]] = field(default_factory=tuple)


def drafted(steps: Iterable[Step], left_out: Iterable[tuple[str, str]] = ()) -> Draft:
    """The draft of these steps, of which some change nothing."""
    found = list(steps)
    changing = [each for each in found if each.planned.seen != each.planned.wanted]
    return Draft(changing, len(found) - len(changing), tuple(left_out))


def shown_preview(visit: Visit, draft: Draft, words: Words, *, action: str, back: str) -> dict[str, Any]:
    """The context that programmes/preview.html names `preview`."""
    nothing = f"no {words.what}"
    groups = Counter((each.before or nothing, each.after or nothing) for each in draft.steps)
    count = len(draft.steps)
    is_too_much = count > MOST_AT_ONCE
    may = visit.may(Page.PROGRAMMES)
    return {
        "heading": f"Change the {words.what} of {counted(count, *words.nouns)}",
        "what": words.what,
        "count": count,
        "groups": [
            {"count": counted(number, *words.nouns), "before": before, "after": after}
            for (before, after), number in groups.most_common(_SHOWN)
        ],
        "more_groups": max(0, len(groups) - _SHOWN),
        "rows": [
            {"name": each.name, "before": each.before or nothing, "after": each.after or nothing}
            for each in draft.steps[:_SHOWN]
        ],
        "more": max(0, count - _SHOWN),
        "already": counted(draft.already, *words.nouns) if draft.already else "",
        "left_out": [{"name": name, "why": why} for name, why in draft.left_out[:_SHOWN]],
        "left_out_count": counted(len(draft.left_out), *words.nouns) if draft.left_out else "",
        "plan": "" if is_too_much else written(each.planned for each in draft.steps),
        "too_much": f"At most {MOST_AT_ONCE:,} can be changed in one go: go back and choose fewer."
        if is_too_much
        else "",
        "imports": words.imports,
        "action": action,
        "back": back,
        "may": may,
        "lacks": "" if may else visit.lacks(Page.PROGRAMMES),
    }


def said_mended(mended: Mended, words: Words, moved: Sequence[str]) -> str:
    """What a person is told afterwards; `moved` are the names of what somebody else changed meanwhile."""
    said = [f"{counted(len(mended.changed), *words.nouns)} changed." if mended.changed else "Nothing was changed."]
    if mended.already:
        said.append(f"{counted(len(mended.already), *words.nouns)} said so already.")
    if mended.moved:
        more = len(mended.moved) - _NAMED
        named = [*moved[:_NAMED], *([f"{more:,} more"] if more > 0 else [])]
        number = counted(len(mended.moved), *words.nouns)
        said.append(f"{number} left alone, because somebody changed the {words.what} meanwhile: {joined(named)}.")
    if mended.gone:
        said.append(f"{counted(len(mended.gone), *words.nouns)} not there any more.")
    return " ".join(said)
