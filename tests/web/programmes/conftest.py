"""A school of today: three courses with two classes, and three registration forms, one of which has a short name."""

import html
import re
from typing import Any

import pytest
from django.test import Client
from tests.web.conftest import Oakfield
from tests.world_current import Today
from tests.world_records import writing

COURSES = "/oakfield/programmes/courses"
FORMS = f"{COURSES}/registration-forms"


@pytest.fixture
def today(oakfield: Oakfield) -> Today:
    with writing(oakfield.site) as every:
        today = Today(every)
        for name in ("Art", "Drama", "English"):
            today.add_course(name, short_name=name[:2], subject=today.maths if name == "Art" else None)
        english = today.add_course("English year 7")
        for number in (1, 2):
            today.add_course(f"7{number}", parent_academic_unit=english)
        today.add_form("7B")
        today.add_form("7C")
    return today


def said(answer: Any, kind: str = "banner") -> str:
    """What the banner, or the summary of errors, of the page says."""
    found = re.search(rf'class="{kind}[^"]*"[^>]*>(.*?)</div>\s*(?:</div>|<)', answer.text, re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", html.unescape(found[1] if found else "")).split())


def plan_of(preview: Any) -> str:
    """What the preview would send."""
    found = re.search(r'name="plan" value="([^"]*)"', preview.text)
    assert found is not None, preview.text
    return html.unescape(found[1])


def confirm(client: Client, preview: Any) -> Any:
    """Press the button of the preview."""
    action = re.search(r'method="post" action="([^"]+/programmes/[^"]+)"', preview.text)
    assert action is not None
    return client.post(action[1], {"plan": plan_of(preview)})


def ids_in(page: Any) -> dict[str, int]:
    """The rows of a list, by name."""
    links = re.findall(r'<a href="[^"]+/programmes/[^"]+/(\d+)">([^<]+)</a>', page.text)
    return {name: int(number) for number, name in links}
