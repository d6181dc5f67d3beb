"""The business roles of a site, as permissions/list.html and permissions/role.html show them."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils import timezone

from consentry.people.queries.roles import Holder, RoleShown
from consentry.rules.pages import Page
from consentry.rules.permissions import Permission
from consentry.web.sentences import counted, full_day
from consentry.web.visit import Visit


def shown_roles(visit: Visit, roles: Iterable[RoleShown]) -> list[dict[str, Any]]:
    """The context that the list names `roles`."""
    return [
        {
            "name": each.name,
            "url": reverse("role", args=[visit.site.slug, each.id]),
            "managed": managed_by(visit, each),
            "permissions": [permission.value for permission in Permission if permission in each.permissions],
            "holders": counted(len({holder.account for holder in each.holders}), "person", "people"),
        }
        for each in roles
    ]


def shown_role(visit: Visit, role: RoleShown) -> dict[str, Any]:
    """The context that the page of one names `role`."""

    def to(route: str) -> str:
        return reverse(route, args=[visit.site.slug, role.id])

    return {
        "name": role.name,
        "managed": managed_by(visit, role),
        "is_sites": role.managed_by_site,
        "permissions": [each.value for each in Permission if each in role.permissions],
        "holders": [_holder(visit, each) for each in role.holders],
        "take_over_url": "" if role.managed_by_site else to("role-take-over"),
        "edit_url": to("role-edit") if role.managed_by_site else "",
        "rename_url": to("role-rename"),
        "url": to("role"),
        "back_url": reverse("permissions", args=[visit.site.slug]),
    }


def managed_by(visit: Visit, role: RoleShown) -> str:
    """Who keeps the role up to date."""
    return f"Managed by {visit.site.name if role.managed_by_site else 'Consentry'}"


def _holder(visit: Visit, holder: Holder) -> dict[str, str]:
    today = timezone.localdate(visit.at)
    begins = f"from {full_day(holder.starts_on)}" if holder.starts_on > today else ""
    ends = f"until {full_day(holder.ends_on)}" if holder.ends_on else ""
    state = "" if holder.enabled else "disabled"
    may_open = visit.may(Page.USERS) or holder.account == visit.account.id
    return {
        "name": holder.name,
        "url": reverse("user", args=[visit.site.slug, holder.account]) if may_open else "",
        "when": ", ".join(filter(None, (begins, ends, state))) or "without end",
    }
