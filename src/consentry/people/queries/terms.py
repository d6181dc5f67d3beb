"""Which terms and conditions an account has accepted, and whether it has to."""

from django.db.models import Exists, OuterRef

from consentry.people.models import Account, TermsAcceptance
from consentry.schools.models import Terms


def terms_to_accept(account: Account) -> Terms | None:
    """The terms in force, where the account has not accepted them yet; else None. One query.

    Their text is read when it is asked for.
    """
    accepted = TermsAcceptance.objects.filter(account=account, terms=OuterRef("id"))
    newest = Terms.objects.defer("text").annotate(is_accepted=Exists(accepted)).order_by("-number").first()
    return None if newest is None or newest.is_accepted else newest


def acceptances_of(account: Account) -> list[TermsAcceptance]:
    """What the account accepted and when, the newest version first."""
    return list(account.acceptances.select_related("terms").order_by("-terms__number"))
