"""The two ways to cut pages."""

from rest_framework.pagination import CursorPagination, PageNumberPagination


class Counted(PageNumberPagination):
    """By number, with the count of all: the usual one."""

    page_size = 100
    page_size_query_param = "page-size"
    max_page_size = 10_000


class ByCursor(CursorPagination):
    """By the last id, without a count."""

    page_size = 100
    page_size_query_param = "page-size"
    max_page_size = 10_000
    ordering = "id"
