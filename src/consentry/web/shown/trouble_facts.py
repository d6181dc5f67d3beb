"""The facts of a connection's trouble in words, the same for the school, the company and the operator."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.utils import timezone

from consentry.connections.reading.plans import UNKNOWN
from consentry.records.catalogue import catalogue
from consentry.rules.connection_life import State
from consentry.rules.readiness import Check
from consentry.rules.trouble_facts import (
    HELPED_BY_REVIEW,
    HELPED_IN_FORCE,
    ReadinessFacts,
    RefusalFacts,
    TroubleFacts,
    WithheldFacts,
    causes,
)
from consentry.web.refused_calls import asked_and_refused, because
from consentry.web.sentences import STATES, Moment, counted, moment
from consentry.web.shown.trouble_causes import cause_words


def shown_facts(facts: TroubleFacts, app: str, company: str, now: datetime) -> dict[str, Any]:
    """What components/trouble_facts.html shows: every fact that is sent with a report, and no other."""
    return {
        "as_of": _when(facts["at"], now),
        "rows": _rows(facts, now),
        "causes": [cause_words(cause, facts, app, company)["title"] for cause in causes(facts)],
        "refusals": [_refusal(each, facts, now) for each in facts["refusals"]],
        "refusals_note": _refusals_note(facts),
        "withheld": [_withheld(each) for each in facts["withheld"]],
        "readiness": [_ready(each) for each in facts["readiness"]],
    }


def _rows(facts: TroubleFacts, now: datetime) -> list[dict[str, Any]]:
    calls, version = facts["calls"], facts["version"]
    last = _row("Last call made", when=_first(calls["latest"], now), text="" if calls["latest"] else "No call yet")
    if calls["latest"]:
        last["detail"] = "Answered" if calls["latest_why"] is None else f"Refused, {because(calls['latest_why'])}"
    served = _row(
        "Last call answered",
        when=_first(calls["last_served"], now),
        text="" if calls["last_served"] else "None yet",
    )
    first = _row("First call answered", when=_first(calls["first_served"], now))
    lately = f"{counted(calls['served'], 'call')} answered, {calls['refused']:,} refused"
    waits = f"Version {facts['review']}" if facts["review"] else "None"
    return [
        _row("Connection", STATES[State(facts["state"])], "At a dummy site" if facts["site_is_dummy"] else ""),
        _row("Permission set", f"Version {version} in force" if version else f"Version {facts['asked']} asked for"),
        _row("Waits for a decision", waits),
        _row("App", _app(facts), "" if facts["company_is_accepted"] else "The operator has not accepted its company"),
        _row("Secret", "In force" if facts["app_has_secret"] else "None in force"),
        last,
        served,
        *([first] if calls["first_served"] else []),
        _row(f"Last {calls['days']} days", lately),
    ]


def _row(label: str, text: str = "", detail: str = "", when: Moment | None = None) -> dict[str, Any]:
    return {"label": label, "text": text, "url": "", "when": when, "detail": detail}


def _app(facts: TroubleFacts) -> str:
    kind = "Data provider, " if facts["app_is_provider"] else ""
    life = "live" if facts["app_is_live"] else "not live"
    said = f"{kind}{life}, suspended" if facts["app_is_suspended"] else f"{kind}{life}"
    return said[:1].upper() + said[1:]


def _refusal(refused: RefusalFacts, facts: TroubleFacts, now: datetime) -> dict[str, Any]:
    helped = {
        HELPED_IN_FORCE: f"Version {facts['version']}, in force now, includes it.",
        HELPED_BY_REVIEW: f"Version {facts['review']}, which waits for a decision, includes it.",
    }
    names = [each for each in refused["names"] if UNKNOWN not in each]
    return {
        "text": asked_and_refused(refused),
        "helped": helped.get(refused["helped"], ""),
        "times": counted(refused["times"], "time"),
        "last": _when(refused["last"], now),
        "code": f"{refused['why'].partition(': ')[0]}: {', '.join(names)}" if names else refused["why"],
    }


def _refusals_note(facts: TroubleFacts) -> str:
    more, days = facts["more_refusals"], facts["calls"]["days"]
    if not facts["refusals"]:
        return f"No call was refused in the last {days} days."
    said = f"Refused in the last {days} days, the latest first."
    return f"{said} {counted(more, 'more kind')} not listed." if more else said


def _ready(each: ReadinessFacts) -> dict[str, str]:
    check, of = each["check"], each["of"]
    much = f"{each['failing']:,} of {of:,} are not so" if each["failing"] else f"so for all {of:,}"
    return {
        "label": Check(check).label if check in set(Check) else check,
        "much": much if of else "no record to look at",
    }


def _withheld(each: WithheldFacts) -> dict[str, Any]:
    data_type = catalogue().get(each["data_type"])
    labels = [
        data_type.fields[name].label if data_type and name in data_type.fields else name for name in each["fields"]
    ]
    return {
        "data_type": data_type.plural if data_type else each["data_type"],
        "much": f"{len(labels)} of {counted(each['of'], 'field')} left out",
        "fields": ", ".join(labels),
    }


def _first(iso: str | None, now: datetime) -> Moment | None:
    """The same where nothing stands before it: "Today, 09:40"."""
    said = _when(iso, now)
    return replace(said, text=said.text[:1].upper() + said.text[1:]) if said else None


def _when(iso: str | None, now: datetime) -> Moment | None:
    """The moment; one of this day as "today, 09:40"."""
    if iso is None:
        return None
    at = datetime.fromisoformat(iso)
    said, local = moment(at, now), timezone.localtime(at)
    return replace(said, text=f"today, {local:%H:%M}") if local.date() == timezone.localdate(now) else said
