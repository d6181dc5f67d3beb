"""Two people of a school report a problem while a third reopens an older report: one report is open afterwards."""

from datetime import timedelta
from functools import partial

import pytest
from django.utils import timezone

from consentry.connections.models import Connection
from consentry.partners.actions.continue_trouble import continue_trouble
from consentry.partners.actions.settle_trouble import settle_trouble
from consentry.partners.models import TroubleNote, TroubleReport
from consentry.people.models import User
from consentry.rules.trouble_life import TroubleMove, TroubleRefusedError, TroubleState
from tests.connections.test_reporting_trouble import app, asha, connected, jo, site
from tests.races import TIMES, Racers
from tests.world import account_of
from tests.world_partners import report_of

__all__ = ["app", "asha", "connected", "jo", "site"]  # fixtures
pytestmark = pytest.mark.races


def said() -> int:
    """How many texts of the school there are: a report each, or a word to one."""
    return TroubleReport.objects.count() + TroubleNote.objects.exclude(move=TroubleMove.SETTLE).count()


def test_one_report_of_an_app_is_open_whoever_is_first(connected: Connection, asha: User) -> None:
    school, by, now = connected.school, account_of(asha, connected.school), timezone.now()
    old = settle_trouble(school, report_of(connected, asha).id, by=by, at=now)

    def reopen(number: int, day: int) -> None:
        try:
            continue_trouble(school, number, "Again.", by=by, at=now + timedelta(days=day))
        except TroubleRefusedError:
            return

    with Racers(3) as racers:
        for day in range(2, 2 * TIMES + 2, 2):
            again = partial(report_of, connected, asha, days=day)
            before = said()
            racers.at_once(again, again, partial(reopen, old.id, day))

            (left,) = TroubleReport.objects.exclude(state=TroubleState.SETTLED)
            assert said() - before in {2, 3}, "nothing that was typed is lost; reopening may come too late"
            later = now + timedelta(days=day)
            settle_trouble(school, left.id, by=by, at=later)
            old = settle_trouble(school, report_of(connected, asha, days=day).id, by=by, at=later)
