"""The order to wipe a dummy site: its name as somebody typed it, and what it is to become."""

from django import forms

from consentry.schools.models import Life
from consentry.workflows.wipe_dummy_site import WipeOrder

_LONGEST = 300
_BECOMES = [
    (Life.LIVE.value, "The live site: the next imports bring the real records"),
    (Life.DUMMY.value, "A dummy site again: for another trial run"),
]


class WipeForm(forms.Form):
    """Whether the name is right is said by the use case."""

    becomes = forms.ChoiceField(
        label="What it is afterwards",
        choices=_BECOMES,
        initial=Life.LIVE.value,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose what the site is afterwards.",
            "invalid_choice": "Choose one of the two: the live site, or a dummy site again.",
        },
    )
    confirm = forms.CharField(
        label="Name of this site",
        max_length=_LONGEST,
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": "Type the name of this site, so that no other is wiped by mistake."},
    )

    def order(self) -> WipeOrder:
        """What is ordered, of a form that is valid."""
        return WipeOrder(self.cleaned_data["confirm"], Life(self.cleaned_data["becomes"]))
