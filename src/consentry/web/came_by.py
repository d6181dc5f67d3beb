"""By which identity provider a session was signed in, if by one; and which site's pages that opens.

Whoever runs a site chooses its identity providers and the e-mails by which these find people. Their word is therefore
taken for that one site (and for the schools of a trust, for its own people), never for the person's accounts elsewhere.
"""

from typing import Any

from allauth.account.authentication import get_authentication_records
from django.http import HttpRequest

from consentry.people.queries.accounts import has_own_elsewhere
from consentry.people.queries.identity_providers import school_vouched_for
from consentry.schools.models import Site


def came_by(request: HttpRequest, user: Any = None) -> str | None:
    """The name (slug) of the identity provider by which this session was signed in; None for a password or a passkey.

    `user` is named while they are still signing in.
    """
    records = get_authentication_records(request, request.user if user is None else user)
    return next((str(each["provider"]) for each in records if each.get("method") == "socialaccount"), None)


def came_by_sso(request: HttpRequest, user: Any = None) -> bool:
    """Whether this session was signed in through single sign-on."""
    return came_by(request, user) is not None


def is_vouched_for(request: HttpRequest, site: Site) -> bool:
    """Whether how this session was signed in counts for the people of this site.

    Without single sign-on it always does; with it, by a provider of the site that has not been removed.
    """
    provider = came_by(request)
    return provider is None or school_vouched_for(provider) == site.id


def is_vouched_for_everywhere(request: HttpRequest) -> bool:
    """Whether how this session was signed in counts for all that the person has here, which their sites share.

    A provider's word does for somebody of its one site: there is no other that it could be about.
    """
    provider = came_by(request)
    return provider is None or not has_own_elsewhere(request.user, school_vouched_for(provider))  # type: ignore[arg-type]
