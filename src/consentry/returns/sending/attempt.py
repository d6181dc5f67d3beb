"""One attempt to send a submission, and what the collector's answer comes to. It ends, whatever the other side does."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import Final

from requests.exceptions import ConnectionError as NoConnectionError
from requests.exceptions import ConnectTimeout, SSLError, Timeout

from consentry.people.sealed import CannotUnsealError
from consentry.returns.credentials import SUBSCRIPTION, secret
from consentry.returns.models import Collector, Submission
from consentry.returns.sending.line import Answered, Bearer, Line
from consentry.returns.sending.tokens import TokenEndpointError, TokenRefusedError, forget_token, token_for
from consentry.rules.return_answers import Outcome, asked_to_wait, outcome_of

_KEPT: Final = 4_000


@dataclass(frozen=True)
class Answer:
    """What became of an attempt. `text` is what the collector said, for people; `receipt` the id that it gave."""

    outcome: Outcome
    status: int | None = None
    text: str = ""
    wait: timedelta | None = None
    receipt: str = ""


def send(collector: Collector, submission: Submission, ca_file: str | None) -> Answer:
    """Send it once; with a new token a second time where the collector does not take the one that was kept."""
    line = Line(ca_file)
    try:
        answer = _post(collector, submission, line)
        if answer.status == HTTPStatus.UNAUTHORIZED:
            forget_token(collector)
            answer = _post(collector, submission, line)
    except TokenRefusedError as refused:
        return Answer(Outcome.CREDENTIALS_REFUSED, refused.status, refused.text[:_KEPT])
    except TokenEndpointError as busy:
        return _said(busy.answered)
    except (CannotUnsealError, OSError) as failed:  # what `requests` raises is an OSError, too
        return Answer(_outcome_of_failure(failed), text=type(failed).__name__)
    return answer


_OUTCOMES: Final = (
    (CannotUnsealError, Outcome.CREDENTIALS_REFUSED),
    (SSLError, Outcome.NOT_TRUSTED),
    (ConnectTimeout, Outcome.NOT_REACHED),
    (Timeout, Outcome.NO_ANSWER),
    (NoConnectionError, Outcome.NOT_REACHED),
)
"""What each failure comes to; the first that fits, as some are kinds of others."""


def _outcome_of_failure(failed: Exception) -> Outcome:
    return next((outcome for kind, outcome in _OUTCOMES if isinstance(failed, kind)), Outcome.NO_ANSWER)


def _post(collector: Collector, submission: Submission, line: Line) -> Answer:
    headers = {"Content-Type": submission.media_type, "Idempotency-Key": str(submission.key)}
    key = ""
    if collector.subscription_header:
        key = headers[collector.subscription_header] = secret(collector, SUBSCRIPTION) or ""
    token = token_for(collector, line)
    address = f"{collector.base_url.rstrip('/')}/submissions"
    answered = line.post(address, bytes(submission.document or b""), headers, auth=Bearer(token))
    return _said(answered.without(token, key))


def _said(answered: Answered) -> Answer:
    """What an answer comes to."""
    outcome = outcome_of(answered.status)
    wait = asked_to_wait(answered.retry_after, datetime.now(UTC))
    receipt = _receipt(answered.text) if outcome is Outcome.RECEIVED else ""
    return Answer(outcome, answered.status, answered.text[:_KEPT], wait, receipt)


def _receipt(text: str) -> str:
    """The id that the collector gave, "" where it gave none."""
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        return ""
    receipt = str(said.get("id", ""))[:200] if isinstance(said, dict) else ""
    return "".join(letter for letter in receipt if letter.isprintable())
