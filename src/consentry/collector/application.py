"""The WSGI application: which address does what, how refusals are told, and one line of log for each request."""

import errno
import json
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any, Final

from flask import Flask, Response, request
from flask.json.provider import DefaultJSONProvider
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from consentry.collector.answers import RefusedError, refused
from consentry.collector.asking import days_asked_for, receipts_asked_for
from consentry.collector.card import Credentials
from consentry.collector.control import show_switch, turn_switch
from consentry.collector.database import Database
from consentry.collector.flaws import Flaw, FlawedError
from consentry.collector.schema import SCHEMA_TEXT
from consentry.collector.submissions import DROPPED, LARGEST_BODY, take_submission
from consentry.collector.token_endpoint import TokenEndpoint

_LONGEST_LOGGED: Final = 200
_PIECE: Final = 64 * 1024
LARGEST_TO_END: Final = 32 * LARGEST_BODY
"""A larger body than is taken is let come to its end, up to this."""


class _AsStored(DefaultJSONProvider):
    """JSON whose fields come in the order in which they were told."""

    sort_keys = False


def collector_application(database: Database, credentials: Credentials, *, token_seconds: int) -> Flask:
    """All addresses."""
    app = Flask(__name__, static_folder=None)
    app.json = _AsStored(app)
    app.before_request(_take_the_whole_body)
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY + 1
    tokens = TokenEndpoint(database, credentials, seconds=token_seconds)
    app.post("/oauth/token", endpoint="token")(tokens.answer)
    app.post("/submissions", endpoint="take")(lambda: take_submission(database, credentials))
    app.get("/schools/<urn>/days", endpoint="days")(lambda urn: days_asked_for(database, urn))
    app.get("/receipts", endpoint="receipts")(lambda: receipts_asked_for(database))
    app.get("/faults", endpoint="faults")(lambda: show_switch(database, credentials))
    app.put("/faults", endpoint="switch")(lambda: turn_switch(database, credentials))
    app.get("/schema.json", endpoint="schema")(lambda: Response(SCHEMA_TEXT, mimetype="application/schema+json"))
    app.register_error_handler(FlawedError, lambda error: refused(error.status, error.flaws))
    app.register_error_handler(RefusedError, lambda error: refused(error.status, [error.flaw], error.headers))
    app.register_error_handler(HTTPException, _refused_by_flask)
    return app


def _take_the_whole_body() -> None:
    """Before anything is refused: a sender that is still sending when the connection closes reads no answer."""
    try:
        if len(request.get_data()) > LARGEST_BODY:  # one that does not say its length is cut off where it is too large
            raise RequestEntityTooLarge  # noqa: TRY301 - as for one that does
    except RequestEntityTooLarge:
        left = LARGEST_TO_END
        while left > 0 and (piece := request.environ["wsgi.input"].read(_PIECE)):
            left -= len(piece)
        raise


def _refused_by_flask(error: HTTPException) -> Response:
    """An address that there is not, another method, a body that is too large, and what nobody thought of."""
    status = HTTPStatus(error.code or HTTPStatus.INTERNAL_SERVER_ERROR)
    headers = {name: value for name, value in error.get_headers() if name != "Content-Type"}
    told = Flaw(error.name.lower().replace(" ", "_"), error.description or status.phrase)
    return refused(status, [told], headers)


class Logged:
    """The application, with a line for each request: what was asked for and how it was answered, nothing of either.

    Where an answer is to be dropped the connection is closed: the server takes this error for a sender who has gone.
    """

    def __init__(self, inner: Flask) -> None:
        self.inner = inner

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Answer, or raise BrokenPipeError."""
        statuses: list[str] = []

        def start(status: str, *rest: Any) -> Any:
            statuses.append(status[:3])
            return start_response(status, *rest)

        answered = self.inner(environ, start)
        is_dropped = DROPPED in environ
        line = {
            "at": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "method": environ["REQUEST_METHOD"],
            "path": environ["PATH_INFO"][:_LONGEST_LOGGED],
            "status": int(statuses[-1]),
            **({"dropped": True} if is_dropped else {}),
        }
        sys.stdout.write(json.dumps(line) + "\n")
        sys.stdout.flush()
        if is_dropped:
            raise BrokenPipeError(errno.EPIPE, "dropped")
        return answered
