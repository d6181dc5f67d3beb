"""What the people of a company's sandbox cannot do there: a sandbox is nobody's but the company's, and stays one."""

from django.core.exceptions import PermissionDenied

from consentry.partners.queries.sandboxes import sandbox_owner
from consentry.web.visit import Visit

PEOPLE = "Its people are the Administrators and Developers of {company}: invite somebody there, under Members."
ASKING = "No school is behind it that could ask for an app, and who is asked is sent an email."
DETAILS = "Its name and numbers are made up, and stay as they are."


def not_at_sandbox(visit: Visit, why: str) -> None:
    """Raise PermissionDenied, with these words about it, at a company's sandbox.

    Anybody can register a company, and so have a sandbox: through it they must not reach people who did not ask to be
    there, nor take the numbers of a school.
    """
    company = sandbox_owner(visit.site)
    if company is not None:
        raise PermissionDenied(f"{visit.site.name} is a sandbox. {why.format(company=company.name)}")
