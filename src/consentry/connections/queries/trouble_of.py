"""Why the sync of one connection may not work: all the facts about it, in names, codes, counts and times."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from consentry.connections.models import Connection, Review
from consentry.connections.queries.calls_of import DAYS, Calls, calls_of, start_of_days
from consentry.connections.queries.connection_at import AboutApp, about_app
from consentry.connections.queries.needs_attention import QUIET_AFTER
from consentry.connections.queries.refusals_of import Refusals, refusals_of
from consentry.partners.models import AppBehind, AppKind, PermissionRow, PermissionSetVersion
from consentry.partners.queries.own_apps import apps_behind, secrets_of
from consentry.partners.queries.requirements import needs_of
from consentry.records.catalogue import catalogue
from consentry.records.queries.readiness.counts import Counted, count_failing
from consentry.rules.company_life import CompanyState
from consentry.rules.connection_life import State
from consentry.rules.grants import Action, Grants
from consentry.rules.identity import SchoolId
from consentry.rules.readiness import Check, Need
from consentry.rules.review_life import ReviewState
from consentry.rules.trouble_facts import (
    HELPED_BY_REVIEW,
    HELPED_IN_FORCE,
    CallFacts,
    ReadinessFacts,
    RefusalFacts,
    TroubleFacts,
    WithheldFacts,
)

KEPT = timedelta(hours=12)
"""For so long somebody may look at the facts before they send them: they are gathered anew for the same moment."""


@dataclass(frozen=True)
class Trouble:
    """A connection's facts, with who can be asked: the app, and the apps behind a data provider.

    `counts` say how the records stand with each of the app's needs.
    """

    connection: int
    app: AboutApp
    behind: tuple[AppBehind, ...]
    needs: tuple[Need, ...]
    counts: Mapping[Check, Counted]
    facts: TroubleFacts


@dataclass(frozen=True)
class _Versions:
    """The versions that the facts speak of: numbers by id, what the one in force grants, and what a review would."""

    numbers: dict[int, int]
    in_force: Grants
    reviewed: Grants
    review: int | None


def trouble_of(school: SchoolId, connection_id: int, *, at: datetime) -> Trouble:
    """The facts as of this moment, in fifteen queries at most, however much the app called.

    Calls of later moments are left out, so that the facts of a moment can be gathered again.
    Raises Connection.DoesNotExist, for another site's too.
    """
    related = ("app__company", "app__picture", "asked", "version", "school")
    connections = Connection.objects.select_related(*related).defer("app__picture__png")
    found = connections.get(school=school, id=connection_id)
    calls = calls_of(school, found.app_id, at=at)
    behind = tuple(apps_behind(found.app_id)) if found.app.kind == AppKind.DATA_PROVIDER else ()
    needs = needs_of(found.app_id)
    counts = count_failing(school, [need.check for need in needs], at=at)
    facts = _facts(found, calls, counts, at)
    return Trouble(found.id, about_app(found.app), behind, needs, counts, facts)


def _facts(found: Connection, calls: Calls, counts: Mapping[Check, Counted], at: datetime) -> TroubleFacts:
    app, school = found.app, SchoolId(found.school_id)
    versions = _versions(found)
    since = start_of_days(timezone.localdate(at))
    refused, more = refusals_of(school, app.id, versions.numbers, since=since, at=at)
    is_approved = found.state == State.APPROVED
    return TroubleFacts(
        at=at.isoformat(),
        site_is_dummy=found.school.is_dummy,
        state=found.state,
        version=found.version.number if is_approved and found.version else None,
        asked=found.asked.number,
        review=versions.review,
        app_is_live=app.is_live,
        app_is_suspended=app.suspended_at is not None,
        app_is_provider=app.kind == AppKind.DATA_PROVIDER,
        company_is_accepted=app.company.state == CompanyState.ACCEPTED,
        app_has_secret=bool(secrets_of(app)),
        is_quiet=is_approved and calls.latest is not None and (calls.last is None or calls.last < at - QUIET_AFTER),
        calls=_calls(calls),
        refusals=[_refusal(each, versions) for each in refused],
        more_refusals=more,
        withheld=_withheld(versions.in_force),
        readiness=[
            ReadinessFacts(check=check.value, failing=counted.failing, of=counted.looked_at)
            for check, counted in counts.items()
        ],
    )


def _versions(found: Connection) -> _Versions:
    waiting = Review.objects.filter(school=found.school_id, connection=found, state=ReviewState.OPEN)
    review = waiting.values_list("after_id", flat=True).first()
    numbers = dict(PermissionSetVersion.objects.filter(app=found.app_id).values_list("id", "number"))
    in_force = found.version_id if found.state == State.APPROVED else None
    rows = list(PermissionRow.objects.filter(version__in=[each for each in (in_force, review) if each]))
    return _Versions(
        numbers=numbers,
        in_force={row.data_type: row.facts() for row in rows if row.version_id == in_force},
        reviewed={row.data_type: row.facts() for row in rows if row.version_id == review},
        review=numbers[review] if review else None,
    )


def _calls(calls: Calls) -> CallFacts:
    latest = calls.latest
    return CallFacts(
        days=DAYS,
        served=calls.served,
        refused=calls.refused,
        first_served=calls.first.isoformat() if calls.first else None,
        last_served=calls.last.isoformat() if calls.last else None,
        latest=latest.at.isoformat() if latest else None,
        latest_why=latest.why if latest else None,
    )


def _refusal(each: Refusals, versions: _Versions) -> RefusalFacts:
    helped = ""
    if _grants_all(versions.in_force, each.names):
        helped = HELPED_IN_FORCE
    elif _grants_all(versions.reviewed, each.names):
        helped = HELPED_BY_REVIEW
    return RefusalFacts(
        why=each.why,
        data_type=each.data_type,
        names=list(each.names),
        version=each.version,
        times=each.times,
        last=each.last.isoformat(),
        helped=helped,
    )


def _grants_all(grants: Grants, names: tuple[str, ...]) -> bool:
    """Whether everything that was named and refused may be read under these grants."""
    return bool(names) and all(_grants(grants, *name.partition(".")[::2]) for name in names)


def _grants(grants: Grants, data_type: str, field: str) -> bool:
    grant = grants.get(data_type)
    return grant is not None and grant.allows(Action.READ) and (not field or field in grant.fields)


def _withheld(grants: Grants) -> list[WithheldFacts]:
    """Of the data types that may be read, the fields that are left out: no call is refused for them, they are absent.

    Nothing of one that is granted whole.
    """
    found = []
    for data_type in catalogue():
        grant = grants.get(data_type.name)
        if grant is None or not grant.allows(Action.READ):
            continue
        left_out = [name for name in data_type.fields if name not in grant.fields]
        if left_out:
            found.append(WithheldFacts(data_type=data_type.name, fields=left_out, of=len(data_type.fields)))
    return found
