"""What is sent about the people of a site: who is added, which roles and permissions they hold, which e-mail."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from consentry.people.actions.assign_role import HOLD_ROLES
from consentry.people.actions.invite_user import Invited
from consentry.people.models import UserType
from consentry.rules.periods import Period
from consentry.rules.permissions import Permission

LONGEST_NAME = 100

_TYPES = [each for each in UserType.choices if each[0] != UserType.EXTERNAL]

Choices = Sequence[tuple[int, str]]

_LONGEST_EMAIL = 254
"""As long as the database keeps one (RFC 5321, 4.5.3.1.3, less its two brackets)."""


class _Email(forms.EmailField):
    """An e-mail address in small letters, as it is kept: so what is checked is what is kept."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=_LONGEST_EMAIL, **options)

    def to_python(self, value: Any) -> str:
        """The address. Letters of other scripts can become two as they become small: hence before it is measured."""
        return str(super().to_python(value)).lower()


class _Name(forms.CharField):
    """A name with single spaces."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=LONGEST_NAME, widget=forms.TextInput({"autocomplete": "off"}), **options)

    def clean(self, value: Any) -> str:
        """The name. Raises ValidationError for signs that cannot be shown."""
        name = " ".join(str(super().clean(value)).split())
        if not name.isprintable():
            raise forms.ValidationError("The name holds signs that cannot be shown.")
        return name


def _day(label: str, *, required: bool, help_text: str = "") -> forms.DateField:
    widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    messages = {"required": f"Enter the {label.lower()}.", "invalid": f"The {label.lower()} is not a date."}
    return forms.DateField(label=label, required=required, help_text=help_text, widget=widget, error_messages=messages)


class NothingForm(forms.Form):
    """A button alone: its press is all that is said."""


class RoleForm(forms.Form):
    """A role of the site, with the first and, where wanted, the last day on which it is held."""

    role = forms.TypedChoiceField(label="Business role", coerce=int)
    starts_on = _day("First day", required=True)
    ends_on = _day("Last day", required=False, help_text="Without one the role is held until somebody ends it.")

    def __init__(self, *args: Any, roles: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["role"].choices = roles  # type: ignore[attr-defined]

    def period(self) -> Period:
        """When it is held, of a form that is valid."""
        return Period(self.cleaned_data["starts_on"], self.cleaned_data["ends_on"])


class SinglePermissionForm(forms.Form):
    """One permission for a time."""

    permission = forms.TypedChoiceField(label="Permission", coerce=Permission)
    starts_on = _day("First day", required=True)
    ends_on = _day("Last day", required=True, help_text="A single permission always ends.")

    def __init__(self, *args: Any, permissions: Sequence[Permission], **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [(each.value, each.value) for each in permissions]
        self.fields["permission"].choices = choices  # type: ignore[attr-defined]

    def period(self) -> Period:
        """When it is held, of a form that is valid."""
        return Period(self.cleaned_data["starts_on"], self.cleaned_data["ends_on"])


class EndForm(forms.Form):
    """The last day on which a role is held."""

    ends_on = _day("Last day", required=False, help_text="Leave it empty, and the role ends at once.")


class EmailForm(forms.Form):
    """The address with which somebody is to sign in."""

    new_email = _Email(label="New email", error_messages={"required": "Enter the new email."})


class ProfileEmailForm(forms.Form):
    """The address by which single sign-on finds somebody."""

    profile_email = _Email(
        label="Email for single sign-on",
        required=False,
        help_text="Leave it empty, and single sign-on finds them by the email they sign in with.",
    )


class NameForm(forms.Form):
    """The name by which somebody is known."""

    name = _Name(label="Name", error_messages={"required": "Enter the name."})


class UserTypeForm(forms.Form):
    """What sort of user somebody is."""

    user_type = forms.ChoiceField(label="Type of user", choices=_TYPES)

    def wanted(self) -> UserType:
        """The type, of a form that is valid."""
        return UserType(self.cleaned_data["user_type"])


class AddUserForm(forms.Form):
    """Who is added to a site, and what they hold there from when to when."""

    name = _Name(label="Name", error_messages={"required": "Enter their name."})
    email = _Email(
        label="Email",
        widget=forms.EmailInput({"autocomplete": "off"}),
        error_messages={"required": "Enter their email."},
    )
    user_type = forms.ChoiceField(
        label="Type of user",
        choices=_TYPES,
        initial=UserType.STAFF,
    )
    role = forms.TypedChoiceField(
        label="Business role",
        required=False,
        coerce=int,
        empty_value=None,
        help_text="For staff alone. More roles can be added afterwards.",
    )
    starts_on = _day("First day of the role", required=False, help_text="Today, when it is left empty.")
    ends_on = _day("Last day of the role", required=False)

    def __init__(self, *args: Any, roles: Choices, may_give_roles: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["role"].choices = [("", "None yet"), *roles]  # type: ignore[attr-defined]
        if not may_give_roles:
            for name in ("role", "starts_on", "ends_on"):
                del self.fields[name]

    def clean(self) -> None:
        """Days without a role, and roles for those who hold none, are slips."""
        super().clean()
        if self.cleaned_data.get("role") is None:
            if self.cleaned_data.get("starts_on") or self.cleaned_data.get("ends_on"):
                self.add_error("role", "Choose the role that these days are of.")
        elif self.cleaned_data.get("user_type") not in HOLD_ROLES:
            self.add_error("role", "Guardians and students hold no business roles.")

    def invited(self, today: date) -> Invited:
        """Who is invited, of a form that is valid."""
        sent = self.cleaned_data
        role = sent.get("role")
        period = None if role is None else Period(sent["starts_on"] or today, sent["ends_on"])
        return Invited(sent["email"], sent["name"], UserType(sent["user_type"]), role, period)
