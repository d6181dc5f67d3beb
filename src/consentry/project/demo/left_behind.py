"""The file that the demo leaves for programs: where everything is, and how to get in."""

import json
import os
from pathlib import Path
from typing import Any

from consentry.connections.queries.connections_of_app import connections_of_app
from consentry.project.demo.cast import MEMBER, PEOPLE, SITES
from consentry.project.demo.collector import DemoCollector
from consentry.project.demo.stage import Stage
from consentry.schools.queries import all_sites


def describe(stage: Stage, base_url: str, collector: DemoCollector) -> dict[str, Any]:
    """What there is now, companies' sandboxes aside."""
    return {
        "base_url": base_url,
        "sites": [
            {"slug": site.slug, "name": site.name, "kind": site.kind, "life": site.life, "urn": site.urn}
            for site in all_sites()
            if site.slug in SITES
        ],
        "users": [
            {
                "email": person.email,
                "password": stage.passwords[person.email],
                "site": person.site,
                "what_for": person.what_for,
            }
            for person in PEOPLE
        ],
        "members": [
            {
                "email": MEMBER.email,
                "password": stage.passwords[MEMBER.email],
                "company": stage.apps[MEMBER.app].app.company.name,
                "what_for": MEMBER.what_for,
            }
        ],
        "apps": [
            {
                "name": enrolled.app.name,
                "application_user": enrolled.app.application_user,
                "secret": enrolled.secret,
                "client_id": enrolled.app.application_user,
                "client_secret": enrolled.secret,
                "connections": {
                    standing.site: standing.state
                    for standing in connections_of_app(enrolled.app)
                    if standing.site in SITES
                },
            }
            for enrolled in stage.apps.values()
        ],
        "collector": {
            "id": collector.slug,
            "base_url": collector.base_url,
            "token_url": collector.token_url,
            "ca_file": collector.ca_file,
            "client_id": collector.client_id,
            "client_secret": collector.client_secret,
        },
    }


def leave_behind(description: dict[str, Any], *places: Path) -> None:
    """Write the description to each place, readable by its owner alone: it holds passwords and secrets."""
    for place in places:
        place.parent.mkdir(parents=True, exist_ok=True)
        making = place.with_suffix(".making")
        with os.fdopen(os.open(making, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            json.dump(description, file, indent=2, ensure_ascii=False)
        making.replace(place)
