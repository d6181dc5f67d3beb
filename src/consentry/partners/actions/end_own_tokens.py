"""A company ends tokens that somebody gave an app of its own by the connect link."""

from datetime import datetime

from consentry.audit.change import change
from consentry.audit.elsewhere import record_elsewhere
from consentry.audit.names import EventName
from consentry.partners.acting import acting
from consentry.partners.actions.end_token_chain import Ending, end_chain
from consentry.partners.models import CompanyMember
from consentry.partners.queries.members import check_member_may
from consentry.partners.queries.own_apps import own_app
from consentry.partners.queries.token_chains import living_chains
from consentry.rules.company_roles import CompanyAct
from consentry.rules.identity import PLATFORM, SchoolId


def end_own_tokens(app_id: int, chain_id: int, *, by: CompanyMember, at: datetime) -> None:
    """They open nothing from the next call on; what the site approved stands. On record at the site and here.

    Raises App.DoesNotExist and TokenChain.DoesNotExist for another company's and for those that have ended,
    NotForThisMemberError, CompanyMember.DoesNotExist for who was removed.
    """
    app = own_app(by.company, app_id)
    site = SchoolId(living_chains(app.id, at=at).get(id=chain_id).school_id)
    with change(actor=acting(by), at=at, school=site) as this:
        check_member_may(by, CompanyAct.PUBLISH)
        chain = living_chains(app.id, at=at).select_for_update(of=("self",)).get(id=chain_id)
        end_chain(this, chain, Ending.BY_COMPANY)
        record_elsewhere(
            this, {PLATFORM: app}, EventName.TOKENS_ENDED, why=Ending.BY_COMPANY.value, site=chain.school.name
        )
