"""What a company and an app can be registered with: people are shown it, and follow its links."""

from dataclasses import replace
from typing import Any, cast

import pytest
from tests.world import NOW, add_app

from consentry.audit.actor import OPERATOR
from consentry.partners.actions.add_company import NewCompany, add_company
from consentry.partners.actions.register_app import NewApp, register_app
from consentry.partners.models import App, Company
from consentry.rules.invalid import InvalidError

ACME = NewCompany("Acme Ltd", "Jo Bell", "jo@acme.example", "https://acme.example", "https://acme.example/privacy")
TIMETABLER = NewApp("Timetabler", "Plans the week.\nFor schools.", "help@acme.example", "https://acme.example/app")

BAD_WEBSITES = [
    "javascript:alert(1)",
    "http://acme.example",
    "data:text/html,hello",
    "acme.example",
    "https://acme.example/\nSet-Cookie: a=b",
    f"https://acme.example/{'a' * 200}",
    "",
]
BAD_EMAILS = ["jo", "jo@", "jo@acme.example\nBcc: all@school.example", f"{'j' * 250}@acme.example", ""]
BAD_NAMES = ["", "  ", " Acme", "Acme\nLtd", "Acme\x00", "Acme\x1b[2J", "Acme \u202edtL", "Acme\u2028Ltd", "A" * 201]
COMPANY = [
    *(("website", bad) for bad in BAD_WEBSITES),
    *(("privacy_notice", bad) for bad in BAD_WEBSITES),
    *(("contact_email", bad) for bad in BAD_EMAILS),
    *(("name", bad) for bad in BAD_NAMES),
    *(("contact_name", bad) for bad in BAD_NAMES),
]
APP = [
    *(("website", bad) for bad in BAD_WEBSITES),
    *(("contact_email", bad) for bad in BAD_EMAILS),
    *(("name", bad) for bad in BAD_NAMES),
    *(("logo", bad) for bad in BAD_NAMES),
    *(("description", bad) for bad in ["", "Plans\x00", "Plans\x1b[2J", "P" * 2001]),
]


@pytest.mark.usefixtures("module_database")
def test_a_company_is_not_added_with_what_cannot_be_shown() -> None:
    for field, bad in COMPANY:
        with pytest.raises(InvalidError) as refused:
            add_company(replace(ACME, **{field: bad}), by=OPERATOR, at=NOW)
        assert refused.value.field == field, (field, bad)
    assert not Company.objects.filter(contact_email=ACME.contact_email, name=ACME.name).exists()


@pytest.mark.usefixtures("module_database")
def test_an_app_is_not_registered_with_what_cannot_be_shown() -> None:
    company = add_app("Lunchline", "Lunch Ltd").company
    for field, bad in APP:
        with pytest.raises(InvalidError) as refused:
            register_app(company, replace(TIMETABLER, **cast("dict[str, Any]", {field: bad})), by=OPERATOR, at=NOW)
        assert refused.value.field == field, (field, bad)
    assert not App.objects.filter(name=TIMETABLER.name).exists()


@pytest.mark.usefixtures("module_database")
def test_what_can_be_shown_is_kept_as_it_was_typed() -> None:
    company = add_company(replace(ACME, name="Ysgol Tŷ Gwyn & Søn “Ltd”"), by=OPERATOR, at=NOW)
    app = register_app(company, replace(TIMETABLER, name="Café 👩‍🏫".replace("\u200d", "")), by=OPERATOR, at=NOW)

    assert Company.objects.get(id=company.id).name == "Ysgol Tŷ Gwyn & Søn “Ltd”"
    assert App.objects.get(id=app.id).description == TIMETABLER.description


@pytest.mark.usefixtures("module_database")
def test_a_company_is_added_once() -> None:
    once = replace(ACME, name="Once Ltd")
    add_company(once, by=OPERATOR, at=NOW)
    with pytest.raises(InvalidError, match="Once Ltd already"):
        add_company(once, by=OPERATOR, at=NOW)

    assert Company.objects.filter(name="Once Ltd").count() == 1
