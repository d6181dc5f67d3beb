"""The reference collector, running over HTTPS, and rows by which the program knows it."""

from typing import Any

import requests

from consentry.audit.actor import OPERATOR
from consentry.audit.change import change
from consentry.audit.names import EventName
from consentry.collector.serving import Running
from consentry.returns.credentials import FIRST, SECOND, SUBSCRIPTION, keep_secret
from consentry.returns.models import Collector
from tests.world import NOW

PRACTICE = {
    "name": "Daily attendance",
    "recipient": "Department for Practice",
    "purpose": "To understand attendance.",
    "jurisdiction": "england",
    "legal_basis": "consent",
    "status": "active",
    "granularity": "crosstab",
    "format": "json",
    "window_unit": "working",
    "spread_minutes": 0,
    "status_at": NOW,
}


def add_collector(running: Running | None = None, slug: str = "daily-attendance", **said: Any) -> Collector:
    """A collector that asks all schools of England, for this server or for one that is nowhere."""
    base_url = running.base_url if running else "https://127.0.0.1:9"
    addresses = {
        "base_url": base_url,
        "token_url": running.token_url if running else f"{base_url}/oauth/token",
        "client_id": running.client_id if running else "nobody",
    }
    with change(actor=OPERATOR, at=NOW, school=None) as this:
        collector = Collector.objects.create(slug=slug, **PRACTICE | addresses | said)
        first, second = running.client_secrets if running else ("a", "b")
        keep_secret(collector, FIRST, first)
        keep_secret(collector, SECOND, second)
        if running and running.subscription_key:
            collector.subscription_header = "Ocp-Apim-Subscription-Key"
            keep_secret(collector, SUBSCRIPTION, running.subscription_key)
        collector.save()
        this.record(EventName.COLLECTOR_ADDED, collector)
    return collector


def changed(collector: Collector, **said: Any) -> Collector:
    """The collector with these columns set, as the operator sets them."""
    with change(actor=OPERATOR, at=NOW, school=None) as this:
        Collector.objects.filter(id=collector.id).update(**said)
        this.record(EventName.COLLECTOR_CHANGED, collector)
    return Collector.objects.get(id=collector.id)


class AtCollector:
    """Looks at what the collector holds, and makes it fail."""

    def __init__(self, running: Running) -> None:
        self._at = running
        self._http = requests.Session()

    def close(self) -> None:
        self._http.close()

    def fault(self, fault: str, times: int | None = 1, **more: Any) -> None:
        """From now on it fails so, so many times."""
        wanted = {"fault": fault, "times": times} | more
        answer = self._http.put(
            f"{self._at.base_url}/faults",
            json=wanted,
            headers={"Control-Key": self._at.control_key},
            timeout=30,
            verify=self._at.ca_file,
        )
        assert answer.ok, answer.text

    def _get(self, path: str) -> Any:
        token = self._http.post(
            self._at.token_url,
            data={
                "grant_type": "client_credentials",
                "client_id": self._at.client_id,
                "client_secret": self._at.client_secrets[1],
            },
            timeout=30,
            verify=self._at.ca_file,
        ).json()["access_token"]
        headers = {"Authorization": f"Bearer {token}"}
        if self._at.subscription_key:
            headers["Ocp-Apim-Subscription-Key"] = self._at.subscription_key
        answer = self._http.get(f"{self._at.base_url}{path}", headers=headers, timeout=30, verify=self._at.ca_file)
        assert answer.ok, answer.text
        return answer.json()

    def days(self, urn: str) -> list[dict[str, Any]]:
        """The days of a school as it holds them."""
        found: list[dict[str, Any]] = self._get(f"/schools/{urn}/days")["days"]
        return found

    def receipts(self, urn: str) -> list[dict[str, Any]]:
        """What it has received of a school."""
        found: list[dict[str, Any]] = self._get(f"/receipts?urn={urn}")["receipts"]
        return found
