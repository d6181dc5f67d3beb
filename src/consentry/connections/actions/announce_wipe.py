"""Note which apps are to be told that their site was wiped."""

from django.db import transaction

from consentry.audit.change import Change
from consentry.connections.models import Connection, WipeNews
from consentry.people.actions.wake_mailer import wake_mailer
from consentry.rules.connection_life import State


def announce_wipe(this: Change, wipe: int) -> list[str]:
    """Every app that is approved at the site of the open change is to be told of this wipe; their names, sorted."""
    approved = Connection.objects.filter(school=this.school, state=State.APPROVED).select_related("app")
    WipeNews.objects.bulk_create(WipeNews(school_id=this.school, connection=each, wipe=wipe) for each in approved)
    transaction.on_commit(wake_mailer, robust=True)
    return sorted(each.app.name for each in approved)
