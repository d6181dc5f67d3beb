"""What every test can ask for, and how they run."""

from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from tests.databases import database, module_database, one_after_the_other, template
from tests.no_skips import pytest_make_collect_report, pytest_runtest_makereport
from tests.side_by_side import pytest_collection_modifyitems, pytest_xdist_auto_num_workers

__all__ = [
    "database", "module_database", "one_after_the_other", "pytest_collection_modifyitems",
    "pytest_make_collect_report", "pytest_runtest_makereport", "pytest_xdist_auto_num_workers", "template",
]  # fmt: skip

# Never a timed test: a slow machine says nothing about the code. The same examples every time.
hypothesis_settings.register_profile(
    "consentry", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
hypothesis_settings.load_profile("consentry")
