"""Telling in the logs of several sites what one use case does to somebody who belongs to all of them."""

from collections.abc import Mapping

from django.db import models

from consentry.audit.chain import append_events, lock_chain
from consentry.audit.change import Change
from consentry.audit.happening import Detail, Happening
from consentry.audit.names import EventName
from consentry.audit.site import enter_site
from consentry.rules.identity import SchoolId


def record_elsewhere(
    this: Change, subjects: Mapping[SchoolId, models.Model], name: EventName, **details: Detail
) -> None:
    """One event in the chain of each of these sites, about its subject there, in the transaction of the open change.

    Do it last. The heads of the chains, that of the change's own site among them, are locked in the order of the sites'
    ids, so that two who do so wait and never lock each other out. For its own site the change still records by itself.
    """
    for school in sorted({*subjects, this.school}):
        enter_site(school)
        if school == this.school:
            lock_chain(school)
            continue
        subject = subjects[school]
        happening = Happening(name, type(subject).__name__, getattr(subject, "id", None), str(subject), details)
        append_events(school, this.actor, this.at, [happening])
    enter_site(this.school)
