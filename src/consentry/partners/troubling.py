"""What the use cases about trouble reports share: the next note, moving on, telling the school and the company."""

from datetime import datetime, timedelta

from django.db import connection

from consentry.audit.change import Change
from consentry.audit.names import EventName
from consentry.partners.actions.write_letter import write_letter
from consentry.partners.models import CompanyLetter, TroubleNote, TroubleReport
from consentry.partners.queries.troubles import open_trouble
from consentry.people.actions.notify import notify
from consentry.people.queries.accounts import in_use
from consentry.rules.identity import SchoolId
from consentry.rules.invalid import InvalidError
from consentry.rules.trouble_life import (
    MOST_NOTES,
    MOST_NOTES_A_DAY,
    REOPENED_WITHIN,
    Side,
    TroubleMove,
    TroubleRefusedError,
    TroubleState,
    trouble_move,
)
from consentry.schools.models import Site

_A_DAY = timedelta(days=1)


def one_at_a_time(app_id: int, site: Site) -> None:
    """In an open change: reports of one site about one app are counted, added and reopened one after the other."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext('troubles ' || %s), %s)", [str(app_id), site.id])


def may_be_reopened(report: TroubleReport, at: datetime) -> bool:
    """Whether this settled report is of late, and no later one about the app is open at the site."""
    if report.settled_at is None or report.settled_at < at - REOPENED_WITHIN:
        return False
    return open_trouble(SchoolId(report.school_id), report.app_id) is None


def say_more(this: Change, report: TroubleReport, text: str) -> None:
    """The school's next word about the locked report, one at a time: a settled one is reopened. The company is told."""
    was_settled = report.state == TroubleState.SETTLED
    add_trouble_note(this, report, text, Side.SCHOOL, TroubleMove.REOPEN if was_settled else TroubleMove.SAY)
    this.record(EventName.TROUBLE_REOPENED if was_settled else EventName.TROUBLE_CONTINUED, report, app=report.app_id)
    what = "has reopened its report" if was_settled else "says more"
    title = f"{report.school.name} {what} about {report.app.name}"
    tell_company_of_trouble(this, report, title, f"{title}. Read it, and answer:")


def add_trouble_note(this: Change, report: TroubleReport, text: str, side: Side, move: TroubleMove) -> None:
    """The next note, for the school, the company and the operator to read, and what it does about the locked report.

    Raises TroubleRefusedError for a move that cannot be made from where it stands, InvalidError when there are too many
    notes. Source of the limits: ours, because notes mail people.
    """
    _move(report, move, this.at)
    own = report.notes.filter(side=side.value, at__gt=this.at - _A_DAY)
    if own.count() >= MOST_NOTES_A_DAY:
        raise InvalidError("text", f"there are {MOST_NOTES_A_DAY} notes of yours within a day: go on tomorrow")
    if report.notes.count() >= MOST_NOTES:
        raise InvalidError("text", f"this report holds {MOST_NOTES} notes already: report the problem anew")
    TroubleNote.objects.create(
        report=report, at=this.at, by=this.actor.name, side=side.value, move=move.value, text=text
    )


def _move(report: TroubleReport, by: TroubleMove, at: datetime) -> None:
    state = TroubleState(report.state)
    after = trouble_move(state, by)
    if by is TroubleMove.REOPEN and not may_be_reopened(report, at):
        raise TroubleRefusedError(state)
    if after is not state:
        report.state, report.settled_at = after, at if after is TroubleState.SETTLED else None
        report.save(update_fields=["state", "settled_at"])


def tell_school(this: Change, report: TroubleReport, title: str, text: str) -> None:
    """A notification for who reported it, while they have an account at the site."""
    accounts = in_use().filter(school=report.school, user=report.reported_by_id)[:1]
    notify(this, accounts, title=title, text=text, path=f"/{report.school.slug}/troubles/{report.id}")


def tell_company_of_trouble(this: Change, report: TroubleReport, title: str, text: str) -> CompanyLetter:
    """A letter to the app's company with a link: neither what was typed nor the facts are in the mail."""
    company = report.app.company
    path = f"/partners/{company.id}/troubles/{report.id}"
    return write_letter(this, company, title=title, text=text, path=path)
