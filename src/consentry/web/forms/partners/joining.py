"""What is sent to register a company, and to join one."""

from dataclasses import asdict, fields

from django import forms

from consentry.partners.actions.join_company import NewPerson
from consentry.partners.company_details import CompanyDetails
from consentry.web.forms.partners.held_to import email, line, link


class AddressForm(forms.Form):
    """The address to which the link is mailed."""

    email = email("Email", "Enter your email.", autocomplete="email", help_text="Your own address at the company.")

    def clean_email(self) -> str:
        """In small letters, as it is kept and counted."""
        return str(self.cleaned_data["email"]).lower()


class CompanyForm(forms.Form):
    """What a company says of itself."""

    name = line("Name of the company", "Enter the name of the company.", autocomplete="organization")
    website = link("Website", "Enter the address of your website.")
    contact_name = line("Who schools contact", "Enter whom schools contact.", help_text="A person or a team.")
    contact_email = email("Email for schools", "Enter the email that schools write to.")
    protection_contact_name = line(
        "Data protection contact",
        "Enter who answers for data protection.",
        help_text="Who answers schools’ questions about it: your data protection officer, if you have one.",
    )
    protection_contact_email = email("Email for data protection", "Enter the email of the data protection contact.")
    privacy_notice = link(
        "Privacy notice", "Enter the address of your privacy notice.", help_text="Schools are shown it."
    )
    processing_agreement = link(
        "Data processing agreement",
        help_text="Where schools read it. You can add it later; the operator will ask for it.",
    )

    @classmethod
    def showing(cls, details: CompanyDetails) -> "CompanyForm":
        """The form filled in with what the company says now."""
        return cls(initial=asdict(details))

    def details(self) -> CompanyDetails:
        """What was typed, of a form that is valid."""
        return CompanyDetails(**{each.name: self.cleaned_data[each.name] for each in fields(CompanyDetails)})


class _WithPerson(forms.Form):
    person_name = line("Your name", "Enter your name.", autocomplete="name")
    password = forms.CharField(
        label="Choose a password",
        strip=False,
        max_length=4096,
        widget=forms.PasswordInput({"autocomplete": "new-password"}, render_value=False),
        help_text="At least 12 characters. Not one that is often used, and not your name or email.",
        error_messages={"required": "Choose a password."},
    )

    def person(self) -> NewPerson:
        """Who comes, of a form that is valid."""
        return NewPerson(self.cleaned_data["person_name"], self.cleaned_data["password"])


class NewCompanyForm(CompanyForm, _WithPerson):
    """A company, by somebody who does not sign in here yet."""

    field_order = ["person_name", "password"]


class NewMemberForm(_WithPerson):
    """Somebody who does not sign in here yet joins a company."""
