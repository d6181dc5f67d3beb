"""Tell the contacts of connected apps by e-mail that a site was wiped, and later that the new ids can be read."""

from datetime import datetime, timedelta
from functools import partial

from django.core.mail import EmailMessage
from django.db import connection

from consentry.audit.change import Change
from consentry.audit.names import EventName
from consentry.connections.models import WipeNews
from consentry.connections.queries.wipe_news import contacts_of
from consentry.people.mailing import mail_each
from consentry.rules.connection_life import State
from consentry.rules.identity import SchoolId
from consentry.schools.models import Life

GIVE_UP_AFTER = timedelta(days=3)
"""An address that takes no mail for this long is not tried again; the page shows who was not told."""

_OF_WIPE = """The dummy site {site} has been wiped. {becomes}

{app} stays approved: its credentials work as before, and nothing has to be asked for again.

But all ids change, of students and staff and everything else. What {app} keeps under the ids it read so far stands for
nothing any more: do not use them to read or to match. We write again once new records are in and the new ids can be
read.
"""
_BECOMES = {
    Life.LIVE: "It is the school's live site now and will be filled again.",
    Life.DUMMY: "It stays a dummy site and will be filled again.",
}
_OF_IDS = """New records have come into {site} since it was wiped, and {app} can read them.

Which new id stands for which old one, {app} can ask for every data type that it may read:

{address}

The answer is JSON, or CSV with format=csv. More records may still come in over the next days: ask again for those that
have no new id yet.
"""
_ENDING = "\nYou get this because {app} is connected to {site}.\n"


def mail_wipe_news(*, base_url: str, at: datetime) -> int:
    """Mail what has not been mailed yet; how many mails were sent. Rows say what is to be told, jobs only wake it."""
    waiting = _waiting(at)
    sent = 0
    for of_ids in (False, True):
        due = [(number, school) for number, school, which in waiting if which is of_ids]
        sent += mail_each(due, partial(_take, of_ids=of_ids, base_url=base_url), at=at)
    return sent


def _waiting(at: datetime) -> list[tuple[int, SchoolId | None, bool]]:
    """Asked through the database function, because it reaches across sites."""
    with connection.cursor() as cursor:
        cursor.execute("select news_id, school_id, of_ids from wipe_news_waiting(%s)", [at - GIVE_UP_AFTER])
        return [(number, SchoolId(school), of_ids) for number, school, of_ids in cursor.fetchall()]


def _take(this: Change, number: int, *, of_ids: bool, base_url: str) -> EmailMessage | None:
    column = "told_ids_at" if of_ids else "told_wiped_at"
    free = WipeNews.objects.select_for_update(skip_locked=True, no_key=True, of=("self",))
    rows = free.select_related("connection__app__company", "school").filter(connection__state=State.APPROVED)
    news = rows.filter(id=number, **{column: None}).first()
    if news is None:
        return None
    setattr(news, column, this.at)
    news.save(update_fields=[column])
    app = news.connection.app
    this.record(EventName.APP_TOLD, news.connection, app=app.id, app_name=app.name, of="new ids" if of_ids else "wipe")
    return _mail(news, of_ids=of_ids, base_url=base_url)


def _mail(news: WipeNews, *, of_ids: bool, base_url: str) -> EmailMessage:
    app, site = news.connection.app, news.school
    said = {
        "app": app.name,
        "site": site.name,
        "becomes": _BECOMES[Life(site.life)],
        "address": f"{base_url}/{site.slug}/rest-v2/id-map?entity-type=Student",
    }
    title = f"{site.name}: the new ids can be read" if of_ids else f"{site.name} was wiped: all ids change"
    text = (_OF_IDS if of_ids else _OF_WIPE) + _ENDING
    return EmailMessage(" ".join(title.split()), text.format(**said), None, list(contacts_of(app)))
