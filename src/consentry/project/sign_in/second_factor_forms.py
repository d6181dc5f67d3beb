"""The forms by which second factors are proved and set up: django-allauth's, held to what a hostile client may send."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.account.internal.stagekit import get_pending_stage
from allauth.core import context
from allauth.core.internal import ratelimit
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.core.validators import MaxLengthValidator
from django.utils import timezone

from consentry.people.actions.note_login_change import note_login_change
from consentry.people.actions.note_sign_in import note_sign_in
from consentry.people.login_changes import LoginChange
from consentry.people.models import Outcome, User
from consentry.people.sealed import CannotUnsealError
from consentry.web.facts_of_session import facts_of
from consentry.web.way_back import site_of_way

_LONGEST_CODE = 40
_LONGEST_NAME = 60
_LONGEST_CREDENTIAL = 20_000
_CREDENTIAL = {"id", "rawId", "type", "response", "authenticatorAttachment", "clientExtensionResults"}
_CODE_HINT = "The code that your authenticator app shows, or one of your recovery codes"


class Credential(forms.JSONField):
    """What a browser says of a passkey: an object of bounded size that the database can hold."""

    default_error_messages = {"invalid": "Your browser did not say anything usable about a passkey. Try once more."}

    def to_python(self, value: Any) -> Any:
        """The object, of what a credential consists of. Raises ValidationError for anything else."""
        if not isinstance(value, str) or len(value) > _LONGEST_CREDENTIAL or "\\u0000" in value:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        try:
            found = json.loads(value, parse_constant=_no_number)
        except (ValueError, RecursionError) as unusable:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from unusable
        if not isinstance(found, dict) or not isinstance(found.get("response"), dict):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return {name: each for name, each in found.items() if name in _CREDENTIAL}

    def bound_data(self, data: Any, initial: Any) -> Any:  # noqa: ARG002 - Django's interface
        """Never shown again: it is good for one challenge alone."""
        return None


def _no_number(_text: str) -> None:
    raise ValueError


def _bound(field: forms.Field, longest: int) -> None:
    field.widget.attrs["maxlength"] = longest
    field.validators.append(MaxLengthValidator(longest))


class _WithCode:
    """Asks for a code; as many guesses a day as a person needs and a guesser does not."""

    user: User
    fields: dict[str, Any]
    error: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["code"]
        field.label, field.help_text = "Code", _CODE_HINT
        _bound(field, _LONGEST_CODE)
        field.widget.attrs.pop("placeholder", None)
        field.widget.attrs["inputmode"] = "text"

    def clean_code(self) -> str:
        """The code, if it is right. Raises ValidationError."""
        used = ratelimit.consume(
            context.request, app="allauth.account", action="second_factor", key=f"second-factor-{self.user.pk}"
        )
        if not used:
            raise forms.ValidationError("Too many wrong codes. Try again later.")
        try:
            code: str = super().clean_code()  # type: ignore[misc]
        except CannotUnsealError as lost:
            raise forms.ValidationError("Your codes cannot be checked just now. Tell your admin team.") from lost
        used.rollback()
        return code


class _ProvesByCode(_WithCode):
    """Proves that it is them."""

    authenticator: Authenticator

    def save(self) -> None:
        """They have proved themselves; a recovery code that was used is told, for it is what a thief would use."""
        super().save()  # type: ignore[misc]
        if self.authenticator.type == Authenticator.Type.RECOVERY_CODES:
            note_login_change(self.user, LoginChange.CODE_USED, at=timezone.now())


class CodeForm(_ProvesByCode, AuthenticateForm):  # type: ignore[misc]
    """At sign-in. A wrong code is told in the Login History."""

    def _emit_authentication_failed(self, authenticator: Authenticator) -> None:  # noqa: ARG002 - the interface
        _note_wrong(self.user, "authenticator app")


class ReauthenticateCodeForm(_ProvesByCode, ReauthenticateForm):  # type: ignore[misc]
    """Of somebody signed in."""

    def save(self) -> None:
        """They have used a second factor; whoever knows the session's old key has not."""
        super().save()
        context.request.session.cycle_key()


class SetUpAppForm(_WithCode, ActivateTOTPForm):  # type: ignore[misc]
    """Proves that the app shows the right codes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].help_text = "The code that the app shows now"


class _WithCredential:
    """Takes what a browser says of a passkey. Whatever is wrong with that is an error of the form."""

    fields: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["credential"] = Credential(widget=forms.HiddenInput)
        if "name" in self.fields:
            field = self.fields["name"]
            _bound(field, _LONGEST_NAME)
            field.help_text = "So that you know it among others: “Work laptop”"
        if "passwordless" in self.fields:
            field = self.fields["passwordless"]
            field.label, field.initial = "Sign in with it alone, without a password", True
            field.help_text = "It then asks for your fingerprint, face or PIN each time."


@contextmanager
def _unusable_is_wrong() -> Iterator[None]:
    """What the library for passkeys trips over was not made by a browser."""
    try:
        yield
    except (AttributeError, KeyError, IndexError, TypeError, ValueError, OverflowError) as unusable:
        raise get_adapter().validation_error("incorrect_code") from unusable


class PasskeyForm(_WithCredential, AuthenticateWebAuthnForm):  # type: ignore[misc]
    """At sign-in, after the password. One that fails is told in the Login History."""

    def clean_credential(self) -> Authenticator:
        """The passkey that was used. Raises ValidationError."""
        try:
            with _unusable_is_wrong():
                return super().clean_credential()
        except forms.ValidationError:
            _note_wrong(self.user, "passkey")
            raise


class PasskeySignInForm(_WithCredential, LoginWebAuthnForm):  # type: ignore[misc]
    """Signing in by a passkey alone."""

    def clean_credential(self) -> Authenticator:
        """The passkey that was used. Raises ValidationError."""
        with _unusable_is_wrong():
            return super().clean_credential()


class ReauthenticatePasskeyForm(_WithCredential, ReauthenticateWebAuthnForm):  # type: ignore[misc]
    """Of somebody signed in."""

    def clean_credential(self) -> Authenticator:
        """The passkey that was used. Raises ValidationError."""
        with _unusable_is_wrong():
            return super().clean_credential()

    def save(self) -> None:
        """They have used a second factor; whoever knows the session's old key has not."""
        super().save()
        context.request.session.cycle_key()


class AddPasskeyForm(_WithCredential, AddWebAuthnForm):  # type: ignore[misc]
    """A new passkey."""

    def clean(self) -> dict[str, Any]:
        """What was entered. Raises ValidationError."""
        with _unusable_is_wrong():
            cleaned: dict[str, Any] = super().clean()
            return cleaned


class RenamePasskeyForm(EditWebAuthnForm):  # type: ignore[misc]
    """Another name for a passkey."""

    name = forms.CharField(max_length=_LONGEST_NAME)


def _note_wrong(user: User, second_factor: str) -> None:
    facts = facts_of(context.request, user, second_factor=second_factor)
    pending = get_pending_stage(context.request)
    led_to = site_of_way((pending and pending.login.redirect_url) or "")
    note_sign_in(user, outcome=Outcome.WRONG_SECOND_FACTOR, facts=facts, on_way_to=led_to)
