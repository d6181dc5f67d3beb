"""Telling in the logs of several sites what one use case does to somebody who belongs to all of them."""

from collections.abc import Iterable

from django.db import models

from consentry.audit.chain import append_events
from consentry.audit.change import Change
from consentry.audit.happening import Detail, Happening
from consentry.audit.names import EventName
from consentry.audit.site import enter_site
from consentry.rules.identity import SchoolId


def record_elsewhere(
    this: Change, schools: Iterable[SchoolId], name: EventName, subject: models.Model, **details: Detail
) -> None:
    """One event in the chain of each of these sites, in the transaction of the open change; do it last.

    The heads of the chains are locked in the order of the sites' ids, so that two who do so wait and never lock each
    other out. The change still records for its own site by itself.
    """
    happening = Happening(name, type(subject).__name__, getattr(subject, "id", None), str(subject), details)
    for school in sorted(set(schools) - {this.school}):
        enter_site(school)
        append_events(school, this.actor, this.at, [happening])
    enter_site(this.school)
