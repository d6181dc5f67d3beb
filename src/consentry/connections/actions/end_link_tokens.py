"""A site ends the tokens that its people gave an app by the connect link, and leaves what it approved as it is."""

from datetime import datetime

from django.utils import timezone

from consentry.audit.change import change
from consentry.connections.models import Connection
from consentry.partners.actions.end_token_chain import Ending, end_chain
from consentry.partners.actions.write_letter import write_letter
from consentry.partners.models import TokenChain
from consentry.partners.queries.token_chains import living_chains
from consentry.people.acting import acting
from consentry.people.models import Account
from consentry.people.queries.permissions import check_may
from consentry.rules.pages import Page
from consentry.schools.models import Site
from consentry.schools.queries import school_id

_TEXT = """{site} has ended the tokens that {app} got by the connect link: its next call with one of them is refused.

What {site} approved stands. To go on, ask somebody there to open your link again."""


def end_link_tokens(site: Site, connection_id: int, *, by: Account, at: datetime) -> Connection:
    """All of the app's at this site, from the next call on: for when they may be in wrong hands. The company is told.

    Raises TokenChain.DoesNotExist where there are none; NotPermittedError for somebody who may not decide;
    Connection.DoesNotExist for another site's.
    """
    with change(actor=acting(by), at=at, school=school_id(site)) as this:
        check_may(by, site, Page.PARTNER_APPS, timezone.localdate(at))
        connection = Connection.objects.select_related("app__company").get(school=site, id=connection_id)
        app = connection.app
        living = living_chains(app.id, at=at).filter(school=site).order_by("id")  # as whoever suspends the app
        if not (locked := list(living.select_for_update(of=("self",)))):
            raise TokenChain.DoesNotExist
        for chain in locked:
            end_chain(this, chain, Ending.BY_SITE)
        write_letter(
            this,
            app.company,
            title=f"{site.name} has ended tokens of {app.name}",
            text=_TEXT.format(site=site.name, app=app.name),
            path=f"/partners/{app.company_id}/apps/{app.id}/schools",
        )
    return connection
