"""One person of a site, as users/user.html and its slide-over show them."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone

from consentry.people.actions.assign_role import HOLD_ROLES
from consentry.people.models import Account, AdHocPermission, EmailChange, RoleAssignment
from consentry.people.queries.roles import is_current
from consentry.people.queries.sign_ins import LAST, Attempt
from consentry.people.queries.sources import Source
from consentry.rules.pages import Page
from consentry.web.sentences import full_day, moment, moment_or_none
from consentry.web.shown.sign_ins import COLUMNS, shown_attempts
from consentry.web.visit import Visit


def shown_user(
    visit: Visit, account: Account, sources: Iterable[Source], underway: EmailChange | None, *, is_them: bool
) -> dict[str, Any]:
    """Who it is and what they may do: the part of the context that the template names `user`.

    `is_them`: it is the person themself who looks, not somebody for whom this site alone vouches.
    """
    return {
        "name": account.shown_name,  # type: ignore[attr-defined]
        "email": account.user.email,
        "user_type": str(account.get_user_type_display()),
        "url": _to(visit, account, "user"),
        "back_url": reverse("users" if visit.may(Page.USERS) else "home", args=[visit.site.slug]),
        "back_label": "Users" if visit.may(Page.USERS) else "Home",
        "state": _state(account),
        "facts": _facts(visit, account),
        "is_own": account == visit.account,
        "trust": account.trust.name if account.trust else "",
        "holds_roles": account.user_type in HOLD_ROLES,
        "sources": [_source(each) for each in sources],
        "change": _change(visit, account, underway, is_them=is_them),
    }


def shown_held(
    visit: Visit, account: Account, roles: Iterable[RoleAssignment], single: Iterable[AdHocPermission]
) -> dict[str, Any]:
    """The roles and single permissions with their days, each with the address where it is ended."""
    today = timezone.localdate(visit.at)
    return {
        "roles": [_held(visit, account, each, each.role.name, "user-role-end", today) for each in roles],
        "single": [_held(visit, account, each, each.permission, "user-permission-end", today) for each in single],
    }


def shown_sign_ins(visit: Visit, attempts: Iterable[Attempt]) -> dict[str, Any]:
    """The last attempts to sign in, as components/sign_in_rows.html shows them."""
    return {"columns": COLUMNS, "rows": shown_attempts(visit, attempts), "last": LAST}


def shown_acts(visit: Visit, account: Account) -> dict[str, Any]:
    """What can be done to the account, each with its address or the permission that is missing for it."""
    own, from_trust = account == visit.account, account.trust is not None
    may_look_after = visit.may(Page.USERS)
    acts = {
        "role": (visit.may(Page.PERMISSIONS), "user-role-add"),
        "permission": (visit.may(Page.PERMISSIONS), "user-permission-add"),
        "disable": (may_look_after and not own, "user-disable" if account.enabled else "user-enable"),
        "sign_out": (may_look_after or own, "user-sign-out"),
        "password": (may_look_after and not from_trust, "user-password-link"),
        "email": ((may_look_after or own) and not from_trust, "user-email"),
        "name": ((may_look_after or own) and not from_trust, "user-name"),
        "user_type": (may_look_after and not from_trust, "user-type"),
        "profile_email": (may_look_after and not from_trust, "user-profile-email"),
    }
    return {
        **{name: _to(visit, account, route) if may else "" for name, (may, route) in acts.items()},
        "is_enabled": account.enabled,
        "missing": _missing(visit),
    }


def _columns(*labels: str) -> list[dict[str, str]]:
    return [{"label": label, "kind": "", "url": "", "sorted": ""} for label in labels]


TABLES = {
    "source_columns": _columns("Permission", "Through", "Until"),
    "role_columns": _columns("Business role", "First day", "Last day", "State", "Action"),
    "single_columns": _columns("Permission", "First day", "Last day", "State", "Action"),
}
"""The headings of the tables, by the names that the template has for them."""


def _missing(visit: Visit) -> list[dict[str, str]]:
    """The permissions that somebody lacks who cannot press all of the buttons: for which, and who gives them."""
    needs = {Page.USERS: "Looking after accounts", Page.PERMISSIONS: "Giving and ending roles and permissions"}
    lacks = [(what, visit.missing(page)) for page, what in needs.items() if not visit.may(page)]
    return [{"what": what, "permission": each.value, "giver": visit.giver(each)} for what, each in lacks]


def _state(account: Account) -> dict[str, str]:
    if not (account.enabled and account.user.is_active):
        return {"label": "Disabled", "tone": "bad"}
    if account.is_invited:  # type: ignore[attr-defined]
        return {"label": "Invited", "tone": "notice"}
    return {"label": "Enabled", "tone": "good"}


def _facts(visit: Visit, account: Account) -> list[dict[str, Any]]:
    came = account.last_sign_in  # type: ignore[attr-defined]
    invited = account.is_invited  # type: ignore[attr-defined]
    name = "Shown once they have signed in here" if invited else account.user.name
    return [
        {"label": "Name", "text": name},
        {"label": "Email", "text": account.user.email},
        {"label": "Email for single sign-on", "text": account.profile_email or "The same"},
        {"label": "Type of user", "text": _type(account)},
        {"label": "Added", "when": moment(account.added_at, visit.at)},
        {"label": "Most recent sign-in", "when": moment_or_none(came, visit.at), "text": "" if came else "None yet"},
    ]


def _type(account: Account) -> str:
    kind = str(account.get_user_type_display())
    return f"{kind} from {account.trust.name}" if account.trust else kind


def _source(source: Source) -> dict[str, str]:
    through = f"Business role {source.role}" if source.role else "Given singly"
    return {
        "permission": source.permission.value,
        "through": through if source.works_here else f"{through}; it works in the trust’s schools",
        "until": full_day(source.until) if source.until else "Without end",
    }


def _change(visit: Visit, account: Account, underway: EmailChange | None, *, is_them: bool) -> dict[str, Any] | None:
    if underway is None:
        return None
    asked = moment(underway.asked_at, visit.at)
    if not is_them and underway.school_id not in {None, visit.site.id}:
        return {"new_email": "", "asked": asked, "waits_for": "", "cancel_url": ""}
    addresses = ((account.user.email, underway.old_confirmed_at), (underway.new_email, underway.new_confirmed_at))
    return {
        "new_email": underway.new_email,
        "asked": asked,
        "waits_for": " and ".join(address for address, confirmed in addresses if confirmed is None),
        "cancel_url": _to(visit, account, "user-email-cancel"),
    }


def _held(
    visit: Visit, account: Account, held: RoleAssignment | AdHocPermission, name: str, route: str, today: date
) -> dict[str, Any]:
    has_ended = held.ends_on is not None and held.ends_on < today
    may_end = visit.may(Page.PERMISSIONS) and not has_ended
    return {
        "name": name,
        "starts_on": full_day(held.starts_on),
        "ends_on": full_day(held.ends_on) if held.ends_on else "Without end",
        "tag": _when(held, today, has_ended=has_ended),
        "has_ended": has_ended,
        "end_url": reverse(route, args=[visit.site.slug, account.id, held.id]) if may_end else "",
    }


def _when(held: RoleAssignment | AdHocPermission, today: date, *, has_ended: bool) -> dict[str, str]:
    if is_current(held, today):
        return {"label": "Now", "tone": "good"}
    return {"label": "Ended", "tone": "neutral"} if has_ended else {"label": "To come", "tone": "notice"}


def _to(visit: Visit, account: Account, route: str) -> str:
    return reverse(route, args=[visit.site.slug, account.id])
