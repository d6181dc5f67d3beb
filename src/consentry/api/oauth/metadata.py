"""What programs may read of this OAuth 2 server before they know anything (RFC 8414), and of each site (RFC 9728)."""

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from oauth2_provider.views import OAuthProtectedResourceMetadataView, OAuthServerMetadataView

from consentry.api.oauth.chains import issuer
from consentry.api.sites import find_site
from consentry.rules.site_resource import resource_of


class _Read:
    http_method_names = ("get", "head", "options")


class ServerMetadata(_Read, OAuthServerMetadataView):  # type: ignore[misc]
    """The addresses, and exactly what works."""


class ResourceMetadata(_Read, OAuthProtectedResourceMetadataView):  # type: ignore[misc]
    """The whole service, which tokens by client credentials are for, or one site, which those of the link are for."""

    def get(self, request: HttpRequest, slug: str | None = None) -> HttpResponseBase:
        """404 for a site that there is not."""
        if slug is not None and find_site(slug) is None:
            raise Http404
        answer: HttpResponseBase = super().get(request, slug)
        return answer

    def get_resource(self, request: HttpRequest) -> str:  # noqa: ARG002 - the toolkit hands it over
        """Its address, as the configuration names the service."""
        slug: str | None = self.kwargs.get("slug")
        return issuer() if slug is None else resource_of(issuer(), slug)
