"""What the OAuth 2 server tells an app of a token (RFC 7662)."""

from consentry.api.oauth.chains import issuer
from consentry.api.sites import find_site
from consentry.connections.queries.stands_open import stands_open
from consentry.partners.queries.token_chains import digest_of
from consentry.partners.queries.tokens import token_told
from consentry.rules.site_resource import slug_of


def introspected(token: str, client_id: str) -> dict[str, object]:
    """The answer to this app: of a token of its own that opens something now, all; of any other, that it is not active.

    One that is bound to a site opens nothing while the site does not approve the app.
    """
    told = token_told(digest_of(token), client_id)
    if told is None or not all(_is_open(resource, client_id) for resource in told.resources):
        return {"active": False}
    answer: dict[str, object] = {
        "active": True,
        "client_id": client_id,
        "scope": told.scope,
        "iat": told.given_at,
        "iss": issuer(),
    }
    if not told.is_refresh:
        answer |= {"token_type": "Bearer", "exp": told.ends_at}
    return answer | ({"aud": list(told.resources)} if told.resources else {})


def _is_open(resource: str, client_id: str) -> bool:
    school = find_site(slug_of(issuer(), resource) or "")
    return school is not None and stands_open(school, client_id)
