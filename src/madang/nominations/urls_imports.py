"""Addresses of files of nominations."""

from django.urls import path

from madang.nominations.views import import_lines, imports

_ONE = "<uuid:batch_id>/"

urlpatterns = [
    path("", imports.imports, name="imports"),
    path(_ONE, imports.import_, name="import"),
    path(f"{_ONE}reading/", imports.reading, name="import_reading"),
    path(f"{_ONE}settle/", import_lines.settle, name="import_settle"),
    path(f"{_ONE}write/", imports.write, name="import_write"),
    path(f"{_ONE}discard/", imports.discard, name="import_discard"),
    path(f"{_ONE}left-out/", imports.rejected, name="import_rejected"),
    path(f"{_ONE}lines/<int:number>/", import_lines.line, name="import_row"),
]
