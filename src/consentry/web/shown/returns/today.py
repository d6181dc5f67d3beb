"""What would be sent at this moment, as returns/today.html shows it."""

from typing import Any

from consentry.returns.making import Made
from consentry.returns.models import Collector
from consentry.web.shown.returns.collector import reach
from consentry.web.shown.returns.consent import Standing
from consentry.web.shown.returns.document import shown_document
from consentry.web.shown.returns.faults import shown_faults
from consentry.web.shown.returns.words import OBSTACLES
from consentry.web.visit import Visit


def shown_today(visit: Visit, collector: Collector, standing: Standing, made: Made | None) -> dict[str, Any]:
    """The context that the template names `today`; `made` is None where nothing is collected any more."""
    document = made.document if made else None
    return {
        "collector": collector.name,
        "sentence": _sentence(collector, standing, made),
        "faults": shown_faults(visit, made.faults) if made else [],
        "document": shown_document(document, made.media_type) if made and document is not None else None,
    }


def _sentence(collector: Collector, standing: Standing, made: Made | None) -> str:
    if made is None:
        return f"{collector.name} collects nothing any more, so nothing would be sent."
    if made.document is None:
        return "As it stands, nothing could be sent: what is listed below has to be mended first."
    said = f"This is what would be sent to {collector.recipient} at this moment: {reach(made.days)}."
    if not made.tells_of_sessions:
        return f"{said} No session was held on these days, so the schedule would send nothing."
    return f"{said} {OBSTACLES[standing.obstacle].format(collector=collector.name)}" if standing.obstacle else said
