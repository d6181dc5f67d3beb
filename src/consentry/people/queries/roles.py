"""The business roles of a site."""

from consentry.people.models import BusinessRole
from consentry.rules.identity import SchoolId


def roles_of_site(school: SchoolId) -> dict[str, BusinessRole]:
    """The business roles of this site, by name."""
    return {role.name: role for role in BusinessRole.objects.filter(school=school).order_by("name")}
