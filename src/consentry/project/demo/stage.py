"""Setting the stage: sites, people, files through the real importers, apps, and the connections there are before."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from django.utils import timezone

from consentry.audit.actor import OPERATOR
from consentry.audit.reading import reading
from consentry.connections.actions.approve_connection import approve_connection
from consentry.connections.actions.request_connection import request_connection
from consentry.connections.deciding import Seen
from consentry.imports.sample.school import make_school
from consentry.partners.app_file import read_app_file
from consentry.people.queries.permissions import accounts_permitted, opening_of
from consentry.project.config import ConfigurationError
from consentry.project.demo.calendar import fill_calendar, without_closed
from consentry.project.demo.cast import APPS, CONNECTIONS, MEMBER, TROUBLED, TRUST, WIDENED, DemoConnection, DemoSchool
from consentry.project.demo.partners import ask_for_more, come_to_the_portal, report_an_app, wish_for_an_app
from consentry.project.demo.people import look_after_people, welcome_everybody
from consentry.project.importing import import_with_progress
from consentry.project.private_folder import private_folder
from consentry.rules.pages import Page
from consentry.schools.actions.publish_terms import publish_terms
from consentry.schools.queries import school_id, site_by_slug
from consentry.workflows.enrol_app import EnrolledApp, enrol_app
from consentry.workflows.open_site import open_site


@dataclass(frozen=True)
class Examples:
    """Where what is not made here comes from: a folder of apps' files, the terms, and the program of the main app."""

    apps: Path
    terms: Path
    program: Path


@dataclass
class Stage:
    """What was made: passwords by e-mail and apps by their file's name. Seen in the demo's own file alone."""

    passwords: dict[str, str] = field(default_factory=dict)
    apps: dict[str, EnrolledApp] = field(default_factory=dict)


def set_stage(files: Path, examples: Examples, schools: Sequence[DemoSchool]) -> Stage:
    """Make everything there is before the story starts; the schools' files are left in `files`."""
    stage = Stage()
    for site in (TRUST, *(school.site for school in schools)):
        open_site(site, by=OPERATOR, at=timezone.now())
    stage.passwords = welcome_everybody(publish_terms(examples.terms.read_text(), by=OPERATOR, at=timezone.now()))
    look_after_people()
    for school in schools:
        fill_school(school, files)
        fill_calendar(school.site.slug)
    for name in APPS:
        stage.apps[name] = enrol_app(
            read_app_file((examples.apps / f"{name}.toml").read_bytes()), by=OPERATOR, at=timezone.now()
        )
    for connection in CONNECTIONS:
        _connect(stage, connection)
    ask_for_more(stage.apps[WIDENED].app, examples.apps / "next" / f"{WIDENED}.toml")
    wish_for_an_app()
    report_an_app(stage.apps[TROUBLED].app)
    stage.passwords[MEMBER.email] = come_to_the_portal(stage.apps[MEMBER.app].app.company)
    return stage


def fill_school(school: DemoSchool, files: Path) -> None:
    """Write the school's CTF, OneRoster and marks files, and import them as an operator would."""
    private_folder(files)
    site = school.site
    sample = make_school(school.seed, school.pupils, site.urn or "", site.laestab or "", site.name, school_year=2026)
    contents = {
        "ctf": sample.ctf(),
        "oneroster": sample.oneroster(),
        "marks": without_closed(sample.marks(*school.marks)),
    }
    for kind, file in files_of(site.slug, files):
        content = contents[kind]
        file.write_bytes(content if isinstance(content, bytes) else b"".join(content))
        if not import_with_progress(kind, file, site.slug, None):
            raise ConfigurationError(f"The demo's own file {file} was refused.")


def files_of(slug: str, files: Path) -> list[tuple[str, Path]]:
    """The files of a school in the order in which they are imported, each with what it is."""
    endings = {"ctf": "ctf.xml", "oneroster": "oneroster.zip", "marks": "marks.csv"}
    return [(kind, files / f"{slug}-{ending}") for kind, ending in endings.items()]


def _connect(stage: Stage, wanted: DemoConnection) -> None:
    """The app asks; where the demo wants it so, the first of those who may approves."""
    site = site_by_slug(wanted.site)
    connection = request_connection(stage.apps[wanted.app].app, site, by=OPERATOR, at=timezone.now())
    if not wanted.approved:
        return
    with reading(school_id(site)):
        opening = opening_of(Page.PARTNER_APPS, site.level)
        account = accounts_permitted(school_id(site), opening, timezone.localdate()).order_by("id").first()
    if account is None:
        raise ConfigurationError(f"Nobody can approve at {site.name}.")
    seen = Seen(connection.asked_id, connection.moves)
    approve_connection(site, connection.id, seen, by=account, at=timezone.now())
