"""How people sign in here: nobody signs up by themselves, and no mail believes the address that a request names."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest


@dataclass(frozen=True)
class _Here:
    """What mails call this service. The request names it by its Host header, whose port is anybody's choice."""

    name: str
    domain: str


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by a site's administrators; there is no open sign-up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - the adapter's interface
        """Never."""
        return False

    def get_reset_password_from_key_url(self, key: str) -> str:
        """The link to set a new password, at the address that the configuration gives."""
        path = urlsplit(super().get_reset_password_from_key_url(key)).path
        return f"{settings.CONFIG.base_url}{path}"

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send a mail that names the service as the configuration does, and says how long its link works."""
        here = _Here("Consentry", urlsplit(settings.CONFIG.base_url).netloc)
        hours = settings.PASSWORD_RESET_TIMEOUT // 3600
        super().send_mail(template_prefix, email, {"current_site": here, "works_for": f"{hours} hours"} | context)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:  # noqa: ARG002
        """Whose failed sign-ins are counted together: an e-mail's, whatever Host header a guesser invents."""
        return str(credentials.get("email", "")).lower()
