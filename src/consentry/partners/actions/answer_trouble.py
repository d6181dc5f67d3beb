"""A company answers a school that reported a problem with its app."""

from datetime import datetime

from consentry.audit.change import change
from consentry.audit.names import EventName
from consentry.partners.acting import acting
from consentry.partners.details import check_description
from consentry.partners.models import CompanyMember, TroubleReport
from consentry.partners.queries.members import check_member_may
from consentry.partners.queries.troubles import locked_trouble, trouble_with
from consentry.partners.troubling import add_trouble_note, tell_school
from consentry.rules.company_roles import CompanyAct
from consentry.rules.trouble_life import Side, TroubleMove
from consentry.schools.queries import school_id


def answer_trouble(
    report_id: int, text: str, *, settles: bool = False, by: CompanyMember, at: datetime
) -> TroubleReport:
    """Who reported it is told, in the site and by email; `settles` says that the problem is solved.

    Raises TroubleRefusedError for one that is settled, InvalidError for a text that cannot be, NotForThisMemberError
    for a role that does not cover it, TroubleReport.DoesNotExist for another company's, CompanyMember.DoesNotExist for
    who was removed.
    """
    check_description("text", text)
    site = trouble_with(report_id, company=by.company).school
    with change(actor=acting(by), at=at, school=school_id(site)) as this:
        company = check_member_may(by, CompanyAct.ANSWER).company
        report = locked_trouble(report_id, company=company)
        add_trouble_note(this, report, text, Side.COMPANY, TroubleMove.SETTLE if settles else TroubleMove.ANSWER)
        this.record(EventName.TROUBLE_SETTLED if settles else EventName.TROUBLE_ANSWERED, report, app=report.app_id)
        said = "has answered, and says that the problem is solved" if settles else "has answered"
        title = f"{company.name} {'has settled' if settles else 'answers'} your report about {report.app.name}"
        tell_school(this, report, title, f"{company.name} {said}. Read it, and answer or reopen it where it is not so.")
    return report
