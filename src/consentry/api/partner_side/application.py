"""`/partners/connections`: GET tells where the app's connections stand, POST asks a site for one.

JSON in and out; errors are problem details (RFC 9457).
"""

import json
from dataclasses import asdict
from http import HTTPStatus

from django.utils import timezone

from consentry.api.authenticate import Unknown, authenticate
from consentry.api.exchange import Call, Reply
from consentry.api.rate_limit import RateLimit
from consentry.audit.actor import Actor, ActorKind
from consentry.connections.actions.request_connection import request_connection
from consentry.connections.queries.connections_of_app import connections_of_app
from consentry.partners.models import App
from consentry.partners.queries import live_app
from consentry.rules.connection_life import MoveRefusal, MoveRefusedError
from consentry.schools.models import Site
from consentry.schools.queries import site_by_slug

ADDRESS = "/partners/connections"
LARGEST_BODY = 4096

_REFUSALS = {
    MoveRefusal.ALREADY_THERE: (409, "The site was asked before and has not decided yet."),
    MoveRefusal.NOT_FROM_HERE: (409, "The site has decided on this app before: only the site can change that."),
    MoveRefusal.APP_NOT_LIVE: (403, "Application Not Live: the app can be connected to dummy sites only."),
    MoveRefusal.APP_SUSPENDED: (403, "The app is suspended by the operator."),
    MoveRefusal.NOTHING_PUBLISHED: (409, "The app has published no permission set: there is nothing to ask for."),
}


def answer(call: Call, limit: RateLimit, failures: RateLimit) -> Reply:
    """The reply to a call at ADDRESS."""
    if call.method not in {"GET", "HEAD", "POST"}:
        return _problem(405, "Use GET or POST.", [("Allow", "GET, HEAD, POST")])
    caller = authenticate(call)
    if isinstance(caller, Unknown):
        if wait := failures.take(call.environ.get("REMOTE_ADDR")):
            return _problem(429, "Too many calls.", [("Retry-After", str(wait))])
        return _problem(401, "Send the application user and secret.", [("WWW-Authenticate", 'Basic realm="Consentry"')])
    if wait := limit.take(caller.app):
        return _problem(429, "Too many calls.", [("Retry-After", str(wait))])
    app = live_app(caller.app, credential=caller.credential, token=caller.token)
    if app is None:
        return _problem(
            401, "The secret or token is no longer good.", [("WWW-Authenticate", 'Basic realm="Consentry"')]
        )
    return _ask(call, app) if call.method == "POST" else _standings(app)


def _standings(app: App) -> Reply:
    return _json(200, {"connections": [asdict(standing) for standing in connections_of_app(app)]})


def _ask(call: Call, app: App) -> Reply:
    try:
        site = site_by_slug(_site_of(call))
    except (ValueError, Site.DoesNotExist):
        return _problem(422, 'Send {"site": "…"} with the site\'s name in its address; there is no such site.')
    try:
        request_connection(app, site, by=Actor(ActorKind.APP, app.id, app.name), at=timezone.now())
    except MoveRefusedError as refusal:
        return _problem(*_REFUSALS[refusal.why])
    return _json(201, {"connection": {"site": site.slug, "name": site.name, "state": "pending"}})


def _site_of(call: Call) -> str:
    """The slug in the body. Raises ValueError for a body that is not the small JSON object it should be."""
    length = int(call.environ.get("CONTENT_LENGTH") or 0)
    if length > LARGEST_BODY:
        raise ValueError(length)
    document = json.loads(call.environ["wsgi.input"].read(length))
    slug = document.get("site") if isinstance(document, dict) else None
    if not isinstance(slug, str) or "\0" in slug or not slug.isprintable():
        raise ValueError(slug)
    return slug


def _problem(status: int, detail: str, headers: list[tuple[str, str]] | None = None) -> Reply:
    body = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail}
    return Reply(status, json.dumps(body).encode(), "application/problem+json", headers or [])


def _json(status: int, body: object) -> Reply:
    return Reply(status, json.dumps(body, ensure_ascii=False).encode())
