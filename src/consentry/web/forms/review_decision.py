"""What is sent along with a decision on a review: which review the person had before them, and how it stood."""

from django import forms


class ReviewDecisionForm(forms.Form):
    """The review shown and what had been done to it by then, so that nobody decides on what they have not seen."""

    review = forms.IntegerField(min_value=1)
    moves = forms.IntegerField(min_value=1)
