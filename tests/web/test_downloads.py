"""The lists to take away: their content, and that no spreadsheet finds a formula in them."""

import csv
import io
from html import unescape

import pytest
from django.test import Client
from openpyxl import load_workbook
from tests.web.conftest import Oakfield
from tests.world import EMAILS, STUDENTS, add_app, approve, ask

from consentry.records.catalogue import catalogue
from consentry.web.downloads.csv_file import csv_file, guarded
from consentry.web.downloads.xlsx_file import xlsx_file

FORMULAS = ['=cmd|"/c calc"!A1', "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠1", " =1"]


def rows_of_csv(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def rows_of_xlsx(content: bytes) -> list[list[object]]:
    sheet = load_workbook(io.BytesIO(content)).active
    assert sheet is not None
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def test_both_files_say_the_same(asha: Client, oakfield: Oakfield) -> None:
    approve(oakfield.connection, oakfield.asha)
    ask(add_app("Lunchline", "Lunch Co", rows=(STUDENTS, EMAILS)), oakfield.site)

    as_csv = asha.get("/oakfield/partner-apps/list.csv")
    as_xlsx = asha.get("/oakfield/partner-apps/list.xlsx")

    rows = rows_of_csv(as_csv.content)
    assert [[str(cell or "") for cell in row] for row in rows_of_xlsx(as_xlsx.content)] == rows
    assert len(rows) == 1 + 3 + 3 + len(catalogue()["EmailAddress"].fields)
    timetabler = rows[-2]
    assert timetabler[:6] == ["Timetabler", "Acme Ltd", "Approved", "Students", "Ethnicity", "Yes"]
    assert timetabler[6:] == ["No", "No", "No", "Yes", "1", "Asha Patel", "2025-11-03 14:05"]


def test_the_files_can_be_saved_under_a_name_that_says_what_they_are(asha: Client, oakfield: Oakfield) -> None:
    one = asha.get(f"/oakfield/partner-apps/{oakfield.connection.id}/list.csv")
    everything = asha.get("/oakfield/partner-apps/list.xlsx")

    assert one["Content-Disposition"].startswith('attachment; filename="oakfield-timetabler-20')
    assert everything["Content-Disposition"].startswith('attachment; filename="oakfield-partner-apps-20')
    assert one["Content-Type"] == "text/csv; charset=utf-8"
    assert one["X-Content-Type-Options"] == "nosniff"
    assert one["Cache-Control"] == "no-store, private"


def apps_of(content: bytes) -> set[str]:
    return {row[0] for row in rows_of_csv(content)[1:]}


def test_the_list_holds_what_is_shown_or_everything(asha: Client, oakfield: Oakfield) -> None:
    approve(oakfield.connection, oakfield.asha)
    for name, company in (("Lunchline", "Lunch Co"), ("Parent Post", "Post Co")):
        ask(add_app(name, company), oakfield.site)
    page = asha.get("/oakfield/partner-apps/pending?q=lunch co").text
    links = [unescape(part.partition('"')[0]) for part in page.split('href="')[1:] if "/list.csv" in part[:60]]

    shown, everything = (asha.get(link) for link in links)
    pending = asha.get("/oakfield/partner-apps/list.csv?state=pending")

    assert "Pending requests with “lunch co”: CSV" in page
    assert (apps_of(shown.content), apps_of(pending.content)) == ({"Lunchline"}, {"Lunchline", "Parent Post"})
    assert apps_of(everything.content) == {"Lunchline", "Parent Post", "Timetabler"}
    assert 'filename="oakfield-partner-apps-pending-lunch-co-' in shown["Content-Disposition"]
    assert apps_of(asha.get("/oakfield/partner-apps/list.csv?state=none&q=nobody").content) == set()


def test_the_menu_says_what_each_file_holds(asha: Client, oakfield: Oakfield) -> None:
    assert "All apps: CSV" in asha.get("/oakfield/partner-apps/pending").text
    assert "Timetabler: XLSX" in asha.get(f"/oakfield/partner-apps/{oakfield.connection.id}").text


def test_the_spreadsheet_keeps_its_heading_in_sight_and_shows_whole_names(asha: Client, oakfield: Oakfield) -> None:
    ask(add_app("A name of thirty characters, or", "Lunch Co"), oakfield.site)

    sheet = load_workbook(io.BytesIO(asha.get("/oakfield/partner-apps/list.xlsx").content)).active

    assert sheet is not None
    assert sheet.freeze_panes == "A2"
    assert sheet.column_dimensions["A"].width >= 31
    assert sheet.column_dimensions["F"].width < 12


def test_a_site_without_apps_gets_a_file_with_headings(oakfield: Oakfield) -> None:
    from tests.web.conftest import signed_in
    from tests.world import add_person, add_school

    client = signed_in(add_person(add_school("elmwood"), "Lee Hart"))

    assert len(rows_of_csv(client.get("/elmwood/partner-apps/list.csv").content)) == 1
    assert len(rows_of_xlsx(client.get("/elmwood/partner-apps/list.xlsx").content)) == 1


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_is_a_formula(text: str) -> None:
    sheet = load_workbook(io.BytesIO(xlsx_file([(text, 1)]))).active

    assert guarded(text) == f"'{text}"
    assert rows_of_csv(csv_file([(text, 1)])) == [[f"'{text}", "1"]]
    assert sheet is not None
    assert sheet.cell(1, 1).data_type == "s"


def test_an_apps_name_that_is_a_formula_stays_text(asha: Client, oakfield: Oakfield) -> None:
    ask(add_app('=HYPERLINK("https://evil.example")', "@evil"), oakfield.site)

    first = rows_of_csv(asha.get("/oakfield/partner-apps/list.csv").content)[1]
    sheet = load_workbook(io.BytesIO(asha.get("/oakfield/partner-apps/list.xlsx").content)).active

    assert first[:2] == ['\'=HYPERLINK("https://evil.example")', "'@evil"]
    assert sheet is not None
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "inlineStr", "n"}


@pytest.mark.parametrize("text", ["a\x00b", "a\x08b", "x" * 40_000, "\ud800", "#N/A", "", "Zoë 🎓"])
def test_odd_texts_make_no_broken_file(text: str) -> None:
    assert len(rows_of_xlsx(xlsx_file([(text, 1)]))) == 1
    assert len(csv_file([(text, 1)])) > 0
