"""Second factors: when they are asked for, how they are kept, and what they call this service."""

import base64
from typing import Any
from urllib.parse import urlsplit

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.stages import AuthenticateStage
from django.conf import settings
from django.http import HttpRequest

from consentry.people.models import User
from consentry.people.queries.second_factor import demands_on, passkeys_of
from consentry.people.sealed import SECOND_FACTOR, seal, unseal
from consentry.rules.second_factor import may_skip
from consentry.web.how_they_came import how_they_came


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """What is secret of a second factor is sealed; the service is named as the configuration does, not the request."""

    def encrypt(self, text: str) -> str:
        """The sealed form, as text."""
        return base64.b64encode(seal(SECOND_FACTOR, text.encode())).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """What was sealed. Raises CannotUnsealError."""
        return unseal(SECOND_FACTOR, base64.b64decode(encrypted_text)).decode()

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """For whom a passkey is good: the host that the configuration names, whatever Host header was sent."""
        return {"id": urlsplit(settings.CONFIG.base_url).hostname or "", "name": "Consentry"}

    def generate_authenticator_name(self, user: User, type: str) -> str:  # noqa: A002, ARG002 - the interface
        """What the next passkey is called until they name it: of other kinds there is one alone."""
        number = passkeys_of(user) + 1
        return "Passkey" if number == 1 else f"Passkey {number}"


class AskForSecondFactor(AuthenticateStage):  # type: ignore[misc]
    """Asks somebody who has a second factor for it, unless every site of theirs lets those skip it who come so."""

    def _should_handle(self, request: HttpRequest) -> bool:
        return super()._should_handle(request) and not self._may_skip(request, self.login.user)

    def _may_skip(self, request: HttpRequest, user: Any) -> bool:
        coming = how_they_came(request, user)
        demands = demands_on(user)
        return bool(demands) and all(may_skip(each, coming) for each in demands)
