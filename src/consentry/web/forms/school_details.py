"""What a site says of itself, as it is typed in."""

from dataclasses import asdict

from django import forms

from consentry.schools.actions.change_details import LONGEST, Details, InvalidDetailsError


def _line(label: str, autocomplete: str = "off", *, required: str = "", help_text: str = "") -> forms.CharField:
    """A line of text; `required` is what is said when it is empty and must not be."""
    return forms.CharField(
        label=label,
        required=bool(required),
        max_length=LONGEST,
        widget=forms.TextInput({"autocomplete": autocomplete}),
        help_text=help_text,
        error_messages={"required": required} if required else {},
    )


class DetailsForm(forms.Form):
    """The details, and the digest of those that the form showed. What can be is said by `change_details`."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    name = _line("Name", required="Enter the name.")
    urn = _line("URN", required="Enter the URN.", help_text="Six digits: the school’s number with the government.")
    laestab = _line(
        "LAESTAB", required="Enter the LAESTAB.", help_text="The local authority and the school, such as 860/4001."
    )
    street = _line("Street", "address-line1")
    locality = _line("Locality", "address-line2")
    town = _line("Town", "address-level2")
    county = _line("County", "address-level1")
    postcode = _line("Postcode", "postal-code")

    def __init__(self, *args: object, is_trust: bool, **options: object) -> None:
        """The form of a trust asks for no numbers."""
        super().__init__(*args, **options)  # type: ignore[arg-type]
        if is_trust:
            del self.fields["urn"], self.fields["laestab"]

    @classmethod
    def showing(cls, details: Details, *, is_trust: bool) -> "DetailsForm":
        """The form filled in with what the site says now."""
        laestab = f"{details.laestab[:3]}/{details.laestab[3:]}" if details.laestab else ""
        return cls(initial=asdict(details) | {"laestab": laestab, "seen": details.digest}, is_trust=is_trust)

    def details(self) -> Details:
        """What was typed, of a form that is valid."""
        return Details(**{name: text for name, text in self.cleaned_data.items() if name != "seen"})

    def refuse(self, invalid: InvalidDetailsError) -> None:
        """Say at each field why it cannot be so."""
        for field, reason in invalid.reasons.items():
            self.add_error(field, f"{reason[0].upper()}{reason[1:]}.")
