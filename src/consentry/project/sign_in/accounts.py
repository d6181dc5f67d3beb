"""How people sign in by a password: nobody signs up by themselves, and what happens is noted."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.utils import get_next_redirect_url
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from consentry.people.actions.note_login_change import note_login_change
from consentry.people.actions.note_sign_in import note_sign_in, note_wrong_password
from consentry.people.actions.set_own_password import set_own_password
from consentry.people.login_changes import LoginChange
from consentry.people.models import Outcome, User
from consentry.people.queries.who_may_sign_in import may_sign_in
from consentry.project.sign_in.note_signed_in import note_signed_in
from consentry.web.facts_of_session import facts_of
from consentry.web.sign_in_facts import sign_in_facts
from consentry.web.way_back import site_of_way

_THEIR_STAGE = "allauth.mfa.stages.AuthenticateStage"
_OUR_STAGE = "consentry.project.sign_in.second_factor.AskForSecondFactor"


_TOLD = {
    "mfa/email/totp_activated": LoginChange.APP_ADDED,
    "mfa/email/totp_deactivated": LoginChange.APP_REMOVED,
    "mfa/email/webauthn_added": LoginChange.PASSKEY_ADDED,
    "mfa/email/webauthn_removed": LoginChange.PASSKEY_REMOVED,
    "mfa/email/recovery_codes_generated": LoginChange.CODES_MADE,
}
"""What django-allauth calls a mail, and what has happened then."""


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by a site's administrators; there is no open sign-up. Sign-ins are noted as they happen."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "Invalid credentials: the email or the password is not right.",
        "too_many_login_attempts": "Too many failed tries. Wait a few minutes, then try again.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - the adapter's interface
        """Never."""
        return False

    def get_login_stages(self) -> list[str]:
        """As django-allauth has them; ours knows when a second factor need not be asked for."""
        return [_OUR_STAGE if stage == _THEIR_STAGE else stage for stage in super().get_login_stages()]

    def pre_login(self, request: HttpRequest, user: User, **hooks: Any) -> HttpResponse | None:
        """They are who they say. Turned away where no account of theirs is enabled; else under a new key on.

        The key changes here already, not only when they are signed in: who planted the old one must not be in the same
        session when the second factor is asked for.
        """
        if not may_sign_in(user):
            led_to = site_of_way(hooks.get("redirect_url") or "")
            note_sign_in(user, outcome=Outcome.DISABLED, facts=facts_of(request, user), on_way_to=led_to)
            request.session.flush()
            refused: HttpResponse = self.respond_user_inactive(request, user)
            return refused
        request.session.cycle_key()
        answer: HttpResponse | None = super().pre_login(request, user, **hooks)
        return answer

    def post_login(self, request: HttpRequest, user: User, **hooks: Any) -> HttpResponse:
        """They are signed in."""
        note_signed_in(request, user, hooks.get("redirect_url"))
        answer: HttpResponse = super().post_login(request, user, **hooks)
        return answer

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """A password was wrong; whether the e-mail is anybody's, the same is done.

        Nothing is noted of somebody signed in who mistypes it as they confirm that it is them.
        """
        if not request.user.is_authenticated:
            led_to = site_of_way(get_next_redirect_url(request) or "")
            facts = sign_in_facts(request, at=timezone.now())
            note_wrong_password(str(credentials.get("email", "")), facts=facts, on_way_to=led_to)

    def set_password(self, user: User, password: str) -> None:
        """With the old password end the sessions that it opened; the one in which it is changed goes on anew."""
        set_own_password(user, password, at=timezone.now())

    def send_notification_mail(
        self,
        template_prefix: str,
        user: User,
        context: dict[str, Any] | None = None,  # noqa: ARG002 - the adapter's interface
        email: str | None = None,  # noqa: ARG002 - the adapter's interface
    ) -> None:
        """What django-allauth would mail about: on record, and told as everything here is. See also `set_password`."""
        what = _TOLD.get(template_prefix)
        if what is not None:
            note_login_change(user, what, at=timezone.now())

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:  # noqa: ARG002
        """Whose failed sign-ins are counted together: an e-mail's, whatever Host header a guesser invents."""
        return str(credentials.get("email", "")).lower()
