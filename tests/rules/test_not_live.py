"""What is said of an app that is not live."""

import re
from pathlib import Path

import consentry
from consentry.rules.not_live import NOT_LIVE, TOLD_TO_APPS, not_live

SOURCE = Path(consentry.__file__).parent


def test_whom_to_contact_is_said_once_each() -> None:
    both = not_live("Timetabler", "Acme Ltd", "jo@acme.example", "help@acme.example")
    one = not_live("Timetabler", "Acme Ltd", "jo@acme.example", "jo@acme.example")
    none = not_live("Timetabler", "Acme Ltd", "", "")

    assert both == (
        "Timetabler is not live yet, so only dummy sites can connect it. "
        "Contact Acme Ltd at jo@acme.example or help@acme.example and ask when it will be."
    )
    assert "Contact Acme Ltd at jo@acme.example and ask" in one
    assert "Contact Acme Ltd and ask" in none


def test_pages_and_programs_have_the_heading_from_one_place_each() -> None:
    """Issue: "Application Not Live" is what anyone reads who would connect a live school to an app that is not live."""
    templates = [each for each in (SOURCE / "web/templates").rglob("*.html") if f'"{NOT_LIVE}"' in each.read_text()]
    assert [each.name for each in templates] == ["not_live.html"]
    code = [each for each in SOURCE.rglob("*.py") if re.search(rf'[=(,:] f?"{NOT_LIVE}', each.read_text())]
    assert [each.name for each in code] == ["not_live.py"]
    assert TOLD_TO_APPS.startswith(f"{NOT_LIVE}: only dummy sites can connect ")
