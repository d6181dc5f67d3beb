"""The operator gives a company another name, once they have looked at it."""

from datetime import datetime

from consentry.audit.actor import Actor
from consentry.audit.change import change
from consentry.audit.names import EventName
from consentry.partners.actions.register_company import check_name_free
from consentry.partners.details import check_name
from consentry.partners.models import Company


def rename_company(company_id: int, name: str, *, by: Actor, at: datetime) -> Company:
    """Schools are shown it under this name from now on; what receipts say stays.

    Raises InvalidError for what cannot be a name, the name that it has, and one that another has; Company.DoesNotExist.
    """
    check_name("name", name)
    with change(actor=by, at=at, school=None) as this:
        company = Company.objects.select_for_update(no_key=True).get(id=company_id)
        check_name_free(name, but=None if company.name == name else company.id)
        company.name = name
        company.save(update_fields=["name"])
        this.record(EventName.COMPANY_CHANGED, company, fields=["name"])
    return company
