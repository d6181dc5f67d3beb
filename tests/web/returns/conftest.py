"""The school whose attendance is asked for, and a browser for each of its people."""

import html
import re
from typing import Any

import pytest
from django.test import Client
from tests.returns.conftest import collector_side, running
from tests.returns.recent_school import Oakfield, open_school
from tests.web.conftest import signed_in

__all__ = ["collector_side", "running"]

PAGE = "/oakfield/data/export/attendance-api-submissions"
HERE = f"{PAGE}/daily-attendance"


def words(page: Any) -> str:
    """What the page says, in one line."""
    said = re.sub(r"<(script|style|svg).*?</\1>", " ", page if isinstance(page, str) else page.text, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", said)).split())


def rows_of(page: Any) -> list[str]:
    """The submissions of the list, each in one line."""
    found = re.findall(r'<tr role="row"[^>]*>\s*<td[^>]*data-label="Made".*?</tr>', page.text, re.DOTALL)
    return [words(each) for each in found]


def banner(page: Any) -> str:
    """What the first banner, or the summary of errors, says."""
    found = re.search(r'class="(?:banner|error-summary)[ "].*?</div>\s*(?=</div>|<)', page.text, re.DOTALL)
    return words("<div " + found[0]) if found else ""


@pytest.fixture
def oakfield(database: str) -> Oakfield:
    return open_school()


@pytest.fixture
def asha(oakfield: Oakfield) -> Client:
    return signed_in(oakfield.asha)


@pytest.fixture
def tom(oakfield: Oakfield) -> Client:
    return signed_in(oakfield.tom)
