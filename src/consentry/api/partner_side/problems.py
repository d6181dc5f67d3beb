"""Everything that the partner's side refuses, in one list: the answers and their page in the docs are made from it."""

import json
from enum import Enum
from http import HTTPStatus

from consentry.api.exchange import Reply
from consentry.rules.connection_life import MoveRefusal
from consentry.rules.not_live import NOT_ACCEPTED_TOLD_TO_APPS, TOLD_TO_APPS

LARGEST_BODY = 4096


class Problem(Enum):
    """What is wrong with a call: its status, and what the caller is told."""

    METHOD = 405, "Use GET or POST."
    NO_CREDENTIALS = 401, "Send the application user and secret."
    BOUND_TOKEN = 403, "The token is for one site's data: send the application user and secret."
    DEAD_CREDENTIALS = 401, "The secret or token is no longer good."
    TOO_MANY = 429, "Too many calls."
    LENGTH = 400, "Content-Length is not a number of bytes."
    TOO_LARGE = 413, f"The body is longer than {LARGEST_BODY} bytes."
    NOT_JSON = 422, "The body is not JSON in UTF-8."
    NOT_AN_ASK = (
        422,
        'The body is not an object with a text "site": send {"site": "…"}, its name in addresses.',
    )
    NO_SUCH_SITE = 422, "There is no such site."
    ALREADY_THERE = 409, "The site was asked before and has not decided yet."
    NOT_FROM_HERE = 409, "The site has decided on this app before: only the site can change that."
    APP_NOT_LIVE = 403, TOLD_TO_APPS
    APP_NOT_ACCEPTED = 403, NOT_ACCEPTED_TOLD_TO_APPS
    OTHERS_SANDBOX = 403, "The site is another company's sandbox: it connects that company's own apps alone."
    APP_SUSPENDED = 403, "The app is suspended by the operator."
    NOTHING_PUBLISHED = 409, "The app has published no permission set: there is nothing to ask for."

    @property
    def status(self) -> int:
        """The status of the answer."""
        return self.value[0]

    @property
    def detail(self) -> str:
        """What the caller is told."""
        return self.value[1]


_MOVES = {
    MoveRefusal.ALREADY_THERE: Problem.ALREADY_THERE,
    MoveRefusal.NOT_FROM_HERE: Problem.NOT_FROM_HERE,
    MoveRefusal.APP_NOT_LIVE: Problem.APP_NOT_LIVE,
    MoveRefusal.APP_NOT_ACCEPTED: Problem.APP_NOT_ACCEPTED,
    MoveRefusal.OTHERS_SANDBOX: Problem.OTHERS_SANDBOX,
    MoveRefusal.APP_SUSPENDED: Problem.APP_SUSPENDED,
    MoveRefusal.NOTHING_PUBLISHED: Problem.NOTHING_PUBLISHED,
}


class ProblemError(Exception):
    """The call cannot be answered; `headers` go with the refusal."""

    def __init__(self, problem: Problem, headers: list[tuple[str, str]] | None = None) -> None:
        super().__init__(problem.detail)
        self.problem = problem
        self.headers = headers


def move_refused(why: MoveRefusal, *, not_live: str) -> Reply:
    """The answer to a request that the life of a connection does not allow; `not_live` names whom to contact."""
    problem = _MOVES[why]
    return refusal(problem, detail=not_live if problem is Problem.APP_NOT_LIVE else "")


def refusal(problem: Problem, headers: list[tuple[str, str]] | None = None, *, detail: str = "") -> Reply:
    """Problem details (RFC 9457) without a type of their own: `title` is the status in words (4.2.1).

    `detail` says it more exactly than the problem itself does.
    """
    body = {
        "type": "about:blank",
        "title": HTTPStatus(problem.status).phrase,
        "status": problem.status,
        "detail": detail or problem.detail,
    }
    text = json.dumps(body, ensure_ascii=False).encode()
    return Reply(problem.status, text, "application/problem+json", headers or [])
