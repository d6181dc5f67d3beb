"""Setting up a second factor proves it, so that a site that demands one does not ask for it again at once."""

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView
from django.forms import Form
from django.http import HttpRequest, HttpResponse

from consentry.project.sign_in.password_first import with_a_password_first


class SetUpApp(ActivateTOTPView):  # type: ignore[misc]
    """An authenticator app."""

    def form_valid(self, form: Form) -> HttpResponse:
        """The code that was entered is the proof."""
        answer: HttpResponse = super().form_valid(form)
        _has_proved(self.request, Authenticator.Type.TOTP)
        return answer


class AddPasskey(AddWebAuthnView):  # type: ignore[misc]
    """A passkey."""

    def form_valid(self, form: Form) -> HttpResponse:
        """The browser has signed with it."""
        answer: HttpResponse = super().form_valid(form)
        _has_proved(self.request, Authenticator.Type.WEBAUTHN)
        return answer


def _has_proved(request: HttpRequest, kind: Authenticator.Type) -> None:
    record_authentication(request, request.user, "mfa", type=kind.value)
    request.session.cycle_key()


set_up_app = with_a_password_first(SetUpApp.as_view())
add_passkey = with_a_password_first(AddPasskey.as_view())
