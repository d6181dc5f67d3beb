"""What the operator enters of a collector, held to what can be shown and sent."""

from dataclasses import fields
from hashlib import sha256

from consentry.partners.details import check_description, check_name
from consentry.returns.models import Collector
from consentry.rules.collector_details import (
    CollectorDetails,
    NewCollector,
    check_address,
    check_figures,
    check_header,
    check_local_authority,
    check_times,
    check_word,
)
from consentry.rules.invalid import InvalidError
from consentry.rules.jurisdictions import Jurisdiction
from consentry.rules.payload_forms import Format, Granularity
from consentry.rules.sending_window import WindowUnit
from consentry.rules.slugs import LONGEST, is_usable

NAMES = tuple(each.name for each in fields(CollectorDetails))


def check_new(wanted: NewCollector) -> None:
    """Raise InvalidError for the first thing that cannot be."""
    if not is_usable(wanted.slug):
        raise InvalidError("slug", f"is at most {LONGEST} small letters, digits and single dashes")
    check_details(wanted.details, is_local=wanted.is_local)


def check_details(details: CollectorDetails, *, is_local: bool) -> None:
    """Raise InvalidError for the first thing that cannot be."""
    check_name("name", details.name)
    check_name("recipient", details.recipient)
    check_description("purpose", details.purpose)
    check_local_authority("local_authority", details.local_authority)
    if details.local_authority and not is_local:
        raise InvalidError("local_authority", "is asked of collectors of one local authority alone")
    check_figures(details)
    check_times(details)
    check_address("base_url", details.base_url)
    check_address("token_url", details.token_url)
    check_word("oauth_scope", details.oauth_scope, blanks=True)
    check_word("client_id", details.client_id)
    check_header("subscription_header", details.subscription_header)


def details_of(collector: Collector) -> CollectorDetails:
    """What it has now of what can be changed."""
    held = {name: getattr(collector, name) for name in NAMES}
    kinds = {"granularity": Granularity, "format": Format, "window_unit": WindowUnit}
    return CollectorDetails(**held | {name: kind(held[name]) for name, kind in kinds.items()})


def digest_of(collector: Collector) -> str:
    """What tells how it stands from how it stood: for who changes it, having looked at it."""
    return sha256(repr(details_of(collector)).encode()).hexdigest()


def check_ready(collector: Collector) -> None:
    """Raise InvalidError, naming what is missing, unless it can be sent to."""
    needed = {
        "base_url": (collector.base_url, "its address"),
        "token_url": (collector.token_url, "the address of its tokens"),
        "client_id": (collector.client_id, "the client id by which it knows you"),
        "local_authority": (collector.local_authority or not collector.is_local, "which local authority it is"),
        "first": (collector.first_secret or collector.second_secret, "a secret"),
        "subscription": (
            collector.subscription_key or not collector.subscription_header,
            f"the key that goes with {collector.subscription_header}",
        ),
    }
    for field, (is_there, what) in needed.items():
        if not is_there:
            raise InvalidError(field, f"{what} is missing")


def where(collector: Collector) -> str:
    """Whose schools it asks: a part of the kingdom, or one local authority of it."""
    part = Jurisdiction(collector.jurisdiction).label
    return f"{part}, local authority {collector.local_authority}" if collector.local_authority else part
