"""Which changes of marks came too late to be sent, and which did not."""

from datetime import date, datetime, time, timedelta

import pytest

from consentry.audit.reading import reading
from consentry.collector.serving import Running
from consentry.returns.queries.late_changes import LateChanges, late_changes
from consentry.rules.jurisdictions import Jurisdiction
from consentry.rules.return_answers import Outcome
from consentry.rules.return_runs import KINGDOM, Run
from consentry.rules.sending_times import Sending, sent_until
from consentry.schools.queries import calendar_of, school_id
from tests.returns.conftest import running
from tests.returns.recent_school import Oakfield, open_school, working_day

__all__ = ["running"]

DAY, LONG_AGO = working_day(1), working_day(20)


@pytest.fixture
def oakfield(database: str, running: Running) -> Oakfield:
    """A school that consents since long ago, to a collector that is told of two working days."""
    school = open_school(running, window_previous=1)
    school.consent(noon(LONG_AGO, -1))
    return school


def noon(day: date, days: int = 0) -> datetime:
    return datetime.combine(day, time(12), tzinfo=KINGDOM) + timedelta(days=days)


def late(school: Oakfield, since: datetime | None = None, until: datetime | None = None) -> LateChanges:
    site, collector = school.site, school.collector
    since = since or noon(LONG_AGO, -1)
    with reading(school_id(site)):
        sending = Sending(collector.schedule, collector.scope.window, calendar_of(site), site.id)
        return late_changes(school_id(site), collector, sending, since, until)


def last_chance(school: Oakfield) -> datetime:
    """The last sending that tells of LONG_AGO."""
    collector = school.collector
    with reading(school_id(school.site)):
        sending = Sending(collector.schedule, collector.scope.window, calendar_of(school.site), school.site.id)
    found = sent_until(LONG_AGO, sending)
    assert found is not None
    return found


def told(found: LateChanges) -> list[tuple[str, str | None, str | None, int]]:
    return [(each.session, each.before, each.after, each.count) for each in found.rows]


def test_changes_and_first_marks_after_the_last_sending_are_counted_without_pupils(oakfield: Oakfield) -> None:
    """Changes made to attendance marks made more than 8 days ago will not be sent."""
    last = last_chance(oakfield)
    oakfield.mark(LONG_AGO, "AM", "NNN/", noon(LONG_AGO))
    oakfield.mark(LONG_AGO, "AM", "I", last - timedelta(seconds=1))
    assert late(oakfield).rows == ()

    oakfield.mark(LONG_AGO, "AM", " II", last + timedelta(seconds=1))
    oakfield.mark(LONG_AGO, "PM", "\\", last + timedelta(hours=2))

    found = late(oakfield)
    assert told(found) == [("PM", None, "\\", 1), ("AM", "N", "I", 2)]
    assert {each.day for each in found.rows} == {LONG_AGO}
    assert not found.is_more
    assert [each.at for each in found.rows] == [last + timedelta(hours=2), last + timedelta(seconds=1)]


def test_only_what_changed_while_the_return_was_sent_is_told(oakfield: Oakfield) -> None:
    last = last_chance(oakfield)
    oakfield.mark(LONG_AGO, "AM", "NN", noon(LONG_AGO))
    oakfield.mark(LONG_AGO, "AM", "I", last + timedelta(hours=1))
    oakfield.mark(LONG_AGO, "AM", " I", last + timedelta(hours=3))

    assert told(late(oakfield, since=last + timedelta(hours=2))) == [("AM", "N", "I", 1)]
    assert told(late(oakfield, until=last + timedelta(hours=2))) == [("AM", "N", "I", 1)]
    assert late(oakfield, since=last + timedelta(hours=4)) == LateChanges((), is_more=False)


def test_what_was_sent_by_hand_in_time_is_not_too_late(oakfield: Oakfield) -> None:
    """After the last run, and on the same day sent once more by hand, while the window held the day."""
    last = last_chance(oakfield)
    oakfield.mark(LONG_AGO, "AM", "N", noon(LONG_AGO))
    oakfield.mark(LONG_AGO, "AM", "I", last + timedelta(hours=1))
    assert len(late(oakfield).rows) == 1

    made = oakfield.make(Run.BY_HAND, last.astimezone(KINGDOM).date(), last + timedelta(hours=2))
    assert len(late(oakfield).rows) == 1, "made, and not received yet"
    assert oakfield.send(made.made_at) is Outcome.RECEIVED

    assert late(oakfield).rows == ()
    oakfield.mark(LONG_AGO, "AM", "M", last + timedelta(hours=3))
    assert told(late(oakfield)) == [("AM", "I", "M", 1)]


def test_what_changes_no_count_is_not_told(oakfield: Oakfield) -> None:
    """From one mark that is not collected to another."""
    last = last_chance(oakfield)
    oakfield.mark(LONG_AGO, "AM", "#Z", noon(LONG_AGO))
    oakfield.mark(LONG_AGO, "AM", "Z#", last + timedelta(hours=1))
    assert late(oakfield).rows == ()

    oakfield.mark(LONG_AGO, "AM", "I", last + timedelta(hours=2))

    assert told(late(oakfield)) == [("AM", "Z", "I", 1)]


def test_the_newest_are_told_and_that_there_are_more(oakfield: Oakfield) -> None:
    last = last_chance(oakfield)
    oakfield.mark(LONG_AGO, "AM", "N", noon(LONG_AGO))
    for hour in range(26):
        oakfield.mark(LONG_AGO, "AM", "IM"[hour % 2], last + timedelta(minutes=hour + 1))

    found = late(oakfield)

    assert (len(found.rows), found.is_more) == (25, True)
    assert found.rows[0].at == last + timedelta(minutes=26)


def test_another_schools_changes_are_not_seen(oakfield: Oakfield, running: Running) -> None:
    last = last_chance(oakfield)
    oakfield.mark(LONG_AGO, "AM", "I", last + timedelta(hours=1))
    other = open_school(running, "elmwood", slug="other")
    assert other.site.law is Jurisdiction.ENGLAND

    assert late(other) == LateChanges((), is_more=False)
    assert len(late(oakfield).rows) == 1
