"""What is sent about an app: who it is, its logo, and the apps behind a data provider."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from consentry.partners.actions.add_app_behind import NewAppBehind
from consentry.partners.app_details import AppDetails
from consentry.partners.countries import country_name, read_countries
from consentry.partners.logo import LARGEST
from consentry.partners.models import AppKind
from consentry.rules.app_life import Category
from consentry.rules.invalid import InvalidError
from consentry.web.forms.partners.held_to import email, line, link, sentence_line, text
from consentry.web.sentences import sentence

_CATEGORIES = [(each.value, each.label) for each in Category]
_LONGEST_LIST = 4_000


def _category() -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label="Category",
        choices=[("", "Choose one"), *_CATEGORIES],
        coerce=Category,
        error_messages={"required": "Choose a category."},
        help_text="Schools look for apps by it.",
    )


class AppForm(forms.Form):
    """What a company says of an app."""

    name = line("Name of the app", "Enter the name of the app.")
    description = text("What it does", "Say what the app does.", help_text="For schools, in plain words.")
    category = _category()
    contact_email = email("Email for schools", "Enter the email that schools write to about this app.")
    website = link("Website of the app", "Enter the address of the app’s website.")
    countries = forms.CharField(
        label="Countries where the data goes",
        max_length=_LONGEST_LIST,
        widget=forms.Textarea({"rows": 3}),
        help_text="Every country in which you or those who work for you keep or look at the data. One on each line.",
        error_messages={"required": "Name the countries where the data goes."},
    )
    retention = sentence_line(
        "How long you keep the data",
        "Say how long you keep the data.",
        help_text="For example: until a school ends the connection, and 30 days in backups.",
    )

    @classmethod
    def showing(cls, details: AppDetails) -> "AppForm":
        """The form filled in with what the app says now."""
        shown = vars(details) | {"countries": "\n".join(country_name(code) for code in details.countries)}
        return cls(initial=shown)

    def clean_countries(self) -> tuple[str, ...]:
        """Their codes."""
        try:
            return tuple(read_countries(self.cleaned_data["countries"].replace(",", "\n").splitlines()))
        except InvalidError as refused:
            raise forms.ValidationError(sentence(refused)) from None

    def details(self) -> AppDetails:
        """What was typed, of a form that is valid."""
        sent = self.cleaned_data
        return AppDetails(
            sent["name"], sent["description"], sent["category"], sent["contact_email"], sent["website"],
            sent["countries"], sent["retention"],
        )  # fmt: skip


class NewAppForm(AppForm):
    """The same of a new app, and its kind, which is for good."""

    kind = forms.TypedChoiceField(
        label="How schools’ data reaches its users",
        choices=[
            (AppKind.DIRECT.value, "Direct: this app uses the data itself"),
            (AppKind.DATA_PROVIDER.value, "Data provider: it passes data on to other apps, and may only read"),
        ],
        initial=AppKind.DIRECT.value,
        coerce=AppKind,
        widget=forms.RadioSelect,
        help_text="This cannot be changed later.",
        error_messages={"required": "Choose one."},
    )


class LogoForm(forms.Form):
    """A file with a picture."""

    logo = forms.FileField(
        label="Logo",
        widget=forms.ClearableFileInput({"accept": "image/png,image/jpeg,image/webp,image/gif"}),
        help_text="PNG, JPEG, WebP or GIF of at most 1 MB. It is shown as a square of 256 by 256.",
        error_messages={"required": "Choose a file.", "empty": "The file is empty."},
    )

    def content(self) -> bytes:
        """The file, of a form that is valid: one byte more than may be, at most, so that too large is seen."""
        sent: UploadedFile[Any] = self.cleaned_data["logo"]
        content: bytes = sent.read(LARGEST + 1)
        return content


class BehindForm(forms.Form):
    """An app behind a data provider."""

    name = line("Name of the app", "Enter the name of the app.")
    company = line("Its company", "Enter its company.")
    website = link("Its website", "Enter the address of its website.")
    category = _category()

    def behind(self) -> NewAppBehind:
        """What was typed, of a form that is valid."""
        return NewAppBehind(**self.cleaned_data)
