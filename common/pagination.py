"""Lists are walked by cursor: constant cost at any depth, stable while rows are added."""

from rest_framework.pagination import CursorPagination


class NewestFirst(CursorPagination):
    """Pages of a list whose primary key sorts by time (`common.ids.uuid7`)."""

    page_size = 50
    max_page_size = 200
    page_size_query_param = "page_size"
    ordering = "-id"
