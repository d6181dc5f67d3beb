"""A site's SAML identity provider, as its page sends it: typed, or as the metadata file of the provider."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from consentry.people.certificates import read_certificates
from consentry.people.provider_details import SamlDetails
from consentry.people.saml_metadata import Described, read_metadata
from consentry.people.strict_xml import LARGEST
from consentry.rules import saml_providers as rules
from consentry.rules.identity_providers import Vouching
from consentry.rules.invalid import InvalidError
from consentry.web.sentences import sentence

_PLAIN = {"autocomplete": "off", "spellcheck": "false", "autocapitalize": "off"}
_OF_FILE = ("client_id", "sign_on_url", "certificates")


class SamlForm(forms.Form):
    """What is entered of a SAML identity provider. A metadata file says three of the fields, whatever stands there."""

    kind = Vouching.SAML

    metadata = forms.FileField(
        label="Metadata file of the provider",
        required=False,
        help_text="An XML file. It fills in the entity ID, the sign-on address and the certificates.",
        widget=forms.FileInput(attrs={"accept": ".xml,application/xml,text/xml,application/samlmetadata+xml"}),
    )
    client_id = forms.CharField(
        label="Entity ID of the provider",
        max_length=1024,
        help_text="What the provider calls itself, letter by letter.",
        error_messages={"required": "Enter the provider’s entity ID, or choose its metadata file."},
        widget=forms.TextInput(attrs=_PLAIN),
    )
    sign_on_url = forms.CharField(
        label="Sign-on address",
        max_length=1000,
        help_text="The one of the binding HTTP-Redirect, such as https://idp.oakfield.sch.uk/sso.",
        error_messages={"required": "Enter the provider’s sign-on address, or choose its metadata file."},
        widget=forms.TextInput(attrs=_PLAIN),
    )
    certificates = forms.CharField(
        label="Certificates for signing",
        max_length=20_000,
        help_text="One, or two while one takes over from the other. Each begins with -----BEGIN CERTIFICATE-----.",
        error_messages={"required": "Enter the provider’s certificate, or choose its metadata file."},
        widget=forms.Textarea(attrs={**_PLAIN, "rows": 6}),
    )
    email_attribute = forms.CharField(
        label="Attribute that holds the email",
        max_length=250,
        initial="email",
        help_text=f"Its name or friendly name; {rules.NAME_ID} for the name identifier itself.",
        error_messages={"required": "Enter the name of the attribute that holds the email."},
        widget=forms.TextInput(attrs=_PLAIN),
    )
    name = forms.CharField(
        label="Name on the sign-in page",
        max_length=40,
        help_text="What staff call it, such as Oak Learning: the button then says “Sign in with Oak Learning”.",
        error_messages={"required": "Enter what staff call the provider."},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for field in _OF_FILE if self.files.get("metadata") else ():
            self.fields[field].required = False

    def clean_metadata(self) -> Described | None:
        """What the file says, if one was sent."""
        sent = self.cleaned_data["metadata"]
        if not isinstance(sent, UploadedFile):
            return None
        try:
            return read_metadata(sent.read(LARGEST + 1))
        except InvalidError as refused:
            raise forms.ValidationError(sentence(refused)) from refused

    def clean(self) -> dict[str, Any]:
        """As the rules have it; what is wrong with a file stands at the file."""
        told = self.cleaned_data.get("metadata")
        if told is not None:
            said = {"client_id": told.entity_id, "sign_on_url": told.sign_on_url, "certificates": told.certificates}
            self.cleaned_data |= said
        checks = {
            "client_id": rules.entity_id,
            "sign_on_url": rules.sign_on_url,
            "certificates": lambda written: read_certificates(written, timezone.now()),
            "email_attribute": rules.email_attribute,
            "name": rules.name,
        }
        for field, check in checks.items():
            if field not in self.cleaned_data or "metadata" in self.errors:
                continue
            try:
                check(self.cleaned_data[field])
            except InvalidError as refused:
                at = "metadata" if told is not None and field in _OF_FILE else field
                self.add_error(
                    at, f"{self.fields[field].label}: {refused.reason}." if at != field else sentence(refused)
                )
        return self.cleaned_data

    def details(self) -> SamlDetails:
        """What was sent, of a form that is valid."""
        kept = {name: value for name, value in self.cleaned_data.items() if name != "metadata"}
        return SamlDetails(**kept)
