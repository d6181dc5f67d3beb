"""The part of the Login History that an address asks for. What is not understood falls back to the usual."""

from collections.abc import Mapping
from urllib.parse import urlencode

from consentry.people.models import Outcome, UserType
from consentry.people.queries.sign_ins import SortedBy, Wanted
from consentry.web.forms.list_query import page_number, search
from consentry.web.forms.sorted_by import Sorting, sorting
from consentry.web.sign_in_words import PROVIDERS

FAILED = "failed"
"""The value of the outcome that stands for all that are not "signed in"."""

_USUAL = Sorting(SortedBy.WHEN.value, descending=True)


def wanted_sign_ins(query: Mapping[str, str]) -> Wanted:
    """What `?q=…&type=staff&provider=google&outcome=failed&sort=user&page=2` wants."""
    user_type, provider, outcome = query.get("type", ""), query.get("provider", ""), query.get("outcome", "")
    order = sorting(query, [each.value for each in SortedBy], _USUAL)
    return Wanted(
        q=search(query),
        user_type=UserType(user_type) if user_type in UserType.values else None,
        provider=provider if provider in PROVIDERS else "",
        outcome=Outcome(outcome) if outcome in Outcome.values else None,
        only_failed=outcome == FAILED,
        sorted_by=SortedBy(order.by),
        descending=order.descending,
        page=page_number(query),
    )


def sort_of(wanted: Wanted) -> Sorting:
    """The sort of what is wanted."""
    return Sorting(wanted.sorted_by.value, wanted.descending)


def outcome_of(wanted: Wanted) -> str:
    """The outcome of what is wanted, as an address says it; "" for any."""
    return FAILED if wanted.only_failed else (wanted.outcome or "")


def query_of(wanted: Wanted, **other: str) -> str:
    """The query of the address of what is wanted, without its page and what is as usual; `other` replaces parts."""
    sort = sort_of(wanted)
    said = {
        "q": wanted.q,
        "type": wanted.user_type or "",
        "provider": wanted.provider,
        "outcome": outcome_of(wanted),
        "sort": "" if sort == _USUAL else str(sort),
    } | other
    query = urlencode({name: value for name, value in said.items() if value})
    return f"?{query}" if query else ""
