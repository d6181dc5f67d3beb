"""Whoever sends to a collector: real HTTPS, a certificate that is checked, a token."""

import json
from collections.abc import Mapping
from typing import Any, Self
from uuid import uuid4

import requests

from consentry.collector.serving import Running


class Sender:
    """A session with a running collector. Nothing of the environment is asked, or it might name other authorities."""

    def __init__(self, running: Running) -> None:
        self.running = running
        self.session = requests.Session()
        self.session.trust_env = False
        self.session.verify = running.ca_file
        self.token = ""

    def __enter__(self) -> Self:
        self.token = self.ask_token().json()["access_token"]
        return self

    def __exit__(self, *_error: object) -> None:
        self.session.close()

    def ask_token(self, **differently: str) -> requests.Response:
        """Ask the token endpoint with a form."""
        known = {"client_id": self.running.client_id, "client_secret": self.running.client_secrets[0]}
        form = {"grant_type": "client_credentials", **known, **differently}
        return self.session.post(self.running.token_url, data=form)

    def send(
        self,
        body: Any,
        key: str = "",
        media_type: str = "application/json",
        *,
        headers: Mapping[str, str | None] | None = None,
    ) -> requests.Response:
        """Send a submission, under a key of its own unless one is given; a header that is None is left out."""
        sent = body if isinstance(body, str | bytes) else json.dumps(body)
        all_headers: dict[str, str | None] = {
            "Authorization": f"Bearer {self.token}",
            "Idempotency-Key": key or str(uuid4()),
            "Content-Type": media_type,
            **(headers or {}),
        }
        return self.session.post(f"{self.running.base_url}/submissions", data=sent, headers=all_headers)

    def get(self, path: str, **headers: str) -> requests.Response:
        """Ask for something with the token."""
        asked = {"Authorization": f"Bearer {self.token}", **headers}
        return self.session.get(f"{self.running.base_url}{path}", headers=asked)

    def days(self, urn: str) -> list[Any]:
        """The days of a school as the collector has them."""
        return list(self.get(f"/schools/{urn}/days").json()["days"])

    def receipts(self, urn: str) -> list[Any]:
        """The receipts of a school."""
        return list(self.get(f"/receipts?urn={urn}").json()["receipts"])

    def switch(self, fault: Any, key: str | None = None, **more: Any) -> requests.Response:
        """Switch a fault on."""
        control = {"Control-Key": self.running.control_key if key is None else key}
        body = json.dumps({"fault": fault, **more})
        return self.session.put(f"{self.running.base_url}/faults", data=body, headers=control)


def errors_of(answer: requests.Response) -> list[tuple[str, str]]:
    """What an answer in the field's style lists: codes with their places."""
    told = answer.json()
    assert list(told) == ["title", "type", "status", "errors"]
    assert told["status"] == answer.status_code
    assert answer.headers["Content-Type"] == "application/json"
    assert all(list(each) == ["message", "code", "path"] for each in told["errors"])
    return [(each["code"], each["path"]) for each in told["errors"]]
