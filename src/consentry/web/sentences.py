"""Words for people: moments, counts, states, and why a decision could not be carried out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from consentry.rules.connection_life import MoveRefusal, State
from consentry.rules.invalid import InvalidError
from consentry.rules.not_live import NOT_LIVE, not_live
from consentry.rules.review_life import ReviewState

STATES = {State.PENDING: "Pending request", State.APPROVED: "Approved", State.REJECTED: "Rejected"}
TABS = {State.PENDING: "Pending requests", State.APPROVED: "Approved Apps", State.REJECTED: "Rejected Apps"}
TONES = {State.PENDING: "notice", State.APPROVED: "good", State.REJECTED: "bad"}


@dataclass(frozen=True)
class Moment:
    """A moment for components/time.html: `text` as in "3 Nov, 14:05", `full` for hovering, `iso` for machines."""

    text: str
    full: str
    iso: str


def moment(when: datetime, now: datetime) -> Moment:
    """The moment in the site's time; the year is said when it is not this one."""
    local = timezone.localtime(when)
    year = "" if local.year == timezone.localtime(now).year else f" {local.year}"
    text = f"{local.day} {local:%b}{year}, {local:%H:%M}"
    return Moment(text, f"{local:%A} {local.day} {local:%B %Y} at {local:%H:%M}", local.isoformat(timespec="seconds"))


def moment_or_none(when: datetime | None, now: datetime) -> Moment | None:
    """The same for what may not have happened."""
    return None if when is None else moment(when, now)


def day(when: date) -> str:
    """A day as in "3 Nov"."""
    return f"{when.day} {when:%b}"


def full_day(when: date) -> str:
    """A day as in "3 November 2025": for what lies years away."""
    return f"{when.day} {when:%B} {when.year}"


def counted(number: int, one: str, many: str = "") -> str:
    """A number with its noun: "1 app", "2 apps", "1,500 calls"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def joined(words: Sequence[str], conjunction: str = "and") -> str:
    """Words as a list in a sentence: "a, b and c"."""
    *others, last = words
    return f"{', '.join(others)} {conjunction} {last}" if others else last


@dataclass(frozen=True)
class Refusal:
    """Why a decision was not carried out: a heading and what to do."""

    title: str
    text: str


_REFUSALS = {
    MoveRefusal.ALREADY_THERE: Refusal("Nothing was changed", "{app} stands under {tab} already."),
    MoveRefusal.NOT_FROM_HERE: Refusal(
        "Nothing was changed", "{app} stands under {tab}: that cannot be done from there."
    ),
    MoveRefusal.CHANGED_MEANWHILE: Refusal(
        "This was decided meanwhile", "{decided} Your decision was not carried out. Look at it again below."
    ),
    MoveRefusal.APP_NOT_ACCEPTED: Refusal(
        NOT_LIVE,
        "The operator of Consentry has not accepted {app} yet, so only the sandbox of {company} can connect it. "
        "Contact {company} and ask when it will be.",
    ),
    MoveRefusal.OTHERS_SANDBOX: Refusal(
        "A sandbox connects its own company’s apps",
        "This site is a company’s practice school, and {app} is an app of {company}. Open the sandbox of {company}.",
    ),
    MoveRefusal.APP_SUSPENDED: Refusal(
        "This app is suspended",
        "The operator of Consentry has suspended {app} everywhere. Contact {company} to learn why.",
    ),
    MoveRefusal.NOTHING_PUBLISHED: Refusal(
        "Nothing to approve", "{company} has not said what data {app} needs. Contact them before you go on."
    ),
}


@dataclass(frozen=True)
class OfApp:
    """Which app a refusal is about: its name, its company's, and the emails of both (see rules/not_live.py)."""

    name: str
    company: str
    emails: tuple[str, ...]


def refusal(why: MoveRefusal, about: OfApp, *, state: State, decided: str) -> Refusal:
    """Why a decision was not carried out; `decided` is the sentence about the decision that stands."""
    if why is MoveRefusal.APP_NOT_LIVE:
        return Refusal(NOT_LIVE, not_live(about.name, about.company, *about.emails))
    words = {"app": about.name, "company": about.company, "tab": TABS.get(state, "Partner Apps"), "decided": decided}
    found = _REFUSALS[why]
    return Refusal(found.title.format(**words), found.text.format(**words))


def decided_by(app: str, state: State, by: str, at: datetime | None, now: datetime) -> str:
    """The decision that stands: "Tom Reed approved Timetabler on 3 Nov, 14:05."."""
    if state is State.PENDING or at is None:
        return f"{app} asks for something else since you opened the page."
    return f"{by} {STATES[state].lower()} {app} on {moment(at, now).text}."


_OUTCOMES = {
    State.APPROVED: "It can read from its next call on.",
    State.REJECTED: "Its access has ended: its next call is refused.",
}


def moved(app: str, state: State, by: str, at: datetime) -> str:
    """What a person is told after their decision: where the app went, when, by whom, and what follows."""
    return f"{app} moved to {TABS[state]} on {moment(at, at).text}, by {by}. {_OUTCOMES[state]}"


_REVIEWED = {
    ReviewState.ACCEPTED: "You accepted what {app} asks for, on {when}, by {by}. It is in force from its next call on.",
    ReviewState.DECLINED: "You declined what {app} asks for, on {when}, by {by}. Everything stays as it was.",
}


def review_decided(app: str, state: ReviewState, by: str, at: datetime) -> str:
    """What a person is told after their decision on a review: what, when, by whom, and what follows."""
    return _REVIEWED[state].format(app=app, when=moment(at, at).text, by=by)


def review_stands(state: ReviewState, by: str, at: datetime | None, now: datetime) -> str:
    """How a review stands: "Tom Reed declined it on 3 Nov, 14:05."."""
    if state is ReviewState.SUPERSEDED:
        return "A later version has taken its place."
    if state is ReviewState.WITHDRAWN:
        return "The app was rejected."
    if at is None or state is ReviewState.OPEN:
        return "The app asks for something else since you opened the page."
    return f"{by} {state.value} it on {moment(at, now).text}."


def review_refusal(app: str, stands: str, *, is_stale: bool) -> Refusal:
    """Why a decision on a review was not carried out; `stands` is the sentence about how it stands now."""
    title = "This was decided meanwhile" if is_stale else "Nothing was changed"
    return Refusal(title, f"{stands} Your decision about {app} was not carried out. Look at it again below.")


def sentence(refused: InvalidError) -> str:
    """What a rule says of a field that it cannot use, as a sentence on a page; an address keeps its small letters."""
    first = refused.reason.split(" ", 1)[0]
    return f"{refused.reason}." if "@" in first else f"{refused.reason[:1].upper()}{refused.reason[1:]}."
