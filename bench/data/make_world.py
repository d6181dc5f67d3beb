"""Everything around the records, through the program's own actions: a school, a person who decides, an app, a token."""

import json
import secrets
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone
from oauth2_provider.models import AccessToken, Application

from bench.data.bare_statements import bare_statements
from consentry.audit.actor import OPERATOR, SYSTEM
from consentry.audit.reading import reading
from consentry.connections.actions.approve_connection import approve_connection
from consentry.connections.actions.request_connection import request_connection
from consentry.connections.deciding import Seen
from consentry.partners.actions.add_company import NewCompany
from consentry.partners.actions.publish_version import AskedRow
from consentry.partners.actions.register_app import NewApp
from consentry.partners.app_file import AppFile
from consentry.partners.models import App
from consentry.people.actions.add_roles import ADMINISTRATOR
from consentry.people.actions.add_user import NewUser
from consentry.people.models import Account
from consentry.records.models import AttendanceRollCallRecord, Student
from consentry.rules.grants import Action
from consentry.schools.actions.add_site import NewSite
from consentry.schools.queries import site_by_slug
from consentry.workflows.enrol_app import enrol_app
from consentry.workflows.open_site import open_site
from consentry.workflows.welcome_user import welcome_user

SLUG = "bench"
_READ = frozenset({Action.READ})
_ROWS = (
    AskedRow("Student", ("*",), _READ),
    AskedRow("Person", ("*",), _READ),
    AskedRow("Gender", ("*",), _READ),
    AskedRow("AttendanceRollCallRecord", ("*",), _READ),
    AskedRow("AttendanceMark", ("*",), _READ),
    AskedRow("AttendanceRollCall", ("*",), _READ),
)


def open_school(slug: str, number: int) -> int:
    """A new site with its code lists; its id. `number` tells its official numbers."""
    wanted = NewSite(slug, f"{slug} Academy", urn=str(140_000 + number), laestab=str(8_604_000 + number))
    site = open_site(wanted, by=OPERATOR, at=timezone.now())
    return int(site.id)


def connect_app(school: int) -> dict[str, Any]:
    """An app that the school has approved, with a token of an hour and more; what the bench must know of it."""
    now = timezone.now()
    person = NewUser("asha@bench.example", "Asha", secrets.token_urlsafe(12))
    asker = welcome_user(SLUG, person, ADMINISTRATOR, by=OPERATOR, at=now)
    company = NewCompany(
        "Bench Ltd", "Jo", "jo@bench.example", "https://bench.example", "https://bench.example/privacy"
    )
    file = AppFile(company, NewApp("Bench", "Measures.", "a@bench.example", "https://bench.example"), "First", _ROWS)
    enrolled = enrol_app(file, by=OPERATOR, at=now)
    connection = _approve(enrolled.app, asker)
    token = secrets.token_urlsafe(32)
    application = Application.objects.get(client_id=enrolled.app.application_user)
    AccessToken.objects.create(token=token, application=application, expires=now + timedelta(days=30), scope="records")
    return {
        "slug": SLUG, "school": school, "app": enrolled.app.id, "version": connection.version_id,
        "connection": connection.id, "user": asker.user_id, "token": token,
        "application_user": enrolled.app.application_user,
        "secret": enrolled.secret,
    }  # fmt: skip


def _approve(app: App, asker: Account) -> Any:
    site = site_by_slug(SLUG)
    connection = request_connection(app, site, by=SYSTEM, at=timezone.now())
    return approve_connection(
        site, connection.id, Seen(connection.asked_id, connection.moves), by=asker, at=timezone.now()
    )


def write_world(known: dict[str, Any], file: Path) -> None:
    """Leave what servers and peers need beside the database."""
    with reading(known["school"]):
        students = list(Student.objects.filter(school_id=known["school"]).order_by("id").values_list("id", flat=True))
        marks = AttendanceRollCallRecord.objects.filter(school_id=known["school"]).count()
    whole = {**known, "students": students, "marks": marks, "bare": bare_statements(known["version"])}
    file.write_text(json.dumps(whole))
