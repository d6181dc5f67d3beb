"""A dummy site is wiped and filled again: what stays, what goes, who may, and that it is all or nothing."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connections

from consentry.audit.actor import OPERATOR, SYSTEM
from consentry.audit.chain import first_broken_link
from consentry.audit.names import EventName
from consentry.audit.reading import reading
from consentry.connections.models import Connection
from consentry.connections.reading.read import Door
from consentry.people.actions.add_roles import OFFICE
from consentry.people.models import Account, RoleAssignment
from consentry.records import models
from consentry.records.models import FormerRecord, Match, RegisterEntry, Revision, Wipe
from consentry.rules.going_live import WipeRefusal, WipeRefusedError
from consentry.rules.invalid import InvalidError
from consentry.rules.permissions import NotPermittedError
from consentry.schools.models import Life, Site
from consentry.schools.queries import school_id
from consentry.workflows.wipe_dummy_site import WipeOrder, wipe_dummy_site
from tests.imports.applied import (
    FRIDAY,
    MONDAY,
    apply_ctf,
    apply_marks,
    apply_oneroster,
    everything,
    last_event,
    rows,
    sample_of,
)
from tests.world import NOW, account_of, add_app, add_person, add_school, add_trust, approve, ask, call

CODE_LISTS = {"AttendanceMark", "Country", "Gender", "Language", "Subject"}


@pytest.fixture
def oakfield(database: str) -> Site:
    """A dummy site, filled by import."""
    site = add_school(life=Life.DUMMY)
    fill(site)
    return site


def fill(site: Site) -> None:
    """Import the same school's files."""
    school = sample_of(site)
    apply_ctf(site, school)
    apply_oneroster(site, school)
    apply_marks(site, school.marks(MONDAY, FRIDAY))


def wipe(site: Site, becomes: Life = Life.LIVE, **more: Any) -> Any:
    """The operator wipes the site."""
    return wipe_dummy_site(site, WipeOrder(site.name, becomes), by=OPERATOR, at=NOW, **more)


def now(site: Site) -> Site:
    return Site.objects.get(id=site.id)


def counts(site: Site) -> dict[str, int]:
    """How many records of each data type there are."""
    history = {"RegisterEntry", "RecordChange", "Revision"}
    return {name: len(found) for name, found in everything(site).items() if name not in history and found}


def ids(model: Any, site: Site) -> set[int]:
    return {number for (number,) in rows(model, site, "id")}


def test_the_site_is_as_after_its_opening_and_live(oakfield: Site) -> None:
    """A wiped site holds what a freshly opened one holds, and is the live site from then on."""
    before = ids(models.Country, oakfield)
    wipe(oakfield)

    assert counts(oakfield) == counts(add_school("elmwood"))
    assert not before & ids(models.Country, oakfield)
    assert now(oakfield).life == Life.LIVE


def test_connections_people_roles_and_history_stay(oakfield: Site) -> None:
    """The integration will still be approved once the site is wiped and remigrated."""
    person, app = add_person(oakfield), add_app()
    approve(ask(app, oakfield), person)
    with reading(school_id(oakfield)):
        history = list(Revision.objects.filter(school=oakfield).values_list("number", flat=True))
    wipe(oakfield)

    assert call(app, oakfield) is Door.OPEN
    with reading(school_id(oakfield)):
        assert Connection.objects.get(school=oakfield, app=app).state == "approved"
        assert first_broken_link(school_id(oakfield)) is None
        now_known = list(Revision.objects.filter(school=oakfield).values_list("number", flat=True))
    assert set(history) < set(now_known)
    assert Account.objects.filter(school=oakfield, user=person, enabled=True).exists()
    assert RoleAssignment.objects.filter(account__user=person).exists()


def test_ids_change_between_the_dummy_site_and_the_live_site(oakfield: Site) -> None:
    """IDs (e.g. student ID and staff ID) will change between the dummy site and the live site."""
    before = {model: ids(model, oakfield) for model in (models.Student, models.Staff)}
    wipe(oakfield)
    fill(oakfield)

    for model, old in before.items():
        assert len(ids(model, oakfield)) == len(old)
        assert not ids(model, oakfield) & old


def test_pollers_learn_that_the_records_are_gone(oakfield: Site) -> None:
    students = ids(models.Student, oakfield)
    wiped = wipe(oakfield)

    gone = rows(RegisterEntry, oakfield, "record_id", entity_type="Student", deleted_revision=wiped.wipe.revision)
    assert {number for (number,) in gone} == students


def test_the_event_tells_the_numbers_by_data_type(oakfield: Site) -> None:
    numbers = counts(oakfield)
    wipe(oakfield)
    event = last_event(oakfield)

    assert event.name == EventName.SITE_WIPED
    assert event.details["records"] == sum(numbers.values())
    assert "Student: 12" in event.details["data_types"]
    assert (event.details["life"], event.actor_name) == ("live", OPERATOR.name)


def test_the_revision_that_deletes_is_one_of_the_sites_history(oakfield: Site) -> None:
    last = max(number for (number,) in rows(Revision, oakfield, "number"))

    assert wipe(oakfield).wipe.revision == last + 1


def test_a_dummy_site_can_stay_one_and_be_wiped_again(oakfield: Site) -> None:
    first = ids(models.Student, oakfield)
    wipe(oakfield, Life.DUMMY)
    fill(oakfield)
    second = ids(models.Student, oakfield)
    wipe(now(oakfield))
    fill(oakfield)
    third = ids(models.Student, oakfield)

    found = rows(FormerRecord, oakfield, "former_id", "new_id", entity_type="Student")
    assert {old for old, _ in found} == first | second
    assert {new for old, new in found if old in first} == {new for old, new in found if old in second} == third
    assert [became for (became,) in rows(Wipe, oakfield, "became")] == ["dummy", "live"]


def test_a_live_site_is_never_wiped(database: str) -> None:
    site = add_school()
    fill(site)
    before = everything(site)
    with pytest.raises(WipeRefusedError) as refused:
        wipe(site)

    assert refused.value.why is WipeRefusal.LIVE
    assert everything(site) == before


def test_a_site_that_went_live_meanwhile_is_not_wiped(oakfield: Site) -> None:
    stale = now(oakfield)
    wipe(oakfield)
    fill(oakfield)
    before = everything(oakfield)
    with pytest.raises(WipeRefusedError):
        wipe(stale)

    assert everything(oakfield) == before


def test_a_trust_holds_nothing_to_wipe(database: str) -> None:
    with pytest.raises(WipeRefusedError) as refused:
        wipe(add_trust())

    assert refused.value.why is WipeRefusal.NOT_A_SCHOOL


@pytest.mark.parametrize("typed", ["", "oakfield", "Oakfield", "Elmwood School"])
def test_the_name_of_the_site_must_be_typed(oakfield: Site, typed: str) -> None:
    before = everything(oakfield)
    with pytest.raises(InvalidError) as wrong:
        wipe_dummy_site(oakfield, WipeOrder(typed), by=OPERATOR, at=NOW)

    assert wrong.value.field == "confirm"
    assert everything(oakfield) == before


def test_it_takes_the_permission_of_the_page(oakfield: Site) -> None:
    manager, office = add_person(oakfield), add_person(oakfield, "Tom Reed", OFFICE)
    stranger = add_person(add_school("elmwood"), "Lee Hart")
    order = WipeOrder(oakfield.name)
    for person in (office, stranger):
        with pytest.raises(NotPermittedError) as refused:
            wipe_dummy_site(oakfield, order, by=account_of(person, oakfield), at=NOW)
        assert refused.value.missing == "School: General Admin: Administer"
    with pytest.raises(NotPermittedError):
        wipe_dummy_site(oakfield, order, by=SYSTEM, at=NOW)
    wipe_dummy_site(oakfield, order, by=account_of(manager, oakfield), at=NOW)

    assert last_event(oakfield).actor_name == "Asha Patel"


class BrokenError(Exception):
    """Something broke in the middle."""


@pytest.mark.parametrize("part", [0.1, 0.6, 1.0])
def test_a_failure_in_the_middle_leaves_no_trace(oakfield: Site, part: float) -> None:
    before, last = everything(oakfield), last_event(oakfield).number

    def stop(done: int, total: int) -> None:
        if done >= total * part:
            raise BrokenError

    with pytest.raises(BrokenError):
        wipe(oakfield, progress=stop)

    assert everything(oakfield) == before
    assert rows(FormerRecord, oakfield, "former_id") == rows(Wipe, oakfield, "number") == []
    assert (now(oakfield).life, last_event(oakfield).number) == (Life.DUMMY, last)


def test_progress_reaches_its_end_and_never_goes_back(oakfield: Site) -> None:
    told: list[tuple[int, int]] = []
    wipe(oakfield, progress=lambda done, total: told.append((done, total)))

    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert told[-1][0] == told[-1][1] > 0


def elsewhere(work: Callable[[], Any]) -> Any:
    """Do it in another thread, with database connections of its own, and wait for it."""

    def run() -> Any:
        try:
            return work()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(run).result(timeout=30)


def test_an_app_that_reads_meanwhile_sees_all_of_the_records_before(oakfield: Site) -> None:
    """The read path never shows half: until the wipe is committed everything is there, then nothing is."""
    seen: set[int] = set()
    wipe(oakfield, progress=lambda *_: seen.add(elsewhere(lambda: len(ids(models.Student, oakfield)))))

    assert seen == {12}
    assert ids(models.Student, oakfield) == set()


def test_a_school_decides_on_an_app_while_its_site_is_wiped(oakfield: Site) -> None:
    person, connection = add_person(oakfield), ask(add_app(), oakfield)
    decided: list[str] = []

    def decide(*_: int) -> None:
        if not decided:
            decided.append(elsewhere(lambda: approve(connection, person)).state)

    wipe(oakfield, progress=decide)
    assert decided == ["approved"]


def test_an_import_waits_for_the_wipe_and_finds_an_empty_site(oakfield: Site) -> None:
    school = sample_of(oakfield)
    with ThreadPoolExecutor(1) as pool:
        begun: list[Any] = []

        def begin(*_: int) -> None:
            if not begun:
                begun.append(pool.submit(elsewhere, lambda: apply_ctf(oakfield, school)))

        wipe(oakfield, progress=begin)
        imported = begun[0].result(timeout=30)

    assert imported.counts["Student"].added == 12
    assert {match for (match,) in rows(FormerRecord, oakfield, "match", entity_type="Student")} == {Match.MATCHED}
