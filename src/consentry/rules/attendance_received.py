"""What a collector was told of each session, beside what the registers say by now."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from consentry.rules.attendance_codes import BY_MARK, Session, StatisticalClass
from consentry.rules.attendance_rates import Attendance, attendance_of
from consentry.rules.gathered import GatheredDay
from consentry.rules.school_calendar import SchoolCalendar
from consentry.rules.sent_documents import SentDay, SentSession


@dataclass(frozen=True, slots=True)
class SessionReceived:
    """One session. `sent` is what was told of it last, None where it never was; `now` what the registers say.

    `sent_attendance` is None too where nothing can be worked out: no register, or numbers that were hidden.
    """

    day: date
    session: Session
    sent: SentSession | None
    sent_attendance: Attendance | None
    now: Attendance | None
    differs: bool


def sessions_received(
    told: Mapping[date, SentDay], gathered: Sequence[GatheredDay], calendar: SchoolCalendar
) -> tuple[SessionReceived, ...]:
    """Each session that was told, was to be held, or has marks, of the days that were gathered."""
    return tuple(found for day in gathered for found in _of_day(day, told.get(day.day), calendar))


def _of_day(day: GatheredDay, told: SentDay | None, calendar: SchoolCalendar) -> Iterator[SessionReceived]:
    sent = {each.session: each for each in told.sessions} if told else {}
    now = _by_code(day)
    held = calendar.open_sessions(day.day) - ({each.session for each in day.marks} - now.keys())
    for session in Session:
        if session in sent or session in now or session in held:
            yield _received(day.day, session, sent.get(session), now.get(session, {}))


def _by_code(day: GatheredDay) -> dict[Session, dict[str, int]]:
    """The marks that count by code, as they would be told (rules/assembling_payloads.py)."""
    sums: dict[Session, dict[str, int]] = {}
    for each in day.marks:
        code = BY_MARK.get(each.code)
        if each.on_roll and code is not None and code.statistical is not StatisticalClass.ADMINISTRATIVE:
            of_session, mark = sums.setdefault(each.session, {}), code.parent or code.mark
            of_session[mark] = of_session.get(mark, 0) + each.count
    return sums


def _received(day: date, session: Session, sent: SentSession | None, now: Mapping[str, int]) -> SessionReceived:
    return SessionReceived(
        day,
        session,
        sent,
        sent.attendance() if sent and sent.taken else None,
        attendance_of(now) if now else None,
        sent is not None and _differs(sent, now),
    )


def _differs(sent: SentSession, now: Mapping[str, int]) -> bool:
    """Whether a total that was told is another one by now; of those that were hidden nothing can be said."""
    told = sent.by_code()
    return any(told[code] is not None and told[code] != now.get(code) for code in told) or bool(
        now.keys() - told.keys()
    )
