"""What stands in the logs."""

import json
import subprocess
import sys
from typing import Any

_BEGIN = """
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
import django
django.setup()
import logging
from django.test import Client
from consentry.project.logs import log_as_json
log_as_json()
"""


def logged(does: str) -> list[dict[str, Any]]:
    """The entries, a line each, that a process leaves which does this."""
    ended = subprocess.run([sys.executable, "-c", _BEGIN + does], capture_output=True, text=True, check=True)
    return [json.loads(line) for line in ended.stderr.splitlines()]


def test_a_request_for_another_host_is_one_line_without_a_trace() -> None:
    ask = 'assert Client().get("/", headers={"host": "evil.example"}).status_code == 400'

    (entry,) = logged(ask)

    assert entry["logger"] == "django.security.DisallowedHost"
    assert "evil.example" in entry["event"]
    assert "exception" not in entry


def test_a_fault_of_our_own_keeps_its_trace() -> None:
    (entry,) = logged("""
try:
    int("not a number")
except ValueError:
    logging.getLogger("consentry").exception("A fault")
""")

    assert "not a number" in entry["exception"]


def test_a_link_that_was_mailed_to_one_person_stands_in_no_log() -> None:
    (entry,) = logged("""
logging.getLogger("django.request").error(
    "Internal Server Error: %s and %s", "/accounts/email-change/k3y-A_b", "/accounts/password/reset/key/1-c9-ab12/"
)
""")

    assert entry["event"] == (
        "Internal Server Error: /accounts/email-change/(hidden) and /accounts/password/reset/key/(hidden)/"
    )


def test_codes_and_tokens_of_the_connect_link_stand_in_no_log_however_much_is_logged() -> None:
    """AS-11: OAuthLib writes them where it is let."""
    entries = logged("""
log_as_json(logging.DEBUG)
logging.getLogger("oauthlib.oauth2").debug("Created authorization code grant %s", {"code": "c0de"})
logging.getLogger("consentry").debug("seen")
""")

    assert [entry["event"] for entry in entries] == ["seen"]
