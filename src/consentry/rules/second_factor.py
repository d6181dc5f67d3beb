"""When a site asks for a second factor: something beside a password that only the person has."""

from dataclasses import dataclass

from consentry.rules.addresses_on_site import is_on_site


@dataclass(frozen=True)
class Demand:
    """What one site says about it; the defaults are those of a site that has said nothing."""

    demanded: bool = False
    skipped_for_sso: bool = False
    addresses_on_site: tuple[str, ...] = ()


@dataclass(frozen=True)
class Coming:
    """How somebody came: what they have proved in this session, and from where they ask now."""

    used_factor: bool
    by_sso: bool
    address: str | None


def may_skip(demand: Demand, coming: Coming) -> bool:
    """Whether the site lets somebody who comes like this in without a second factor, whoever they are."""
    return (demand.skipped_for_sso and coming.by_sso) or is_on_site(coming.address or "", demand.addresses_on_site)


def is_due(demand: Demand, coming: Coming) -> bool:
    """Whether a second factor is to be used before anything of the site."""
    return demand.demanded and not coming.used_factor and not may_skip(demand, coming)
