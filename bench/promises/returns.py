"""Returns: counting a large school in one statement, and sending those of many schools to a collector over HTTPS.

What is sent is made first, as the job does it: counted, checked, written out, kept, and then sent with its receipt.
"""

import json
import os
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import median
from tempfile import mkdtemp

import django

TODAY = date(2026, 5, 20)
NOW = datetime(2026, 5, 20, 17, 0, tzinfo=UTC)
PUPILS, AT_ONCE = 200, 4
_WINDOW, _BEFORE = 8, 145  # school days of the window, and those of the year before them


def main(schools: int) -> None:
    """Measure both; the figures as JSON."""
    import psycopg
    from django.db import connection

    from bench.data.enrol_pupils import enrol_pupils
    from consentry.collector.serving import start

    world = json.loads(Path(os.environ["BENCH_WORLD"]).read_text())
    with psycopg.connect(_owner()) as line:
        enrol_pupils(line, world["school"])
    counted, marks = count(world["slug"])
    asked = fill(schools)
    connection.close()
    with start(Path(mkdtemp(prefix="bench-collector-"))) as collector:
        seconds, received = send(asked, register(collector), collector.ca_file)
    told = {"count_ms": counted, "marks": marks, "schools": schools, "seconds": seconds, "received": received}
    print(json.dumps(told))


def _owner() -> str:
    from django.conf import settings

    url: str = settings.CONFIG.owner_url
    return url


def count(slug: str) -> tuple[float, int]:
    """The milliseconds of the one statement, the middle of twenty; how many marks the school keeps."""
    from consentry.audit.reading import reading
    from consentry.records.models import AttendanceRollCallRecord
    from consentry.returns.queries.counts import count_attendance
    from consentry.rules.sending_window import Window
    from consentry.schools.queries import calendar_of, school_id, site_by_slug

    site, times = site_by_slug(slug), []
    for _ in range(20):
        with reading(school_id(site)):
            days = Window().days(TODAY, calendar_of(site))
            began = time.perf_counter()
            found = count_attendance(school_id(site), days)
            times.append((time.perf_counter() - began) * 1000)
        assert len(found) == _WINDOW  # noqa: S101 - the bench checks what it measures
    with reading(school_id(site)):
        return median(times), AttendanceRollCallRecord.objects.filter(school=site).count()


def fill(schools: int) -> list[int]:
    """So many schools with pupils, year groups, and marks of the days before TODAY; their ids."""
    import psycopg

    from bench.data.enrol_pupils import enrol_pupils
    from bench.data.fill_school import Wanted, fill_school
    from bench.data.make_world import open_school

    made = [open_school(f"returns-{number}", 5_000 + number) for number in range(schools)]
    with psycopg.connect(_owner()) as line:
        for school in made:
            fill_school(line, Wanted(school, PUPILS, _WINDOW, skip=_BEFORE))
            enrol_pupils(line, school)
    return made


def register(running: object) -> int:
    """The collector, as the operator adds one by law: nobody's consent is measured here."""
    from consentry.audit.actor import OPERATOR
    from consentry.audit.change import change
    from consentry.audit.names import EventName
    from consentry.returns.credentials import FIRST, keep_secret
    from consentry.returns.models import Collector

    with change(actor=OPERATOR, at=NOW, school=None) as this:
        collector = Collector.objects.create(
            slug="bench", name="Bench", recipient="Bench", purpose="To measure.", jurisdiction="england",
            legal_basis="duty", status="active", status_at=NOW, granularity="crosstab", format="json",
            window_unit="working", spread_minutes=0, base_url=running.base_url,  # type: ignore[attr-defined]
            token_url=running.token_url, client_id=running.client_id,  # type: ignore[attr-defined]
        )  # fmt: skip
        keep_secret(collector, FIRST, running.client_secrets[0])  # type: ignore[attr-defined]
        collector.save()
        this.record(EventName.COLLECTOR_ADDED, collector)
    return int(collector.id)


def send(asked: list[int], collector: int, ca_file: str) -> tuple[float, int]:
    """The seconds in which all were made and sent, by as many threads as the job worker has; how many arrived."""
    from consentry.returns.actions.carry_out_run import carry_out_run
    from consentry.rules.return_answers import Outcome
    from consentry.schools.queries import site_of_id

    def carry_out(school: int) -> bool:
        return carry_out_run(site_of_id(school), collector, ca_file=ca_file, at=NOW) is Outcome.RECEIVED

    began = time.perf_counter()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        received = sum(pool.map(carry_out, asked))
    return time.perf_counter() - began, received


if __name__ == "__main__":
    django.setup()
    main(int(sys.argv[1]))
