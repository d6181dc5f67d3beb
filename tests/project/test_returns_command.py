"""`consentry returns`: preview, send, status, and looking after collectors, from a terminal."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from django.conf import settings
from django.utils import timezone

from consentry.audit.reading import reading
from consentry.collector.serving import Running, start
from consentry.people.models import Notification
from consentry.project.command_line import commands
from consentry.records.models import AcademicLevelMembership
from consentry.returns.credentials import client_secrets
from consentry.returns.models import Collector
from consentry.rules.invalid import InvalidError
from consentry.schools.models import Site
from consentry.schools.queries import school_id
from tests.returns.a_collector import AtCollector, add_collector, changed
from tests.returns.a_school import MONDAY, all_present, at, consent, made, mark, office_of, school_of, submissions
from tests.world import add_school
from tests.world_records import writing


def returns(*words: str, typed: str = "") -> Result:
    """`consentry returns …`, with what is piped into it."""
    return CliRunner().invoke(commands, ("returns", *words), input=typed)


def refused(result: Result) -> str:
    """Why it was."""
    assert isinstance(result.exception, InvalidError), result.output
    return str(result.exception)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with start(tmp_path_factory.mktemp("collector")) as up:
        yield up


@pytest.fixture
def collector(database: str, running: Running, monkeypatch: pytest.MonkeyPatch) -> Collector:
    """One whose certificate is trusted by CONSENTRY_COLLECTOR_CA; it is a Monday afternoon."""
    monkeypatch.setattr(timezone, "now", lambda: at(MONDAY))
    monkeypatch.setattr(settings, "CONFIG", replace(settings.CONFIG, collector_ca=running.ca_file))
    return add_collector(running)


@pytest.fixture
def site(collector: Collector) -> Site:
    """A school that consents, and whose registers of one Monday are taken."""
    school, sample = school_of(4, "oakfield")
    mark(school, all_present(sample, MONDAY))
    consent(school, collector, by=office_of(school))
    return school


PREVIEW = ("preview", "--site", "oakfield", "--collector", "daily-attendance", "--date", "2025-11-03")


def test_a_preview_is_exactly_the_document(site: Site, collector: Collector) -> None:
    """Issue: `consentry returns preview --site S --collector C --date D --json`."""
    document = made(site, collector).document
    assert document is not None

    assert returns(*PREVIEW, "--json").output.encode().rstrip(b"\n") == document
    assert returns(*PREVIEW).stdout_bytes == document
    assert submissions(site) == []

    changed(collector, format="csv", granularity="marginals")
    assert returns(*PREVIEW).stdout_bytes.startswith(b"urn,date,session,year_group,code,count\r\n")
    assert json.loads(returns(*PREVIEW, "--json").output)["days"][-1]["sessions"][0]["by_code"] == [
        {"code": "/", "count": 4}
    ]


def somebody_has_no_year_group(site: Site) -> None:
    """The year group of one pupil ended the day before."""
    with writing(site):
        kept = AcademicLevelMembership.objects.filter(school=site)
        kept.filter(id=kept.order_by("id")[0].id).update(end_date=MONDAY - timedelta(days=1))


def test_a_preview_of_what_cannot_be_sent_says_why(site: Site) -> None:
    somebody_has_no_year_group(site)

    told = returns(*PREVIEW, "--json")
    assert told.exit_code == 1
    [fault] = json.loads(told.output)["faults"]
    assert fault == {"fault": "no_year_group", "day": "2025-11-03", "session": None, "count": 1, "code": ""}
    plain = returns(*PREVIEW)
    assert (plain.exit_code, plain.output) == (1, "2025-11-03 roll: no year group, 1\n")


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_a_preview_is_of_a_day_that_can_be(site: Site, day: str) -> None:
    assert "date: is a day of the years 2000 to 2099" in refused(returns(*PREVIEW[:-1], day))


def test_a_name_in_brackets_is_told_as_it_is(database: str) -> None:
    add_collector(name="Daily [/b] [x]")

    assert "Daily [/b] [x]" in returns("collectors").output


def test_a_school_is_sent_by_hand_and_its_status_says_so(site: Site, collector: Collector, running: Running) -> None:
    before = json.loads(returns("status", "--site", "oakfield", "--json").output)
    assert (before[0]["last_received"], before[0]["in_the_way"]) == (None, None)

    sent = returns("send", "--site", "oakfield", "--now")

    assert (sent.exit_code, sent.output) == (0, "oakfield to daily-attendance: received\n1 received\n")
    looking = AtCollector(running)
    assert len(looking.receipts(str(site.urn))) == 1
    looking.close()
    [after] = json.loads(returns("status", "--site", "oakfield", "--json").output)
    assert after["last_received"] is not None
    [everywhere] = json.loads(returns("status", "--json").output)
    assert everywhere["last_received"] == after["last_received"]
    assert {name: everywhere[name] for name in ("consents", "received", "waiting", "failed")} == {
        "consents": 1, "received": 1, "waiting": 0, "failed": 0,
    }  # fmt: skip
    table = returns("status").output
    assert "daily-attendance" in table
    assert "Last received" in table


def test_what_is_due_is_sent_at_every_school(site: Site, collector: Collector) -> None:
    other, sample = school_of(2)
    mark(other, all_present(sample, MONDAY))
    consent(other, collector)
    add_collector(slug="paused", status="suspended")

    sent = returns("send")

    assert (sent.exit_code, sent.output.strip()) == (0, "2 received")
    assert [each.run for each in (*submissions(site), *submissions(other))] == ["morning", "morning"]
    assert returns("send").output.strip() == "nothing is due"


def test_what_was_kept_back_is_said(site: Site) -> None:
    somebody_has_no_year_group(site)

    sent = returns("send")

    assert sent.exit_code == 1
    assert sent.output.endswith("1 not received (not sendable)\n")


def test_what_failed_is_said_by_the_exit_code(site: Site, collector: Collector) -> None:
    changed(collector, client_id="somebody-else")

    sent = returns("send", "--site", "oakfield", "--now")

    assert sent.exit_code == 1
    assert "not received (credentials refused)" in sent.output
    [stands] = json.loads(returns("status", "--json").output)
    assert stands["failed"] == 1


def test_nothing_is_sent_by_hand_that_may_not_be(site: Site, collector: Collector) -> None:
    add_school("elmwood")

    assert "gives no consent" in refused(returns("send", "--site", "elmwood", "--now"))
    assert "which, with --site" in refused(returns("send", "--now"))
    assert "no site called nowhere" in refused(returns("send", "--site", "nowhere"))
    assert "there are: daily-attendance" in refused(returns("send", "--collector", "nobody"))


def test_a_collector_is_discontinued_and_its_schools_are_told(site: Site, collector: Collector) -> None:
    words = ("discontinue", "--collector", "daily-attendance", "--notice", "No longer collected.")
    asked = returns(*words, typed="n\n")
    assert "1 consents end, 0 that wait are called off. For good." in asked.output
    assert Collector.objects.get().status == "active"

    done = returns(*words, "--yes")

    assert "is discontinued. 1 consents are ended, and their schools told." in done.output
    with reading(school_id(site)):
        assert Notification.objects.filter(school=site).count() == 1
    assert "collector: daily-attendance: it is discontinued" in refused(returns("send", "--site", "oakfield", "--now"))
    assert "discontinued already" in refused(returns(*words, "--yes"))


def test_a_profile_is_added_set_up_and_activated(database: str, tmp_path: Path) -> None:
    file = tmp_path / "pilot.toml"
    file.write_text(PILOT)
    assert "added as pilot, suspended" in returns("profile", "add", str(file)).output
    assert "already" in refused(returns("profile", "add", str(file)))
    of_it = ("--collector", "pilot")

    assert "a secret is missing" in refused(returns("activate", *of_it))
    assert "first secret of Pilot is set" in returns("secret", *of_it, typed="a-word\n").output
    assert "nothing was typed" in refused(returns("secret", *of_it, typed="\n"))
    returns("secret", *of_it, "--which", "second", typed="another")
    assert list(client_secrets(Collector.objects.get())) == ["a-word", "another"]
    returns("secret", *of_it, "--remove")
    assert list(client_secrets(Collector.objects.get())) == ["another"]
    assert "Pilot is active." in returns("activate", *of_it).output
    assert "nothing is sent to it" in returns("suspend", *of_it, "--notice", "A pause.").output
    [listed] = json.loads(returns("collectors", "--json").output)
    assert (listed["collector"], listed["status"], listed["asks"]) == ("pilot", "suspended", "Wales")
    assert "suspended" in returns("collectors").output


PILOT = """slug = "pilot"
name = "Pilot"
recipient = "The Pilot Office"
purpose = "To try."
jurisdiction = "wales"
legal_basis = "consent"
[asks]
granularity = "crosstab"
format = "json"
[runs]
morning = 12:30:00
[connection]
base_url = "https://pilot.example"
token_url = "https://pilot.example/token"
client_id = "us"
"""


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (('"wales"', '"ireland"'), "line 5, jurisdiction: is one of"),
        (('"wales"', '["wales"]'), "line 5, jurisdiction: is one of"),
        (("12:30:00", '"12:30"'), "line 11, morning: is a time of day"),
        (("[runs]\nmorning = 12:30:00\n", ""), "morning: there is no run at all"),
        (
            ('"https://pilot.example"', '"http://pilot.example"'),
            "line 13, base_url: is an address that begins",
        ),
        (('client_id = "us"', 'client_secret = "us"'), "line 15, client_secret: is not known here"),
        (('format = "json"\n', ""), "format: is missing"),
        (("[asks]", "[asks"), "file: is not TOML"),
    ],
)
def test_a_profile_that_cannot_be_says_where(database: str, tmp_path: Path, change: tuple[str, str], said: str) -> None:
    file = tmp_path / "pilot.toml"
    file.write_text(PILOT.replace(*change))

    assert said in refused(returns("profile", "add", str(file)))
    assert Collector.objects.count() == 0


def test_migrating_adds_what_the_product_comes_with_once(database: str) -> None:
    first, again = (CliRunner().invoke(commands, ["migrate"]).output for _ in range(2))

    assert "Collector england-daily-attendance was added" in first
    assert "was added" not in again
    assert Collector.objects.count() == 2
