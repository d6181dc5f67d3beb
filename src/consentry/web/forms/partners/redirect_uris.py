"""Where an app may be sent back to by the connect link: one address a line."""

from django import forms

from consentry.rules.redirect_uris import LONGEST, MOST


class RedirectUrisForm(forms.Form):
    """The addresses; the use case says what is wrong with one."""

    redirect_uris = forms.CharField(
        label="Redirect addresses",
        help_text="One a line, ten at most, compared letter for letter. While you develop also http://127.0.0.1:PORT/… "
        "Leave it empty and the app cannot be connected by link.",
        widget=forms.Textarea({"rows": 5, "spellcheck": "false", "autocomplete": "off"}),
        max_length=(MOST + 1) * (LONGEST + 2),
        required=False,
    )

    def uris(self) -> list[str]:
        """Those of a form that is valid."""
        said: str = self.cleaned_data["redirect_uris"]
        return said.split()
