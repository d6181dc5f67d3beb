"""`/partners/connections`: GET tells where the app's connections stand, POST asks a site for one.

JSON in and out; errors are problem details (RFC 9457).
"""

import json
from dataclasses import asdict

from django.utils import timezone

from consentry.api.authenticate import Unknown, authenticate
from consentry.api.challenge import challenges
from consentry.api.exchange import Call, Reply
from consentry.api.partner_side.problems import LARGEST_BODY, Problem, ProblemError, move_refused, refusal
from consentry.api.rate_limit import RateLimit
from consentry.audit.actor import Actor, ActorKind
from consentry.connections.actions.request_connection import request_connection
from consentry.connections.queries.connections_of_app import connections_of_app
from consentry.partners.models import App
from consentry.partners.queries.apps import app_of_caller
from consentry.rules.connection_life import MoveRefusedError
from consentry.rules.not_live import NOT_LIVE, not_live
from consentry.schools.models import Site
from consentry.schools.queries import site_by_slug

ADDRESS = "/partners/connections"


def answer(call: Call, limit: RateLimit, failures: RateLimit) -> Reply:
    """The reply to a call at ADDRESS."""
    if call.method not in {"GET", "HEAD", "POST"}:
        return refusal(Problem.METHOD, [("Allow", "GET, HEAD, POST")])
    try:
        app = _app(call, limit, failures)
        return _ask(call, app) if call.method == "POST" else _standings(app)
    except ProblemError as error:
        return refusal(error.problem, error.headers)


def _app(call: Call, limit: RateLimit, failures: RateLimit) -> App:
    """The app that calls. Raises ProblemError when it cannot be told, is suspended, or calls too often."""
    caller = authenticate(call)
    if isinstance(caller, Unknown):
        if wait := failures.take(call.environ.get("REMOTE_ADDR")):
            raise ProblemError(Problem.TOO_MANY, [("Retry-After", str(wait))])
        raise ProblemError(Problem.NO_CREDENTIALS, challenges(call))
    if wait := limit.take(caller.app):
        raise ProblemError(Problem.TOO_MANY, [("Retry-After", str(wait))])
    if caller.bound_to is not None:
        raise ProblemError(Problem.BOUND_TOKEN)
    app = app_of_caller(caller.app, credential=caller.credential, token=caller.token)
    if app is None:
        raise ProblemError(Problem.DEAD_CREDENTIALS, challenges(call))
    if app.suspended_at is not None:
        raise ProblemError(Problem.APP_SUSPENDED)
    return app


def _standings(app: App) -> Reply:
    return _json(200, {"connections": [asdict(standing) for standing in connections_of_app(app)]})


def _ask(call: Call, app: App) -> Reply:
    site = _site(_slug(_document(_body(call))))
    try:
        request_connection(app, site, by=Actor(ActorKind.APP, app.id, app.name), at=timezone.now())
    except MoveRefusedError as refused:
        words = not_live(app.name, app.company.name, app.company.contact_email, app.contact_email)
        return move_refused(refused.why, not_live=f"{NOT_LIVE}: {words}")
    return _json(201, {"connection": {"site": site.slug, "name": site.name, "state": "pending"}})


def _body(call: Call) -> bytes:
    """What was sent: never more than LARGEST_BODY, whatever the caller says of its length."""
    length = call.environ.get("CONTENT_LENGTH") or "0"
    if not (length.isascii() and length.isdigit()):
        raise ProblemError(Problem.LENGTH)
    if len(length.lstrip("0")) > len(str(LARGEST_BODY)) or int(length) > LARGEST_BODY:
        raise ProblemError(Problem.TOO_LARGE)
    body: bytes = call.environ["wsgi.input"].read(int(length))
    return body


def _document(body: bytes) -> object:
    try:
        document: object = json.loads(body.decode())
    except (ValueError, RecursionError):  # the second: lists in lists in lists
        raise ProblemError(Problem.NOT_JSON) from None
    return document


def _slug(document: object) -> str:
    slug = document.get("site") if isinstance(document, dict) else None
    if not isinstance(slug, str):
        raise ProblemError(Problem.NOT_AN_ASK)
    return slug


def _site(slug: str) -> Site:
    """The site of this slug; what cannot be printed, as NUL and half a surrogate pair, is no site's."""
    try:
        if slug.isprintable():
            return site_by_slug(slug)
    except Site.DoesNotExist:
        pass
    raise ProblemError(Problem.NO_SUCH_SITE)


def _json(status: int, body: object) -> Reply:
    return Reply(status, json.dumps(body, ensure_ascii=False).encode())
