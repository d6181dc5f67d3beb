"""People who press buttons while a collector is slow: they are answered, and keep nobody from other pages."""

import pytest

from consentry.audit.reading import reading
from consentry.returns.actions.give_consent import give_consent
from consentry.returns.actions.make_submission import Wanted, make_submission
from consentry.returns.actions.remove_consent import remove_consent
from consentry.returns.locking import OnItsWayError, hold_collector, is_first_to_remove, take_returns_turn
from consentry.returns.queries.consents import open_consent
from consentry.rules.invalid import InvalidError
from consentry.rules.return_runs import Run
from consentry.schools.queries import school_id
from tests.imports.test_imports_beside_others import elsewhere
from tests.returns.a_collector import add_collector
from tests.returns.a_school import MONDAY, consent, office_of, school_of, submissions
from tests.world import NOW


def test_send_now_does_not_wait_for_what_is_on_its_way(database: str) -> None:
    """Thirty seconds a press would be all that the program's few threads do."""
    collector = add_collector()
    site, _ = school_of(1)
    tom = office_of(site)
    consent(site, collector, by=tom)
    wanted = Wanted(Run.BY_HAND, MONDAY, tom)

    def press() -> None:
        with pytest.raises(OnItsWayError):
            make_submission(site, collector.id, wanted, at=NOW)

    with reading(school_id(site)):
        take_returns_turn(school_id(site), collector.id)
        elsewhere(press)
    with reading(school_id(site)):
        hold_collector(collector.id)
        elsewhere(press)

    assert submissions(site) == []
    assert make_submission(site, collector.id, wanted, at=NOW) is not None


def test_giving_consent_does_not_wait_either(database: str) -> None:
    collector = add_collector()
    site, _ = school_of(1)
    tom = office_of(site)

    def press() -> None:
        with pytest.raises(InvalidError, match="on its way"):
            give_consent(site, collector.id, version=1, by=tom, at=NOW)

    with reading(school_id(site)):
        take_returns_turn(school_id(site), collector.id)
        elsewhere(press)


def test_one_person_of_a_school_waits_to_remove_its_consent(database: str) -> None:
    """That one waits until what is on its way has arrived: afterwards nothing is sent any more."""
    collector = add_collector()
    site, _ = school_of(1)
    tom = office_of(site)
    consent(site, collector, by=tom)

    def press() -> None:
        with pytest.raises(InvalidError, match="somebody is removing it"):
            remove_consent(site, collector, by=tom, at=NOW)

    with reading(school_id(site)):
        assert is_first_to_remove(school_id(site), collector.id)
        elsewhere(press)
        assert open_consent(school_id(site), collector) is not None

    remove_consent(site, collector, by=tom, at=NOW)
    with reading(school_id(site)):
        assert open_consent(school_id(site), collector) is None
