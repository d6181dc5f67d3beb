"""Answers that refuse, in the style of the field: `{title, type, status, errors: [{message, code, path}]}`."""

import json
from collections.abc import Iterable, Mapping
from http import HTTPStatus

from flask import Response

from consentry.collector.flaws import Flaw


class RefusedError(Exception):
    """The request is answered with this status and this one flaw, whatever else it holds."""

    def __init__(self, status: HTTPStatus, flaw: Flaw, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(flaw.code)
        self.status = status
        self.flaw = flaw
        self.headers = headers or {}


def refused(status: int, flaws: Iterable[Flaw], headers: Mapping[str, str] | None = None) -> Response:
    """The answer. Its type says that the status tells the kind (RFC 9457, 4.2.1)."""
    body = {
        "title": HTTPStatus(status).phrase,
        "type": "about:blank",
        "status": status,
        "errors": [each.as_json() for each in flaws],
    }
    return Response(json.dumps(body), status, headers, mimetype="application/json")
