"""A school's attendance goes to the collector: consent is given, it is sent, and the collector tells what it holds."""

import time
from typing import Any

import click
import requests

from consentry.project.demo.collector import DemoCollector
from consentry.project.demo.story import Story, StoryError
from consentry.project.demo.to_try import EXPORT

_SECONDS = 60
_RECEIVED = "standing--good"
"""What marks a submission with a green tick in the list."""


def play_attendance(story: Story, collector: DemoCollector) -> None:
    """The steps after the app's, by the same person. Raises StoryError where one goes wrong."""
    address = f"/{story.site.slug}/{EXPORT}/{collector.slug}"
    story.say("School > Data > Export > Attendance API Submissions: reads what would be sent, presses Give consent")
    story.visitor.open(f"{address}/consent")
    page = story.visitor.press(f"{address}/consent")
    story.expect(page, f"Your school has given consent to {collector.name}")
    story.say("Presses Send now: counts by session, year group and code go by HTTPS to a collector on this machine")
    story.visitor.press(f"{address}/send")
    _wait_for_tick(story, address)
    click.echo("   received, with a green tick")
    story.say("The collector is asked what it holds now")
    for day in _days(collector, str(story.site.urn)):
        click.echo(f"   {_in_words(day)}")


def _wait_for_tick(story: Story, address: str) -> None:
    until = time.monotonic() + _SECONDS
    while _RECEIVED not in story.visitor.open(address):
        if time.monotonic() > until:
            raise StoryError("The collector has not received what was sent.")
        time.sleep(0.5)


def _days(collector: DemoCollector, urn: str) -> list[dict[str, Any]]:
    """The days of the school, asked for as a program of the collector's own would."""
    asked = {
        "grant_type": "client_credentials",
        "client_id": collector.client_id,
        "client_secret": collector.client_secret,
    }
    token = requests.post(collector.token_url, data=asked, verify=collector.ca_file, timeout=30).json()["access_token"]
    answer = requests.get(
        f"{collector.base_url}/schools/{urn}/days",
        headers={"Authorization": f"Bearer {token}"},
        verify=collector.ca_file,
        timeout=30,
    )
    answer.raise_for_status()
    found: list[dict[str, Any]] = answer.json()["days"]
    return found


def _in_words(day: dict[str, Any]) -> str:
    sessions = ", ".join(f"{each['session']} {_taken(each)}" for each in day["sessions"]) or "closed"
    return f"{day['date']}: {day['roll']['total']} on roll; {sessions}"


def _taken(session: dict[str, Any]) -> str:
    return f"{sum(each['count'] for each in session['marks'])} marks" if session["taken"] else "not taken"
