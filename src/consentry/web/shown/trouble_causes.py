"""What each cause of a trouble is called, what to do, and by whom: for school, company and operator alike."""

from typing import NamedTuple

from consentry.rules.not_live import NOT_LIVE
from consentry.rules.trouble_facts import Cause, TroubleFacts
from consentry.web.refused_calls import because

_SCHOOL, _COMPANY, _OPERATOR = "For the school to do", "For {company} to do", "For the operator to do"


class _Words(NamedTuple):
    title: str
    who: str
    text: str


_WORDS: dict[Cause, _Words] = {
    Cause.SUSPENDED: _Words(
        "The operator has suspended {app}",
        _OPERATOR,
        "It can read nothing, anywhere, until the operator ends that. {company} knows why.",
    ),
    Cause.PENDING: _Words(
        "{app} has not been approved yet",
        _SCHOOL,
        "It reads nothing before somebody approves it. Whoever decides accepts the terms and conditions first, where "
        "those wait for them.",
    ),
    Cause.REJECTED: _Words(
        "{app} was rejected",
        _SCHOOL,
        "It reads nothing while it stands under Rejected Apps. Approved again, it can read from its next call on.",
    ),
    Cause.NOT_LIVE: _Words(
        NOT_LIVE,
        _COMPANY,
        "{app} can be used at dummy sites only. {company} asks the operator to make it live.",
    ),
    Cause.COMPANY_NOT_ACCEPTED: _Words(
        "The operator has not accepted {company}",
        _OPERATOR,
        "Until then its apps cannot be made live.",
    ),
    Cause.NO_SECRET: _Words(
        "{app} has no secret in force",
        _COMPANY,
        "It cannot prove who it is, so no call of it gets through, and none is on record here. {company} issues a new "
        "secret.",
    ),
    Cause.NEVER_CALLED: _Words(
        "{app} has never called",
        _COMPANY,
        "It may read, and has not tried. {company} starts the sync, and can say when.",
    ),
    Cause.NOT_SINCE: _Words(
        "{app} has not called since it may read",
        _COMPANY,
        "Its last call was refused, {because}. That is over: {company} can start the sync again.",
    ),
    Cause.REVIEW_WOULD_HELP: _Words(
        "{app} asks for what waits for a decision",
        _SCHOOL,
        "Version {review} includes what it was refused lately. Look at what is new, and accept or decline it.",
    ),
    Cause.LAST_CALL_REFUSED: _Words(
        "Its last call was refused",
        _COMPANY,
        "That was {because}. {company} mends it in the app, or asks every school for more.",
    ),
    Cause.QUIET: _Words(
        "{app} gets no data any more",
        _COMPANY,
        "No call was answered in the last {days} days. {company} can say whether it still calls.",
    ),
    Cause.NOT_READY: _Words(
        "Some records lack what the sync needs",
        _SCHOOL,
        "See “Ready to sync” for which, and mend them there. The next sync of {app} then finds them.",
    ),
    Cause.REFUSED_LATELY: _Words(
        "Some of its calls are refused",
        _COMPANY,
        "Its last call was answered, others were not: see what it asked for. {company} mends it in the app, or asks "
        "every school for more.",
    ),
    Cause.REVIEW_WAITS: _Words(
        "A change waits for a decision",
        _SCHOOL,
        "Version {review} asks for more. What is in force works meanwhile.",
    ),
    Cause.NOTHING_FOUND: _Words(
        "Nothing here stands in the way",
        _SCHOOL,
        "{app} is approved, and its last call was answered. Check that the information it needs is there, such as "
        "short names of forms and forms linked to a year group. If it is, ask {company}, or report the problem.",
    ),
}
"""Source of the last: the seed, "What do we do if the integration is not working?"."""


def cause_words(cause: Cause, facts: TroubleFacts, app: str, company: str) -> dict[str, str]:
    """The cause as .title .text .who."""
    said = {
        "app": app,
        "company": company,
        "review": facts["review"],
        "days": facts["calls"]["days"],
        "because": because(facts["calls"]["latest_why"] or ""),
    }
    words = _WORDS[cause]
    return {"title": words.title.format(**said), "text": words.text.format(**said), "who": words.who.format(**said)}
