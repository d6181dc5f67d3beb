"""What apps say their sync needs of a school's records."""

from consentry.partners.models import AppRequirement
from consentry.rules.readiness import Check, Need


def needs_of(app_id: int) -> tuple[Need, ...]:
    """The app's needs in the order of the checks; one that is no check any more is passed over. One query."""
    said = dict(AppRequirement.objects.filter(app=app_id).values_list("check_name", "reason"))
    return tuple(Need(check, said[check.value]) for check in Check if check.value in said)
