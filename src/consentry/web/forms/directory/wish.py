"""A school asks for a new app: the seed's questions, and what it says later."""

from typing import Any

from django import forms

from consentry.partners.actions.ask_for_app import NewWish
from consentry.partners.details import LONGEST_EMAIL, LONGEST_WEBSITE
from consentry.web.forms.texts import Line, Prose


class WishForm(forms.Form):
    """Which app, whose, and why. `anyway` is asked where a partner of that name exists already.

    Source: the seed, "please let us know the name of this app", and "why you want to connect with this app".
    """

    app_name = Line(label="Name of the app", error_messages={"required": "Enter the name of the app."})
    company_name = Line(label="Company that makes it", error_messages={"required": "Enter the name of the company."})
    company_email = forms.EmailField(
        label="Email of your contact there",
        max_length=LONGEST_EMAIL,
        help_text="We tell them once that you asked, with the name of your school and of the app.",
        widget=forms.EmailInput({"autocomplete": "off"}),
        error_messages={"required": "Enter the email of your contact at the company."},
    )
    website = forms.CharField(
        label="Website",
        max_length=LONGEST_WEBSITE,
        required=False,
        help_text="An address that begins with https://",
        widget=forms.URLInput({"autocomplete": "off"}),
    )
    purpose = Prose(
        label="Why do you want to connect with this app?", error_messages={"required": "Say why you want to connect."}
    )
    data_wanted = Prose(
        label="Which data would it need?",
        help_text="As far as you know, such as names, timetables, attendance. No personal data, please.",
        error_messages={"required": "Say which data it would need."},
    )
    people_concerned = Prose(
        label="Whose data would that be?",
        help_text="Such as students of some years, guardians, staff.",
        error_messages={"required": "Say whose data that would be."},
    )
    used_already = forms.TypedChoiceField(
        label="Do you use this app already?",
        choices=[("yes", "Yes"), ("no", "No")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether you use it already."},
    )
    anyway = forms.BooleanField(
        label="It is another app than those: ask for it",
        required=False,
    )

    def __init__(self, *args: Any, exists: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        if not exists:
            del self.fields["anyway"]

    @property
    def is_meant(self) -> bool:
        """Whether it is asked for though a partner of that name exists."""
        return bool(self.cleaned_data.get("anyway"))

    def wanted(self) -> NewWish:
        """What is asked for, of a form that is valid."""
        return NewWish(**{name: value for name, value in self.cleaned_data.items() if name != "anyway"})


class AnswerForm(forms.Form):
    """What the school says about its wish."""

    text = Prose(label="Your answer", error_messages={"required": "Write your answer."})
