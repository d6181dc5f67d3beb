"""How a 401 says what to come with: a secret by HTTP Basic, or a token, and where it is told how to get one."""

from oauth2_provider.settings import oauth2_settings

from consentry.api.exchange import Call

_BASIC = ("WWW-Authenticate", 'Basic realm="Consentry", charset="UTF-8"')


def challenges(call: Call, slug: str | None = None) -> list[tuple[str, str]]:
    """Both challenges (RFC 9110 11.6.1); that of a token names the metadata of the site that was called (RFC 9728 5.1).

    Without a site (None) it is that of the whole service. A token that was sent is said to be no good (RFC 6750 3.1);
    who sent none is told of no error.
    """
    of_site = f"/{slug}" if slug else ""
    metadata = f"{oauth2_settings.OIDC_ISS_ENDPOINT}/.well-known/oauth-protected-resource{of_site}"
    sent = (call.header("authorization") or "").strip().partition(" ")[0].lower()
    error = 'error="invalid_token", ' if sent == "bearer" else ""
    return [_BASIC, ("WWW-Authenticate", f'Bearer {error}resource_metadata="{metadata}"')]
