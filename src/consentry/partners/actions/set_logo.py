"""A company gives an app of its own a logo."""

import hashlib
from datetime import datetime

from consentry.audit.change import change
from consentry.audit.names import EventName
from consentry.partners.acting import acting
from consentry.partners.logo import read_logo
from consentry.partners.models import AppLogo, CompanyMember
from consentry.partners.queries.members import check_member_may
from consentry.partners.queries.own_apps import lock_own_app
from consentry.rules.company_roles import CompanyAct


def set_logo(app_id: int, data: bytes, *, by: CompanyMember, at: datetime) -> AppLogo:
    """The picture in the file, as we encode it, is the app's logo from now on.

    Raises InvalidError for a file that is no such picture, App.DoesNotExist for another company's,
    NotForThisMemberError, CompanyMember.DoesNotExist for who was removed.
    """
    png = read_logo(data)
    with change(actor=acting(by), at=at, school=None) as this:
        app = lock_own_app(check_member_may(by, CompanyAct.BUILD).company, app_id)
        said = {"png": png, "digest": hashlib.sha256(png).hexdigest(), "set_at": at}
        logo, _ = AppLogo.objects.update_or_create(app=app, defaults=said)
        this.record(EventName.LOGO_SET, logo, app=app.id, digest=logo.digest)
    return logo
