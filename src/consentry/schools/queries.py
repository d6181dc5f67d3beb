"""Finding sites: the only place, beside the verified tokens, where a SchoolId is made."""

from django.db.models import QuerySet

from consentry.rules.identity import PLATFORM, SchoolId
from consentry.rules.school_calendar import SchoolCalendar
from consentry.rules.slugs import is_usable
from consentry.schools.models import CalendarDays, Site, Terms


def site_by_slug(slug: str) -> Site:
    """The site at `/{slug}/…`. Raises Site.DoesNotExist."""
    return Site.objects.select_related("trust").get(slug=slug)


def school_id(site: Site) -> SchoolId:
    """The id of a site that exists."""
    return SchoolId(site.id)


def slug_is_taken(slug: str) -> bool:
    """Whether there is a site at `/{slug}/…`."""
    return Site.objects.filter(slug=slug).exists()


def all_sites() -> QuerySet[Site]:
    """Every site there is, the oldest first."""
    return Site.objects.order_by("id")


def schools_of(trust: Site) -> QuerySet[Site]:
    """The schools that belong to this trust, by name."""
    return Site.objects.filter(trust=trust).select_related("trust").order_by("name", "id")


def all_chains() -> list[tuple[SchoolId, str]]:
    """Every chain of events there is: the platform's own and each site's, with a name to show."""
    sites = [(school_id(site), site.name) for site in all_sites()]
    return [(PLATFORM, "The platform"), *sites]


def newest_terms() -> Terms | None:
    """The terms and conditions that are in force, None where none were published."""
    return Terms.objects.order_by("-number").first()


def site_of_id(number: int) -> Site:
    """The site of this number. Raises Site.DoesNotExist."""
    return Site.objects.get(id=number)


def sites_of_ids(ids: list[int]) -> QuerySet[Site]:
    """These sites, by name."""
    return Site.objects.filter(id__in=ids).order_by("name")


def is_site(slug: str) -> bool:
    """Whether there is a site of this name in addresses; the database is not asked for what cannot be one."""
    return is_usable(slug) and Site.objects.filter(slug=slug).exists()


def calendar_days(school: SchoolId) -> QuerySet[CalendarDays]:
    """All that the school has entered, by first day, a term before what lies in it.

    Asked in a transaction that entered the site.
    """
    return CalendarDays.objects.filter(school=school).order_by("first_day", "-last_day", "id")


def calendar_of(site: Site) -> SchoolCalendar:
    """When the school is open. One query, asked in a transaction that entered the site: `reading` it or a change."""
    return SchoolCalendar(site.law, tuple(each.facts() for each in calendar_days(school_id(site))))
