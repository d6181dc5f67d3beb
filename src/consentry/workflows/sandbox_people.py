"""The people of a company's sandbox are those of the company who build for it, and nobody else."""

from datetime import datetime

from consentry.audit.actor import SYSTEM
from consentry.audit.change import ChangeWithoutEventError, change
from consentry.partners.models import Company
from consentry.partners.queries.sandboxes import builders_of
from consentry.people.actions.match_people import match_people
from consentry.schools.queries import school_id

ADMINISTRATOR_CODE = "school-administrator"


def match_sandbox_people(company: Company, *, at: datetime) -> bool:
    """Each Administrator and Developer has an account there as its administrator; whether anything had to be done.

    Readers, and who was removed, have none. A company without a sandbox: when it has one, this is done.
    """
    if company.sandbox is None:
        return False
    try:
        with change(actor=SYSTEM, at=at, school=school_id(company.sandbox)) as this:
            match_people(this, company.sandbox, [each.user for each in builders_of(company)], ADMINISTRATOR_CODE)
    except ChangeWithoutEventError:
        return False
    return True
