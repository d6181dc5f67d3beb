"""The main job, step by step, against the running server: asked, approved, read, rejected, refused, approved, read."""

import os
import re
import subprocess
import sys
from pathlib import Path

import click

from consentry.project.demo.cast import PEOPLE, SCHOOLS
from consentry.project.demo.visitor import Visitor
from consentry.workflows.enrol_app import EnrolledApp


class StoryError(Exception):
    """A step did not end as it should."""


class Story:
    """Plays the steps and prints them as they happen."""

    def __init__(self, base_url: str, program: Path, app: EnrolledApp, password: str) -> None:
        self.base_url = base_url
        self.program = program
        self.app = app
        self.site = SCHOOLS[0].site
        self.person = PEOPLE[0]
        self.password = password
        self.visitor = Visitor(base_url)
        self.steps = 0

    def play(self) -> None:
        """All steps in order. Raises StoryError at the first that goes wrong."""
        self.say(f"{self.app.app.name} asks {self.site.name} to be connected")
        self._run("request")
        self.say(f"{self.person.name} signs in, accepts the terms and conditions, and is notified")
        self.visitor.sign_in(self.person.email, self.password)
        self._accept_terms()
        self.expect(self.visitor.open(f"/{self.site.slug}/notifications"), f"{self.app.app.name} asks to connect")
        self.say(
            "System > Partner Apps (API Users) > Pending requests: "
            "clicks the row, sees the permissions, presses Approve"
        )
        address = self._open_row("pending")
        self._decide(address, "approve")
        self.say(f"{self.app.app.name} reads every page of what was granted")
        self._run("sync")
        self.say("Approved Apps: presses Reject")
        self._decide(self._open_row("approved"), "reject")
        self.say(f"The very next call of {self.app.app.name}")
        self._run("sync", refused=True)
        self.say("Rejected Apps: presses Approve")
        self._decide(self._open_row("rejected"), "approve")
        self.say(f"{self.app.app.name} reads at once")
        self._run("sync")

    def say(self, text: str) -> None:
        """The next step, with its number."""
        self.steps += 1
        click.secho(f"\n{self.steps}. {text}", bold=True)

    def _run(self, command: str, *, refused: bool = False) -> None:
        """Run the app's own program, show what it prints, and see that it ended as it should."""
        environment = os.environ | {
            "APPLICATION_USER": self.app.app.application_user,
            "APPLICATION_SECRET": self.app.secret,
        }
        ran = subprocess.run(  # noqa: S603 - the example of this repository
            [sys.executable, self.program, command, "--base-url", self.base_url, "--site", self.site.slug],
            env=environment, capture_output=True, text=True, check=False, timeout=120,
        )  # fmt: skip
        click.echo("\n".join(f"   {line}" for line in (ran.stdout + ran.stderr).splitlines()))
        if (ran.returncode != 0) != refused:
            raise StoryError(f"{command} ended with {ran.returncode}")

    def _accept_terms(self) -> None:
        """Before they are accepted every page of the site leads to them."""
        page = self.visitor.open(f"/{self.site.slug}/")
        terms = re.search(rf'action="(/{self.site.slug}/terms[^"]*)"', page)
        if terms is None:
            raise StoryError("The terms and conditions do not come first.")
        self.visitor.press(terms[1].replace("&amp;", "&"), accept="on")

    def _open_row(self, tab: str) -> str:
        """Open the tab and the app's row in it; the app's address."""
        page = self.visitor.open(f"/{self.site.slug}/partner-apps/{tab}")
        row = re.search(rf'href="([^"]+)"[^>]*>\s*{re.escape(self.app.app.name)}\s*<', page)
        if row is None:
            raise StoryError(f"{self.app.app.name} does not stand under {tab}")
        self.visitor.open(row[1])
        return row[1]

    def _decide(self, address: str, decision: str) -> None:
        path = address.partition("?")[0]
        self.visitor.press(f"{path}/{decision}")
        click.echo(f"   {'approved' if decision == 'approve' else 'rejected'}")

    def expect(self, page: str, text: str) -> None:
        """Show that the page says so. Raises StoryError where it does not."""
        if text not in page:
            raise StoryError(f"The page does not say: {text}")
        click.echo(f"   {text}")
