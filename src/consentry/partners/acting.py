"""Who a member of a company is as the party of an event."""

from consentry.audit.actor import Actor, ActorKind
from consentry.partners.models import CompanyMember


def acting(member: CompanyMember) -> Actor:
    """The person, named with the company that they act for."""
    return Actor(ActorKind.USER, member.user_id, f"{member.user.name} of {member.company.name}")
