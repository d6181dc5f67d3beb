"""A school says that the problem that it reported is solved."""

from datetime import datetime

from consentry.audit.change import change
from consentry.audit.names import EventName
from consentry.partners.models import TroubleReport
from consentry.partners.queries.troubles import locked_trouble
from consentry.partners.troubling import add_trouble_note, tell_company_of_trouble
from consentry.people.acting import acting
from consentry.people.models import Account
from consentry.people.queries.permissions import check_may
from consentry.rules.pages import Page
from consentry.rules.trouble_life import Side, TroubleMove
from consentry.schools.models import Site
from consentry.schools.queries import school_id

_SAID = "The problem is solved."


def settle_trouble(site: Site, report_id: int, *, by: Account, at: datetime) -> TroubleReport:
    """Nobody has to do anything about it any more; the company is told by email.

    Raises TroubleRefusedError for one that is settled, NotPermittedError for somebody who may not decide on apps there,
    TroubleReport.DoesNotExist for another site's too.
    """
    with change(actor=acting(by), at=at, school=school_id(site)) as this:
        check_may(by, site, Page.PARTNER_APPS, at.date())
        report = locked_trouble(report_id, site=site)
        add_trouble_note(this, report, _SAID, Side.SCHOOL, TroubleMove.SETTLE)
        this.record(EventName.TROUBLE_SETTLED, report, app=report.app_id)
        title = f"{site.name} has settled its report about {report.app.name}"
        tell_company_of_trouble(this, report, title, f"{title}: it works there. There is nothing to do.")
    return report
