"""What sites say about a second factor, and what people have."""

from allauth.mfa.models import Authenticator

from consentry.people.models import Account, SignInSettings, User
from consentry.rules.identity import SchoolId
from consentry.rules.second_factor import Demand


def demand_of(school: SchoolId) -> Demand:
    """What this site says. One query."""
    return _demands([school]).get(school, Demand())


def demands_on(user: User) -> list[Demand]:
    """What each site says at which the user has an enabled account of their own. Two queries."""
    own = list(Account.objects.filter(user=user, enabled=True, trust=None).values_list("school", flat=True))
    said = _demands(own)
    return [said.get(school, Demand()) for school in own]


def demands_at(schools: list[int]) -> dict[int, Demand]:
    """What each of these sites says, of those that have said something. One query."""
    return _demands(schools)


def passkeys_of(user: User) -> int:
    """How many passkeys the user has."""
    return int(Authenticator.objects.filter(user=user, type=Authenticator.Type.WEBAUTHN).count())


def _demands(schools: list[int] | list[SchoolId]) -> dict[int, Demand]:
    return {
        row.school_id: Demand(
            row.second_factor_demanded, row.second_factor_skipped_for_sso, tuple(row.addresses_on_site)
        )
        for row in SignInSettings.objects.filter(school__in=schools)
    }
