"""The operator says something about a problem that a school reported."""

from datetime import datetime

from consentry.audit.actor import Actor
from consentry.audit.change import change
from consentry.audit.names import EventName
from consentry.partners.details import check_description
from consentry.partners.models import TroubleReport
from consentry.partners.queries.troubles import locked_trouble, site_of_trouble
from consentry.partners.troubling import add_trouble_note, tell_company_of_trouble, tell_school
from consentry.rules.trouble_life import Side, TroubleMove
from consentry.schools.queries import school_id


def note_trouble(report_id: int, text: str, *, by: Actor, at: datetime) -> TroubleReport:
    """The school and the company read it, and are told; the report stands where it stood.

    Raises InvalidError for a text that cannot be, TroubleReport.DoesNotExist.
    """
    check_description("text", text)
    with change(actor=by, at=at, school=school_id(site_of_trouble(report_id))) as this:
        report = locked_trouble(report_id)
        add_trouble_note(this, report, text, Side.OPERATOR, TroubleMove.NOTE)
        this.record(EventName.TROUBLE_NOTED, report, app=report.app_id)
        title = f"The operator says something about {report.app.name} at {report.school.name}"
        tell_company_of_trouble(this, report, title, f"{title}. Read it:")
        tell_school(this, report, title, "Read it with your report.")
    return report
