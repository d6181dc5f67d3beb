"""What a company ticks that its app's sync needs, each with a reason."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms

from consentry.rules.readiness import Check, Need
from consentry.web.forms.partners.held_to import sentence_line


class NeedsForm(forms.Form):
    """For each check whether it is needed, and why; what is ticked has a reason, and the reverse."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for check in Check:
            self.fields[check.value] = forms.BooleanField(label=check.label, required=False)
            self.fields[_reason(check)] = sentence_line(f"Why: {check.label}")

    @classmethod
    def showing(cls, needs: Sequence[Need]) -> "NeedsForm":
        """The form filled in with what is declared now."""
        ticked = {need.check.value: True for need in needs}
        return cls(initial=ticked | {_reason(need.check): need.reason for need in needs})

    def clean(self) -> dict[str, Any]:
        """Says at a field what is missing beside the other."""
        said = super().clean() or self.cleaned_data
        for check in Check:
            ticked, reason = said.get(check.value), said.get(_reason(check))
            if ticked and not reason and _reason(check) not in self.errors:
                self.add_error(_reason(check), f"Say why your sync needs it: {check.label}.")
            if reason and not ticked:
                self.add_error(check.value, f"Tick it, or take its reason out: {check.label}.")
        return said

    def needs(self) -> tuple[Need, ...]:
        """What a form says that is valid."""
        said = self.cleaned_data
        return tuple(Need(check, said[_reason(check)]) for check in Check if said[check.value])

    def pairs(self) -> Iterator[dict[str, Any]]:
        """The two fields of each check, and its label as it is written."""
        for check in Check:
            yield {"label": check.label, "ticked": self[check.value], "reason": self[_reason(check)]}


def _reason(check: Check) -> str:
    return f"{check.value}-reason"
