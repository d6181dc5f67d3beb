"""Where CI is set a skipped test counts as failed: there, everything that a test needs is installed."""

import os
from collections.abc import Generator

import pytest

SKIPS_FAIL = os.environ.get("CI") == "true" or os.environ.get("CONSENTRY_NO_SKIPS") == "1"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A skipped test, or one that is expected to fail and does, is a failure."""
    report = yield
    if SKIPS_FAIL and report.skipped:
        report.outcome, report.longrepr = "failed", f"not to be skipped here: {report.longrepr}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """A file that is skipped as a whole is a failure too."""
    report = yield
    if SKIPS_FAIL and report.skipped:
        report.outcome, report.longrepr = "failed", f"not to be skipped here: {report.longrepr}"
    return report
