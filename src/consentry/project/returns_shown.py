"""Collectors, previews and standings as a terminal shows them and as programs read them."""

from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from consentry.audit.reading import reading
from consentry.project.returning import IN_THE_WAY
from consentry.returns.checking import where
from consentry.returns.making import Made, make_return
from consentry.returns.models import Collector
from consentry.returns.queries.standing_at import standing_at
from consentry.returns.queries.standings import standings
from consentry.rules.assembling_payloads import FoundFault
from consentry.rules.payload_forms import as_document
from consentry.schools.models import Site
from consentry.schools.queries import school_id

_WIDE = 200


def made_of(site: Site, collector: Collector, day: date) -> Made:
    """What would be sent on this day, as the records stand now."""
    with reading(school_id(site)):
        return make_return(site, collector, day)


def document_of(made: Made, collector: Collector) -> dict[str, Any]:
    """The return as a document of JSON, also of a collector that wants CSV; or the faults that keep it back."""
    if made.payload is None:
        return {"faults": [_fault(each) for each in made.faults]}
    return as_document(made.payload, collector.scope.form)


def fault_line(fault: FoundFault) -> str:
    """One fault in a line: what, how many, which day and session."""
    session = fault.session.value if fault.session else "roll"
    code = f" {fault.code}" if fault.code else ""
    return f"{fault.day} {session}: {fault.fault.value.replace('_', ' ')}{code}, {fault.count}"


def _fault(fault: FoundFault) -> dict[str, Any]:
    session = fault.session.value if fault.session else None
    return asdict(fault) | {"fault": fault.fault.value, "day": fault.day.isoformat(), "session": session}


def standing_of_all(collectors: list[Collector], day: date) -> list[dict[str, Any]]:
    """How these stand today across all schools, for `json.dumps`."""
    ids = {each.id for each in collectors}
    return [
        {
            "collector": collector.slug,
            "status": collector.status,
            "legal_basis": collector.legal_basis,
            "consents": numbers.consents if collector.needs_consent else None,
            "last_received": _iso(numbers.last_received),
            "received": numbers.received,
            "waiting": numbers.waiting,
            "failed": numbers.failed,
        }
        for collector, numbers in standings(day)
        if collector.id in ids
    ]


def standing_of_school(site: Site, collectors: list[Collector], day: date) -> list[dict[str, Any]]:
    """How the school stands with these."""
    with reading(school_id(site)):
        found = [(each, standing_at(site, each, day)) for each in collectors]
    return [
        {
            "collector": collector.slug,
            "status": collector.status,
            "legal_basis": collector.legal_basis,
            "consents": _iso(stands.consent_since),
            "in_the_way": IN_THE_WAY[stands.obstacle] if stands.obstacle else None,
            "last_received": _iso(stands.last_received),
            "waiting": stands.waiting,
            "failed": stands.failed,
        }
        for collector, stands in found
    ]


def print_rows(rows: list[dict[str, Any]]) -> None:
    """A table of these for people; its headings are their names."""
    if not rows:
        Console().print("There is no collector yet: `consentry migrate` adds those that the product comes with.")
        return
    table = Table(*(each.replace("_", " ").capitalize() for each in rows[0]))
    for row in rows:
        table.add_row(*("–" if value is None else escape(str(value)) for value in row.values()))
    console = Console()
    if not console.is_terminal:  # a file or a pipe has no width: nothing is folded there
        console.width = _WIDE
    console.print(table)


def listed(collectors: list[Collector]) -> list[dict[str, Any]]:
    """What each is."""
    return [
        {
            "collector": each.slug,
            "name": each.name,
            "status": each.status,
            "legal_basis": each.legal_basis,
            "asks": where(each),
            "version": each.version,
            "address": each.base_url or None,
        }
        for each in collectors
    ]


def _iso(when: datetime | None) -> str | None:
    return timezone.localtime(when).isoformat(timespec="minutes") if when else None
