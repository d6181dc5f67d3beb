"""How a site's people sign in, as its SSO Settings pages send it: the switches, and a client at Google or Microsoft."""

from collections.abc import Callable
from typing import Any, TypeVar

from django import forms

from consentry.people.actions.change_sign_in_settings import SignInSwitches
from consentry.people.provider_details import ProviderDetails
from consentry.rules import identity_providers as rules
from consentry.rules.addresses_on_site import read_addresses
from consentry.rules.identity_providers import Vouching
from consentry.rules.invalid import InvalidError
from consentry.web.sentences import sentence

_LONGEST = 10_000
T = TypeVar("T")


class SignInForm(forms.Form):
    """The switches of a site. `here` is the address from which they are looked at."""

    sso_on = forms.BooleanField(
        label="Single sign-on",
        required=False,
        help_text="Staff can sign in through the identity providers below. Email and password keep working beside it.",
    )
    second_factor_demanded = forms.BooleanField(
        label="Two-factor authentication",
        required=False,
        help_text="Everybody is asked for an authenticator app or a passkey. Nobody is locked out: who has neither yet "
        "is led to setting one up before they go on.",
    )
    addresses_on_site = forms.CharField(
        label="Addresses on site that skip the second factor",
        required=False,
        max_length=_LONGEST,
        help_text="One address or one range to a line, such as 203.0.113.7 or 203.0.113.0/28.",
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false", "autocapitalize": "off"}),
    )
    second_factor_skipped_for_sso = forms.BooleanField(
        label="Skip the second factor for SSO accounts",
        required=False,
        help_text="For those who sign in through an identity provider, which may ask for a second factor itself.",
    )

    def __init__(self, *args: Any, here: str | None, **options: Any) -> None:
        super().__init__(*args, **options)
        if here:
            self.fields["addresses_on_site"].help_text += f" You are at {here} now."

    def clean_addresses_on_site(self) -> tuple[str, ...]:
        """As rules/addresses_on_site.py reads them; the error names the lines."""
        return _read_by(read_addresses, self.cleaned_data["addresses_on_site"])

    def switches(self) -> SignInSwitches:
        """What was sent, of a form that is valid."""
        return SignInSwitches(**self.cleaned_data)


def _read_by(rule: Callable[[str], T], written: str) -> T:
    try:
        return rule(written)
    except InvalidError as refused:
        raise forms.ValidationError(sentence(refused)) from refused


class ProviderForm(forms.Form):
    """What both ask for: the client and its secret, which is shown to nobody again."""

    kind: Vouching

    client_id = forms.CharField(
        label="Client ID",
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    secret = forms.CharField(
        label="Client secret",
        required=False,
        max_length=_LONGEST,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, has_secret: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["secret"].required = not has_secret
        if has_secret:
            self.fields[
                "secret"
            ].help_text = "Leave it empty to keep the one there is. Another client needs its own secret."

    def clean_client_id(self) -> str:
        """As the kind's rule has it."""
        return _read_by(lambda written: rules.client_id(self.kind, written), self.cleaned_data["client_id"])

    def clean_secret(self) -> str:
        """One word, or empty to keep what there is."""
        written = self.cleaned_data["secret"]
        return _read_by(rules.secret, written) if written else ""

    def details(self) -> ProviderDetails:
        """What was sent, of a form that is valid."""
        return ProviderDetails(kind=self.kind, **self.cleaned_data)


class GoogleForm(ProviderForm):
    """A client of Google Cloud."""

    kind = Vouching.GOOGLE

    hosted_domain = forms.CharField(
        label="Hosted domain",
        required=False,
        max_length=260,
        help_text="Your Google Workspace domain, such as oakfield.sch.uk: other Google accounts are then refused, "
        "whatever their email.",
    )

    def clean_hosted_domain(self) -> str:
        """A domain, or empty."""
        return _read_by(rules.hosted_domain, self.cleaned_data["hosted_domain"])


class MicrosoftForm(ProviderForm):
    """An app registration of Microsoft Entra."""

    kind = Vouching.MICROSOFT

    tenant = forms.CharField(
        label="Tenant ID",
        max_length=100,
        help_text="The GUID that Entra calls Directory (tenant) ID. It names your organisation alone.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_tenant(self) -> str:
        """The GUID of one organisation."""
        return _read_by(rules.tenant, self.cleaned_data["tenant"])


FORMS: dict[Vouching, type[ProviderForm]] = {Vouching.GOOGLE: GoogleForm, Vouching.MICROSOFT: MicrosoftForm}
