"""One collector at the operator's desk, as operator/collector.html and operator/collector_edit.html show it."""

from collections.abc import Iterable, Iterator
from datetime import time
from typing import Any

from django.urls import reverse

from consentry.returns.checking import check_ready, where
from consentry.returns.models import Collector
from consentry.returns.queries.standings import AtSchool, AtStake, Numbers
from consentry.rules.collectors import MOVES, CollectorStatus, LegalBasis
from consentry.rules.invalid import InvalidError
from consentry.web.desk_visit import DeskVisit
from consentry.web.forms.operator.collectors import SECTIONS, CollectorForm
from consentry.web.sentences import counted, full_day, joined, moment_or_none
from consentry.web.shown.operator.collectors import at_school, status_tag


def shown_collector(
    visit: DeskVisit, collector: Collector, numbers: Numbers, failing: Iterable[AtSchool]
) -> dict[str, Any]:
    """The context that operator/collector.html takes besides the shell's."""
    status = CollectorStatus(collector.status)
    return {
        "collector": {
            "name": collector.name,
            "tag": status_tag(collector),
            "notes": [LegalBasis(collector.legal_basis).label, where(collector)],
            "notice": collector.notice,
            "since": _since(collector),
            "missing": _missing(collector) if status is CollectorStatus.SUSPENDED else "",
            "asks": collector.scope.told(),
            "version": _version(collector),
            "facts": list(_facts(visit, collector, numbers)),
        },
        "acts": _acts(collector, status),
        "figures": _figures(collector, numbers),
        "failing": [at_school(visit, each) for each in failing],
        "schools_url": reverse("desk-collector-schools", args=[collector.slug]),
    }


def shown_form(form: CollectorForm, collector: Collector, ways: tuple[str, ...], ends: AtStake) -> dict[str, Any]:
    """The context that operator/collector_edit.html takes besides the shell's; `ways` it would ask for more in."""
    return {
        "form": form,
        "collector": {"name": collector.name, "url": reverse("desk-collector", args=[collector.slug])},
        "sections": [
            {"heading": heading, "fields": [form[name] for name in names if name in form.fields]}
            for heading, names in SECTIONS
        ],
        "wider": {"ways": ways, "consents": counted(ends.consents, "school consents", "schools consent")}
        if ways
        else None,
    }


def _since(collector: Collector) -> str:
    label = CollectorStatus(collector.status).label
    return f"{label} since {full_day(collector.status_at.date())}"


def _missing(collector: Collector) -> str:
    """What stands in the way of activating it."""
    try:
        check_ready(collector)
    except InvalidError as missing:
        return f"It cannot be activated yet: {missing.reason}."
    return ""


def _version(collector: Collector) -> str:
    if not collector.needs_consent:
        return f"Version {collector.version}"
    if collector.consent_from == collector.version:
        return f"Version {collector.version}. Consent to this version alone counts."
    return f"Version {collector.version}. Consent to version {collector.consent_from} or later counts."


def _acts(collector: Collector, status: CollectorStatus) -> dict[str, str]:
    def address(route: str) -> str:
        return reverse(route, args=[collector.slug])

    can = MOVES[status]
    is_over = status is CollectorStatus.DISCONTINUED
    return {
        "activate": address("desk-collector-activate") if CollectorStatus.ACTIVE in can else "",
        "suspend": address("desk-collector-suspend") if CollectorStatus.SUSPENDED in can else "",
        "discontinue": address("desk-collector-discontinue") if CollectorStatus.DISCONTINUED in can else "",
        "edit": "" if is_over else address("desk-collector-edit"),
        "secret": "" if is_over else address("desk-collector-secret"),
    }


def _figures(collector: Collector, numbers: Numbers) -> list[dict[str, str]]:
    schools = reverse("desk-collector-schools", args=[collector.slug])
    consents = [(numbers.consents, ("school consents", "schools consent"), "")] if collector.needs_consent else []
    rows = (
        *consents,
        (numbers.received, ("received today", "received today"), "?today=received"),
        (numbers.waiting, ("waits", "wait"), "?today=waiting"),
        (numbers.failed, ("not received", "not received"), "?today=failed"),
    )
    return [
        {"text": f"{number:,}", "label": nouns[0] if number == 1 else nouns[1], "url": f"{schools}{query}"}
        for number, nouns, query in rows
    ]


def _facts(visit: DeskVisit, collector: Collector, numbers: Numbers) -> Iterator[dict[str, Any]]:
    def fact(label: str, text: str, detail: str = "") -> dict[str, Any]:
        return {"label": label, "text": text or "Not set", "url": "", "when": None, "detail": detail}

    last = moment_or_none(numbers.last_received, visit.at)
    yield {"label": "Last received", "text": "" if last else "Nothing yet", "url": "", "when": last, "detail": ""}
    yield fact("Sent", _runs(collector))
    yield fact("Address", collector.base_url)
    yield fact("Address of its tokens", collector.token_url)
    yield fact("Client ID", collector.client_id, collector.oauth_scope and f"Scope: {collector.oauth_scope}")
    yield fact("Secrets", _secrets(collector))
    if collector.subscription_header:
        yield fact("Subscription key", "Set" if collector.subscription_key else "", collector.subscription_header)


def _runs(collector: Collector) -> str:
    times = [_clock(at) for at in (collector.morning, collector.afternoon) if at]
    spread = f", each school within {counted(collector.spread_minutes, 'minute')}" if collector.spread_minutes else ""
    return f"Working days from {joined(times)}{spread}"


def _clock(at: time) -> str:
    return f"{at:%H:%M}"


def _secrets(collector: Collector) -> str:
    held = {"first": collector.first_secret, "second": collector.second_secret}
    there = [name for name, sealed in held.items() if sealed]
    return f"The {joined(there)} {'is' if len(there) == 1 else 'are'} set" if there else ""
