"""What is sent along with an approval or a rejection: what the person had before them."""

from django import forms

from consentry.connections.deciding import Seen


class DecisionForm(forms.Form):
    """The version shown and the moves made by then, so that nobody decides on what they have not seen."""

    version = forms.IntegerField(min_value=1)
    moves = forms.IntegerField(min_value=1)

    def seen(self) -> Seen:
        """What the person saw, of a form that is valid."""
        return Seen(version=self.cleaned_data["version"], moves=self.cleaned_data["moves"])
