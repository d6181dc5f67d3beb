"""The form of "Forgot your password?"."""

from typing import Any

from allauth.account.forms import ResetPasswordForm
from django.http import HttpRequest

from consentry.people.actions.ask_own_link import ask_own_link
from consentry.people.models import User


class ForgottenPasswordForm(ResetPasswordForm):  # type: ignore[misc]
    """Asks for a link, whether or not the e-mail is anybody's; a job mails it."""

    users: list[User]

    def save(self, request: HttpRequest, **_options: Any) -> str:  # noqa: ARG002 - the interface
        """The e-mail as it was written."""
        ask_own_link(next(iter(self.users), None))
        return str(self.cleaned_data["email"])
