"""A school says more about a problem that it reported, or reopens a report because the problem is still there."""

from datetime import datetime

from consentry.audit.change import change
from consentry.partners.details import check_description
from consentry.partners.models import TroubleReport
from consentry.partners.queries.troubles import locked_trouble, trouble_with
from consentry.partners.troubling import one_at_a_time, say_more
from consentry.people.acting import acting
from consentry.people.models import Account
from consentry.people.queries.permissions import check_may
from consentry.rules.pages import Page
from consentry.schools.models import Site
from consentry.schools.queries import school_id


def continue_trouble(site: Site, report_id: int, text: str, *, by: Account, at: datetime) -> TroubleReport:
    """The report waits for the company again, which is told by email; a settled one is reopened.

    Raises TroubleRefusedError for one that cannot be reopened, InvalidError for a text that cannot be,
    NotPermittedError for somebody who may not decide on apps there, TroubleReport.DoesNotExist for another site's too.
    """
    check_description("text", text)
    with change(actor=acting(by), at=at, school=school_id(site)) as this:
        check_may(by, site, Page.PARTNER_APPS, at.date())
        one_at_a_time(trouble_with(report_id, site=site).app_id, site)
        report = locked_trouble(report_id, site=site)
        say_more(this, report, text)
    return report
