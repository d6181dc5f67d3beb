"""Why a sync does not work: the facts about one connection, as they are kept with a report, and what they point to."""

from enum import StrEnum
from typing import TypedDict

from consentry.rules.connection_life import State, may_open

HELPED_IN_FORCE = "in force"
HELPED_BY_REVIEW = "review"


class CallFacts(TypedDict):
    """The calls of the last days: how many were answered and refused, the first, the last and why that was refused.

    `latest_why` is None for a last call that was answered.
    """

    days: int
    served: int
    refused: int
    first_served: str | None
    last_served: str | None
    latest: str | None
    latest_why: str | None


class RefusalFacts(TypedDict):
    """One kind of refused call: the code, what it named (data types and fields), how often, and when last.

    `version` was in force then. `helped` says whether what was refused would be granted now, or once the review is
    accepted; "" where neither.
    """

    why: str
    data_type: str
    names: list[str]
    version: int | None
    times: int
    last: str
    helped: str


class WithheldFacts(TypedDict):
    """A data type that the app may read, and those of its fields that the version in force leaves out."""

    data_type: str
    fields: list[str]
    of: int


class ReadinessFacts(TypedDict):
    """A check of what the app's sync needs: how many records it looks at, and how many of them fail."""

    check: str
    failing: int
    of: int


class TroubleFacts(TypedDict):
    """How a connection stood at one moment: states, codes, counts, times, names of data types and fields.

    Never a value of a record, and nothing of any person. They are kept with reports for good: what is added later is
    NotRequired. `version` is the one in force, `asked` the one that is asked
    for, `review` the one that waits beside it; `more_refusals` counts the kinds that are not listed.
    """

    at: str
    site_is_dummy: bool
    state: str
    version: int | None
    asked: int
    review: int | None
    app_is_live: bool
    app_is_suspended: bool
    app_is_provider: bool
    company_is_accepted: bool
    app_has_secret: bool
    is_quiet: bool
    calls: CallFacts
    refusals: list[RefusalFacts]
    more_refusals: int
    withheld: list[WithheldFacts]
    readiness: list[ReadinessFacts]


class Cause(StrEnum):
    """What can be the matter, the likeliest first: what shuts the app out stands before what it may be missing."""

    SUSPENDED = "suspended"
    PENDING = "pending"
    REJECTED = "rejected"
    NOT_LIVE = "not live"
    COMPANY_NOT_ACCEPTED = "company not accepted"
    NO_SECRET = "no secret"  # noqa: S105 - a cause
    NEVER_CALLED = "never called"
    NOT_SINCE = "not called since"
    REVIEW_WOULD_HELP = "review would help"
    LAST_CALL_REFUSED = "last call refused"
    QUIET = "quiet"
    NOT_READY = "not ready"
    REFUSED_LATELY = "refused lately"
    REVIEW_WAITS = "review waits"
    NOTHING_FOUND = "nothing found"


def causes(facts: TroubleFacts) -> tuple[Cause, ...]:
    """What these facts point to, in the order of Cause; NOTHING_FOUND alone where they point to nothing."""
    state, may_be_open = State(facts["state"]), _may_be_open(facts)
    found = {
        Cause.SUSPENDED: facts["app_is_suspended"],
        Cause.PENDING: state is State.PENDING,
        Cause.REJECTED: state is State.REJECTED,
        Cause.NOT_LIVE: not may_be_open,
        Cause.COMPANY_NOT_ACCEPTED: not may_be_open and not facts["company_is_accepted"],
        Cause.NO_SECRET: not facts["app_has_secret"],
    }
    if state is State.APPROVED:
        found[Cause.NEVER_CALLED] = facts["calls"]["latest"] is None
        if may_be_open and not facts["app_is_suspended"]:
            found |= _of_open_door(facts)
    return tuple(cause for cause in Cause if found.get(cause)) or (Cause.NOTHING_FOUND,)


def _of_open_door(facts: TroubleFacts) -> dict[Cause, bool]:
    """What its calls tell of an app that nothing shuts out now."""
    why = facts["calls"]["latest_why"]
    was_shut_out = why in DOORS
    is_refused = why is not None and not was_shut_out
    review_helps = any(each["helped"] == HELPED_BY_REVIEW for each in facts["refusals"])
    lasts = any(not each["helped"] and each["why"] not in DOORS for each in facts["refusals"])
    return {
        Cause.NOT_SINCE: was_shut_out,
        Cause.REVIEW_WOULD_HELP: review_helps,
        Cause.LAST_CALL_REFUSED: is_refused,
        Cause.QUIET: facts["is_quiet"] and why is None,
        Cause.NOT_READY: any(each["failing"] for each in facts["readiness"]),
        Cause.REFUSED_LATELY: lasts and not is_refused,
        Cause.REVIEW_WAITS: facts["review"] is not None and not review_helps,
    }


def _may_be_open(facts: TroubleFacts) -> bool:
    return may_open(app_is_live=facts["app_is_live"], site_is_dummy=facts["site_is_dummy"])


DOORS = frozenset({"suspended", "none", "pending", "rejected", "not live"})
"""The codes of calls that were refused for how the connection stood then, whatever they asked."""
