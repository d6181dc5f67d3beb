"""A school asks for an app that is no partner yet."""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from django.db import connection, transaction

from consentry.audit.change import change
from consentry.audit.names import EventName
from consentry.partners.details import check_description, check_email, check_name, check_website
from consentry.partners.models import AppWish
from consentry.people.acting import acting
from consentry.people.actions.wake_mailer import wake_mailer
from consentry.people.models import Account
from consentry.people.queries.permissions import check_may
from consentry.rules.invalid import InvalidError
from consentry.rules.pages import Page
from consentry.rules.wish_life import ENDED, MOST_OPEN
from consentry.schools.models import Site
from consentry.schools.queries import school_id

_A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class NewWish:
    """The seed's questions and a school's answers: which app, whose, and why you want to connect with it."""

    app_name: str
    company_name: str
    company_email: str
    website: str
    purpose: str
    data_wanted: str
    people_concerned: str
    used_already: bool


def ask_for_app(site: Site, wanted: NewWish, *, by: Account, at: datetime) -> AppWish:
    """The operator sees the wish, and the company is told by e-mail, soon after.

    Raises InvalidError for answers that cannot be, while the site has an open wish for an app of this name, and for
    more than MOST_OPEN open or asked within a day; NotPermittedError for somebody who may not decide on apps there.
    """
    _check(wanted)
    with change(actor=acting(by), at=at, school=school_id(site)) as this:
        check_may(by, site, Page.PARTNER_APPS, at.date())
        _one_at_a_time(site)
        _check_room(site, wanted.app_name, at)
        wish = AppWish.objects.create(school=site, asked_by=by.user, asked_at=at, **asdict(wanted))
        this.record(EventName.WISH_ASKED, wish)
        transaction.on_commit(wake_mailer, robust=True)
    return wish


def _check(wanted: NewWish) -> None:
    for name in ("app_name", "company_name"):
        check_name(name, getattr(wanted, name))
    check_email("company_email", wanted.company_email)
    if wanted.website:
        check_website("website", wanted.website)
    for name in ("purpose", "data_wanted", "people_concerned"):
        check_description(name, getattr(wanted, name))


def _one_at_a_time(site: Site) -> None:
    """Wishes of one site are counted and added one after the other."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext('wishes'), %s)", [site.id])


def _check_room(site: Site, app_name: str, at: datetime) -> None:
    """Each wish mails a company that we know nothing of: hence the limits."""
    own = AppWish.objects.filter(school=site)
    waiting = own.exclude(state__in=[state.value for state in ENDED])
    if waiting.filter(app_name__iexact=app_name).exists():
        raise InvalidError("app_name", f"your site has asked for {app_name} already, and the wish is open")
    if waiting.count() >= MOST_OPEN:
        raise InvalidError("app_name", f"your site has {MOST_OPEN} open wishes: withdraw one, or wait for an answer")
    if own.filter(asked_at__gt=at - _A_DAY).count() >= MOST_OPEN:
        raise InvalidError("app_name", f"your site has asked for {MOST_OPEN} apps within a day: ask again tomorrow")
