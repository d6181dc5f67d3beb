"""A table as the answer to a download: a file with a name that says what it holds, where and when."""

from collections.abc import Iterable
from datetime import datetime

from django.http import HttpResponse
from django.utils import timezone

from consentry.web.downloads.csv_file import csv_file
from consentry.web.downloads.table import Cell
from consentry.web.downloads.xlsx_file import xlsx_file

_FILES = {
    "csv": (csv_file, "text/csv; charset=utf-8"),
    "xlsx": (xlsx_file, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


def file_answer(kind: str, table: Iterable[tuple[Cell, ...]], what: str, at: datetime) -> HttpResponse:
    """The table as a file of this kind ("csv", "xlsx"), called `{what}-{day}.{kind}`."""
    write, content_type = _FILES[kind]
    answer = HttpResponse(write(table), content_type=content_type)
    today = timezone.localdate(at).isoformat()
    answer["Content-Disposition"] = f'attachment; filename="{what}-{today}.{kind}"'
    return answer
