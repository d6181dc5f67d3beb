"""Tell an app's company by e-mail what a site decided about it."""

from django.utils import timezone

from consentry.audit.change import Change
from consentry.connections.models import Connection
from consentry.partners.actions.write_letter import write_letter
from consentry.rules.receipts import Decision

_WHAT = {
    Decision.APPROVED: ("approved {app}", "It can read what version {version} asks for from its next call on."),
    Decision.REJECTED: ("rejected {app}", "Its access there has ended: the next call is refused."),
    Decision.REVIEW_ACCEPTED: ("accepted the change of {app}", "Version {version} is in force there."),
    Decision.REVIEW_DECLINED: (
        "declined the change of {app}",
        "What was in force stays. The site can still accept version {version} while it is the newest.",
    ),
}


def tell_company(this: Change, connection: Connection, decision: Decision, version: int) -> None:
    """One letter to the company's contact, in the open change: which site decided what, when; never who decided.

    Nothing is written of a company's own sandbox.
    """
    app, site = connection.app, connection.school
    if app.company.sandbox_id == site.id:
        return
    what, then = _WHAT[decision]
    said = what.format(app=app.name)
    on = timezone.localtime(this.at)
    write_letter(
        this,
        app.company,
        title=f"{site.name} has {said}",
        text=f"{site.name} {said} on {on.day} {on:%B %Y} at {on:%H:%M}. {then.format(version=version)}",
        path=f"/partners/{app.company_id}/apps/{app.id}",
    )
