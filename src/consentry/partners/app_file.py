"""An app described in a TOML file: its company, the app, and what it asks of every school."""

import tomllib
from dataclasses import dataclass
from typing import Any

from consentry.partners.actions.add_company import NewCompany
from consentry.partners.actions.publish_version import AskedRow
from consentry.partners.actions.register_app import NewApp
from consentry.partners.countries import read_countries
from consentry.partners.models import AppKind
from consentry.rules.app_life import Category
from consentry.rules.grants import Action
from consentry.rules.invalid import InvalidError
from consentry.rules.readiness import Need, check_named


@dataclass(frozen=True)
class AppFile:
    """What the file says; `needs` is None where it says nothing of what the sync needs."""

    company: NewCompany
    app: NewApp
    note: str
    rows: tuple[AskedRow, ...]
    redirect_uris: tuple[str, ...] = ()
    needs: tuple[Need, ...] | None = None


def read_app_file(content: bytes) -> AppFile:
    """Read the tables [company], [app] and [asks.<DataType>].

    [app] may have `redirect_uris` (a list), for the connect link, and for the directory a `category`, the `countries`
    where data goes (a list of names or codes) and `retention`, how long it is kept. The last have `fields` (a list or
    "*") and `actions` (a list), and may have `reason` and `optional`. Each [[needs]] has the name of a `check` over the
    school's records that the app's sync needs to hold, and a `reason`. Raises InvalidError, naming the table, for what
    is missing or unknown.
    """
    try:
        document = tomllib.loads(content.decode())
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InvalidError("file", f"is not TOML: {error}") from None
    app = dict(_table(document, "app"))
    note = str(app.pop("note", "First version"))
    kind = str(app.pop("kind", AppKind.DIRECT))
    uris = _list(app, "redirect_uris", "addresses")
    if kind not in AppKind.values:
        raise InvalidError("app.kind", f"is one of {', '.join(AppKind.values)}")
    try:
        company, new_app = NewCompany(**_table(document, "company")), NewApp(**_for_directory(app), kind=AppKind(kind))
    except TypeError as error:
        raise InvalidError("file", str(error).partition(" ")[2]) from None
    rows = tuple(_row(name, row) for name, row in _table(document, "asks").items())
    return AppFile(company, new_app, note, rows, tuple(uris), _needs(document))


def _table(document: dict[str, object], name: str) -> dict[str, Any]:
    table = document.get(name)
    if not isinstance(table, dict):
        raise InvalidError(name, "the table is missing")
    return table


def _list(app: dict[str, Any], name: str, of: str) -> list[Any]:
    said = app.pop(name, [])
    if not isinstance(said, list):
        raise InvalidError(f"app.{name}", f"is a list of {of}")
    return said


def _for_directory(app: dict[str, Any]) -> dict[str, Any]:
    """The same, with the category and the countries as they are kept."""
    category = str(app.pop("category", Category.OTHER))
    if category not in set(Category):
        raise InvalidError("app.category", f"is one of {', '.join(Category)}")
    countries = read_countries([str(each) for each in _list(app, "countries", "countries")])
    return app | {"category": Category(category), "countries": tuple(countries)}


def _row(name: str, row: object) -> AskedRow:
    if not isinstance(row, dict) or not isinstance(row.get("actions"), list) or "fields" not in row:
        raise InvalidError(f"asks.{name}", "needs fields and actions")
    fields = row["fields"]
    actions = [str(action) for action in row["actions"]]
    unknown = set(actions) - {action.value for action in Action}
    if unknown:
        raise InvalidError(f"asks.{name}.actions", f"{min(unknown)} is not read, write, update or delete")
    named = (fields,) if isinstance(fields, str) else tuple(fields)
    required = row.get("optional", False) is not True
    return AskedRow(name, named, frozenset(map(Action, actions)), str(row.get("reason", "")), required)


def _needs(document: dict[str, object]) -> tuple[Need, ...] | None:
    said = document.get("needs")
    if said is None:
        return None
    if not isinstance(said, list) or not all(isinstance(each, dict) and "check" in each for each in said):
        raise InvalidError("needs", "is written as [[needs]], each with a check and a reason")
    return tuple(Need(check_named(each["check"], "needs.check"), str(each.get("reason", ""))) for each in said)
