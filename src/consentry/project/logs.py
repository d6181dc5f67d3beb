"""Logs: one JSON object a line on standard error, with secrets taken out."""

import logging
import re
import sys
from collections.abc import Mapping, MutableMapping
from typing import Any

import structlog

_SECRETS = re.compile(
    r"(?i)\b(basic|bearer)\s+[A-Za-z0-9+/_=.~-]{8,}|\b(password|secret|token)(\"?\s*[=:]\s*\"?)[^\s\"&,;]+"
)

_LINKS = re.compile(r"(/accounts/(?:email-change|password/reset/key)/)[^\s\"/]+")
"""Addresses that were mailed to one person: whoever has one can do what it is for."""


def log_as_json(level: int = logging.INFO) -> None:
    """Send everything that the standard library's loggers say through one formatter."""
    chain: list[Any] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=chain,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            _redact,
            structlog.processors.JSONRenderer(),
        ],
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter)
    handler.addFilter(_without_trace)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    logging.getLogger("oauthlib").setLevel(logging.INFO)  # below that it writes codes and tokens, whatever `level` is
    for talkative in ("procrastinate", "django.request", "django.security.csrf"):
        logging.getLogger(talkative).setLevel(logging.ERROR)


def _without_trace(record: logging.LogRecord) -> bool:
    """A refused request (`django.security.…`) is one line: anybody can send such requests, and the trace is ours."""
    if record.name.startswith("django.security."):
        record.exc_info = record.exc_text = record.stack_info = None
    return True


def _redact(_logger: object, _method: str, entry: MutableMapping[str, Any]) -> Mapping[str, Any]:
    """Take credentials out of every text: by their scheme, by the name of what they are assigned to, and from links."""
    return {key: _cleared(value) if isinstance(value, str) else value for key, value in entry.items()}


def _cleared(text: str) -> str:
    return _LINKS.sub(r"\1(hidden)", _SECRETS.sub(_hidden, text))


def _hidden(found: re.Match[str]) -> str:
    scheme, name, between = found.groups()
    return f"{scheme} (hidden)" if scheme else f"{name}{between}(hidden)"
