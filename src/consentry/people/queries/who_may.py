"""Who at a site can do what somebody may not: whom they ask."""

from collections.abc import Iterable
from datetime import date

from consentry.people.queries.permissions import accounts_permitted
from consentry.rules.identity import SchoolId
from consentry.rules.permissions import Permission


def names_permitted(school: SchoolId, permissions: Iterable[Permission], on: date, *, most: int) -> list[str]:
    """The names of the site's own people who hold any of the permissions on this day, by name; `most` of them."""
    names = accounts_permitted(school, permissions, on).order_by("user__name").values_list("user__name", flat=True)
    return list(names[:most])
