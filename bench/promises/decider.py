"""The person who approves and rejects, through the product's own actions."""

import json
import os
from dataclasses import dataclass
from pathlib import Path

from django.utils import timezone

from bench.cells import S100, first_page
from consentry.connections.actions.approve_connection import approve_connection
from consentry.connections.actions.reject_connection import reject_connection
from consentry.connections.deciding import Seen
from consentry.connections.models import Connection
from consentry.people.models import Account
from consentry.schools.models import Site


@dataclass
class Decider:
    """One connection, who decides on it, and how its app reads."""

    site: Site
    account: Account
    connection: Connection
    path: str
    headers: dict[str, str]

    @classmethod
    def from_world(cls) -> "Decider":
        """The bench's own school and app."""
        from consentry.audit.reading import reading

        world = json.loads(Path(os.environ["BENCH_WORLD"]).read_text())
        with reading(world["school"]):
            connection = Connection.objects.get(id=world["connection"])
        site = Site.objects.get(id=world["school"])
        account = Account.objects.get(school=site, user=world["user"])
        headers = {"Authorization": f"Bearer {world['token']}"}
        return cls(site, account, connection, first_page(world["slug"], S100), headers)

    def reject(self) -> None:
        """Revoke; committed when this returns."""
        self.connection = reject_connection(
            self.site, self.connection.id, self._seen(), by=self.account, at=timezone.now()
        )

    def approve(self) -> None:
        """Approve again."""
        self.connection = approve_connection(
            self.site, self.connection.id, self._seen(), by=self.account, at=timezone.now()
        )

    def _seen(self) -> Seen:
        return Seen(self.connection.asked_id, self.connection.moves)
