"""What a browser has asked of SAML providers, kept in its session: an answer counts in no other."""

from datetime import datetime, timedelta

from django.http import HttpRequest

from consentry.project.sign_in.saml_xml import new_request

_KEY = "saml_asked"
_MOST = 10
_PATIENCE = timedelta(minutes=30)
"""For how long somebody may take at the provider."""


def ask(request: HttpRequest, provider: str, back: str, at: datetime) -> str:
    """The id of a new request to this provider, in whose answer this browser goes on to `back`."""
    known = request.session.get(_KEY, {})
    recent = sorted(known, key=lambda name: str(known[name]["at"]))[1 - _MOST :]
    asked = new_request()
    kept = {name: known[name] for name in recent}
    request.session[_KEY] = kept | {asked: {"provider": provider, "back": back, "at": at.isoformat()}}
    return asked


def answered(request: HttpRequest, provider: str, asked: str, at: datetime) -> str | None:
    """Where to go on, if this browser has asked so of this provider; a request is answered once. None otherwise."""
    known = dict(request.session.get(_KEY, {}))
    found = known.pop(asked, None)
    if found is None or found["provider"] != provider:
        return None
    request.session[_KEY] = known
    return str(found["back"]) if at - datetime.fromisoformat(found["at"]) < _PATIENCE else None
