"""An app's file says what the partner directory shows of it."""

from pathlib import Path

import pytest
from tests.world import NOW

from consentry.audit.actor import OPERATOR
from consentry.partners.actions.add_company import add_company
from consentry.partners.actions.register_app import register_app
from consentry.partners.app_file import read_app_file
from consentry.rules.app_life import Category
from consentry.rules.invalid import InvalidError

LUNCHLINE = (Path(__file__).parents[2] / "examples" / "apps" / "lunchline.toml").read_text()
KEPT = "Until the pupil leaves, and backups for 30 days."


@pytest.mark.usefixtures("module_database")
def test_the_directory_shows_what_the_file_of_an_app_says() -> None:
    """Issue: searchable by category; countries where data goes, retention."""
    file = read_app_file(LUNCHLINE.encode())

    app = register_app(add_company(file.company, by=OPERATOR, at=NOW), file.app, by=OPERATOR, at=NOW)

    app.refresh_from_db()
    assert (app.category, app.countries, app.retention) == (Category.CATERING, ["GB"], KEPT)


@pytest.mark.parametrize(
    ("line", "instead", "field"),
    [
        ('category = "catering"', 'category = "spying"', "app.category"),
        ('countries = ["United Kingdom"]', 'countries = ["Atlantis"]', "countries"),
        ('countries = ["United Kingdom"]', 'countries = "United Kingdom"', "app.countries"),
    ],
)
def test_what_the_directory_cannot_show_is_refused_by_its_name(line: str, instead: str, field: str) -> None:
    assert line in LUNCHLINE
    with pytest.raises(InvalidError) as refused:
        read_app_file(LUNCHLINE.replace(line, instead).encode())

    assert refused.value.field == field
