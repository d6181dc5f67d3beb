"""What somebody can try in the demo when it has been played, in lines to print."""

from collections.abc import Iterator
from pathlib import Path

from consentry.project.demo.cast import CHANGE, INVITED, OPERATOR_TO_BE, SCHOOLS, TRUST
from consentry.project.demo.collector import COLLECTOR
from consentry.project.demo.stage import files_of
from consentry.schools.models import Life

ATTENDING = SCHOOLS[0].site.slug
EXPORT = "data/export/attendance-api-submissions"


def to_try(var: Path, files: Path, port: int) -> Iterator[str]:
    """Each thing with who does it and where; `var` is the demo's folder as a command names it, `files` its files."""
    base = f"http://127.0.0.1:{port}"
    yield f"One app for both schools: noah.price, {base}/{TRUST.slug}/apps-by-school, Lunchline"
    yield f"Somebody who has not come yet: {INVITED.email}; the mail with the link is in {var}/mail while it is served"
    yield f"A role that is to come, and a permission for a time: tom.reed, Users, {CHANGE.email}"
    yield f"An app that asks for more than was approved: asha.patel, {base}/{INVITED.site}/partner-apps/approved"
    yield f"An app that does not work, and the report of it: tom.reed, {base}/{INVITED.site}/partner-apps/approved"
    yield f"Records that an app needs, mended in bulk: tom.reed, {base}/{INVITED.site}/programmes/courses"
    yield f"Apps to be had, and one that the school has asked for: tom.reed, {base}/{INVITED.site}/directory"
    yield f"Attendance that goes to a collector each day: asha.patel, {base}/{ATTENDING}/{EXPORT}"
    yield f"Registers, to take and to change: asha.patel, {base}/{ATTENDING}/attendance/registers"
    yield f"A collector that collects no more, after which: {base}/{ATTENDING}/{EXPORT}"
    yield f"   CONSENTRY_VAR={var} .venv/bin/consentry returns discontinue --collector {COLLECTOR} --notice Over"
    yield f"A company of one's own, with a sandbox: {base}/partners/ while it is served; the mail is in {var}/mail"
    yield f"The operator's desk, {base}/operator/, for noah.price (it asks for a second factor), after"
    yield f"   CONSENTRY_VAR={var} .venv/bin/consentry operator add {OPERATOR_TO_BE}"
    dummy = next(each.site for each in SCHOOLS if each.site.life is Life.DUMMY)
    yield f"From dummy to live: grace.amadi, {base}/{dummy.slug}/migration. Wipe it, then fill it again:"
    for kind, file in files_of(dummy.slug, files):
        yield f"   CONSENTRY_VAR={var} .venv/bin/consentry import {kind} {file} --site {dummy.slug}"
