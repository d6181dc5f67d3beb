"""A partner app in one file: asks to be connected, then reads every page of what the school granted."""

import argparse
import os
import sys
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

import requests

READS = (
    "Students",
    "Persons",
    "Guardians",
    "StudentGuardianRelationships",
    "GuardianRelationshipTypes",
    "EmailAddresses",
    "TelephoneNumbers",
    "Genders",
    "Titles",
    "UkDfe_UpnAssignments",
    "AcademicYears",
    "AcademicLevels",
    "AcademicLevelMemberships",
    "CurriculumGrades",
    "RegistrationForms",
    "RegistrationFormMemberships",
    "AttendanceMarks",
    "AttendanceRollCalls",
    "AttendanceRollCallRecords",
)
PAGE_SIZE = 500
TIMEOUT = (3, 30)


class Refused(Exception):  # noqa: N818 - the school's word
    """The school does not let the app read; the message is the server's reason."""


class School:
    """One school's data as far as it lets this app see it."""

    def __init__(self, base_url: str, site: str, user: str, secret: str) -> None:
        self.base_url = base_url.rstrip("/")
        self.site = site
        self.session = requests.Session()
        self.session.auth = (user, secret)
        self.session.headers["User-Agent"] = "Class Sync example"

    def ask(self) -> str:
        """Ask to be connected; the state the request is in."""
        answer = self.session.post(f"{self.base_url}/partners/connections", json={"site": self.site}, timeout=TIMEOUT)
        if answer.status_code != requests.codes.created:
            raise Refused(answer.json()["detail"])
        return str(answer.json()["connection"]["state"])

    def pages(self, collection: str) -> Iterator[list[dict[str, Any]]]:
        """Every page of a collection, following the server's own links."""
        address: str | None = f"{self.base_url}/{self.site}/rest-v2/{collection}?page-size={PAGE_SIZE}"
        while address:
            answer = self._get(address)
            (records,) = answer.json().values()
            yield records
            following = answer.links.get("next")
            address = urljoin(self.base_url, following["url"]) if following else None

    def _get(self, address: str) -> requests.Response:
        while True:
            answer = self.session.get(address, timeout=TIMEOUT)
            if answer.status_code in {requests.codes.too_many_requests, requests.codes.unavailable}:
                time.sleep(int(answer.headers.get("Retry-After", "65")))
                continue
            if answer.status_code in {requests.codes.unauthorized, requests.codes.forbidden}:
                raise Refused(answer.json()["response"]["errors"][0]["message"])
            answer.raise_for_status()
            return answer


def sync(school: School) -> None:
    """Read everything there is to read, and say how much it was."""
    for collection in READS:
        pages = [len(records) for records in school.pages(collection)]
        plural = "" if len(pages) == 1 else "s"
        print(f"{collection:32} {sum(pages):>8,} records in {len(pages)} page{plural}", flush=True)


def main() -> None:
    """Run one of the two commands; exit 1 when the school refuses."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("command", choices=["request", "sync"])
    parser.add_argument("--base-url", required=True)
    parser.add_argument("--site", required=True)
    chosen = parser.parse_args()
    school = School(chosen.base_url, chosen.site, os.environ["APPLICATION_USER"], os.environ["APPLICATION_SECRET"])
    try:
        if chosen.command == "request":
            print(f"Asked to be connected: {school.ask()}")
        else:
            sync(school)
    except Refused as refusal:
        sys.exit(f"Refused: {refusal}")


if __name__ == "__main__":
    main()
