"""One attempt to send a submission over HTTPS, and what the collector answers.

Certificates are verified, redirections are not followed, and nothing but the agreed bytes is sent. It ends within
SECONDS plus what one read may take, whatever the other side does.
"""

import json
import threading
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from time import monotonic
from typing import Final
from urllib.parse import urlsplit

from requests import PreparedRequest, Response, Session
from requests.auth import AuthBase
from requests.exceptions import ConnectionError as NoConnectionError
from requests.exceptions import ConnectTimeout, RequestException, SSLError, Timeout

from consentry.people.sealed import CannotUnsealError
from consentry.returns.credentials import SUBSCRIPTION, secret
from consentry.returns.models import Collector, Submission
from consentry.returns.tokens import TokenEndpointError, TokenRefusedError, forget_token, token_for
from consentry.rules.return_answers import Outcome, asked_to_wait, outcome_of

TIMEOUT: Final = (5.0, 20.0)
"""Seconds to connect, and between two pieces of an answer."""

SECONDS: Final = 30.0
_LONGEST: Final = 64 * 1024
_KEPT: Final = 4_000
_UNAUTHORIZED: Final = 401
_own = threading.local()


@dataclass(frozen=True)
class Answer:
    """What became of an attempt. `text` is what the collector said, for people; `receipt` the id that it gave."""

    outcome: Outcome
    status: int | None = None
    text: str = ""
    wait: timedelta | None = None
    receipt: str = ""


class _Bearer(AuthBase):
    """The token as a header (RFC 6750, 2.1); set by it, nothing from a .netrc file takes its place."""

    def __init__(self, token: str) -> None:
        self._token = token

    def __call__(self, request: PreparedRequest) -> PreparedRequest:
        request.headers["Authorization"] = f"Bearer {self._token}"
        return request


def send(collector: Collector, submission: Submission, ca_file: str | None) -> Answer:
    """Send it once; with a new token a second time where the collector does not take the one that was kept."""
    try:
        _check_https(collector.base_url, collector.token_url)
        answer = _post(collector, submission, ca_file)
        if answer.status == _UNAUTHORIZED:
            forget_token(collector)
            answer = _post(collector, submission, ca_file)
    except TokenRefusedError as refused:
        return Answer(Outcome.CREDENTIALS_REFUSED, refused.status, refused.text[:_KEPT])
    except TokenEndpointError as busy:
        wait = asked_to_wait(busy.retry_after, datetime.now(UTC))
        return Answer(outcome_of(busy.status), busy.status, busy.text[:_KEPT], wait)
    except (CannotUnsealError, SSLError, RequestException) as failed:
        return Answer(_outcome_of_failure(failed), text=type(failed).__name__)
    return answer


def _check_https(*addresses: str) -> None:
    if any(urlsplit(each).scheme != "https" for each in addresses):
        raise SSLError


def _outcome_of_failure(failed: Exception) -> Outcome:
    if isinstance(failed, CannotUnsealError):
        return Outcome.CREDENTIALS_REFUSED
    if isinstance(failed, SSLError):
        return Outcome.NOT_TRUSTED
    if isinstance(failed, ConnectTimeout):
        return Outcome.NOT_REACHED
    if isinstance(failed, Timeout):
        return Outcome.NO_ANSWER
    return Outcome.NOT_REACHED if isinstance(failed, NoConnectionError) else Outcome.NO_ANSWER


def _post(collector: Collector, submission: Submission, ca_file: str | None) -> Answer:
    session = _session(ca_file)
    headers = {"Content-Type": submission.media_type, "Idempotency-Key": str(submission.key)}
    if collector.subscription_header:
        headers[collector.subscription_header] = secret(collector, SUBSCRIPTION) or ""
    answer = session.post(
        f"{collector.base_url.rstrip('/')}/submissions",
        data=bytes(submission.document or b""),
        headers=headers,
        auth=_Bearer(token_for(collector, session, TIMEOUT)),
        timeout=TIMEOUT,
        allow_redirects=False,
        stream=True,
    )
    with answer:
        return _read(answer)


def _read(answer: Response) -> Answer:
    text = _text(answer)
    outcome = outcome_of(answer.status_code)
    wait = asked_to_wait(answer.headers.get("Retry-After"), datetime.now(UTC))
    receipt = _receipt(text) if outcome is Outcome.RECEIVED else ""
    return Answer(outcome, answer.status_code, text[:_KEPT], wait, receipt)


def _text(answer: Response) -> str:
    """As much of the answer as comes in time and as somebody may read."""
    ends, read = monotonic() + SECONDS, bytearray()
    for piece in answer.iter_content(8192):
        read += piece
        if len(read) > _LONGEST or monotonic() > ends:
            break
    return read[:_LONGEST].decode("utf-8", "replace").replace("\0", "")


def _receipt(text: str) -> str:
    """The id that the collector gave, "" where it gave none."""
    try:
        said = json.loads(text)
    except ValueError:
        return ""
    return str(said.get("id", ""))[:200] if isinstance(said, dict) else ""


def _session(ca_file: str | None) -> Session:
    """The session of this thread for these certificates: connections are kept open, and no two threads share one."""
    held: dict[str | None, Session] = _own.__dict__.setdefault("sessions", {})
    if ca_file not in held:
        session = Session()
        session.verify = ca_file or True
        session.headers["User-Agent"] = "Consentry"
        held[ca_file] = session
    return held[ca_file]
