"""Collectors: all, one, and those that ask a school."""

from django.db.models import QuerySet

from consentry.returns.locking import hold_collector, share_collector
from consentry.returns.models import Collector
from consentry.rules.jurisdictions import Jurisdiction
from consentry.schools.models import Site


def all_collectors() -> QuerySet[Collector]:
    """Every collector, the oldest first."""
    return Collector.objects.order_by("id")


def collector_by_slug(slug: str) -> Collector:
    """The collector of this name in addresses and commands. Raises Collector.DoesNotExist."""
    return Collector.objects.get(slug=slug)


def collector_of_id(number: int) -> Collector:
    """The collector of this number. Raises Collector.DoesNotExist."""
    return Collector.objects.get(id=number)


def collector_shared(number: int) -> Collector:
    """The collector as it stands, which nobody changes before the open transaction ends.

    The operator who discontinues it waits for those that are sending to it: afterwards nothing is sent any more.
    """
    share_collector(number)
    return Collector.objects.raw("select * from returns_collector where id = %s for share", [number])[0]


def collector_held(number: int) -> Collector:
    """The collector, for the open transaction alone to change: everything that is on its way to it has arrived.

    Raises Collector.DoesNotExist.
    """
    hold_collector(number)
    return Collector.objects.select_for_update(no_key=True).get(id=number)


def collectors_asking(site: Site) -> list[Collector]:
    """Those that ask this school: of its part of the kingdom, and of its local authority where they are of one."""
    if site.laestab is None:
        return []
    there = all_collectors().filter(jurisdiction=Jurisdiction(site.jurisdiction).value)
    return [each for each in there if site.laestab.startswith(each.local_authority)]
