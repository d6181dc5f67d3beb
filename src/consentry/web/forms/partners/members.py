"""What is sent about the people of a company."""

from django import forms

from consentry.rules.company_roles import CompanyRole
from consentry.web.forms.partners.held_to import email

_MEANS = {
    CompanyRole.ADMINISTRATOR: "Administrator: everything, and the company and its members",
    CompanyRole.DEVELOPER: "Developer: apps, what they ask for, secrets, the sandbox",
    CompanyRole.SUPPORT: "Support: sees everything but the sandbox, and answers schools that report a problem",
    CompanyRole.READER: "Reader: sees everything but the sandbox, changes nothing",
}


def _role() -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label="Role",
        choices=[(each.value, _MEANS[each]) for each in CompanyRole],
        coerce=CompanyRole,
        widget=forms.RadioSelect,
        initial=CompanyRole.DEVELOPER.value,
        error_messages={"required": "Choose a role."},
    )


class InviteForm(forms.Form):
    """Who is invited, as what."""

    email = email("Email", "Enter their email.")
    role = _role()


class MemberRoleForm(forms.Form):
    """A member's new role."""

    role = _role()
