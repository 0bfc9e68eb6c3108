"""Addresses below an edition of /manage/."""

from django.urls import path

from madang.reports.views import manage, sections

app_name = "reports"

_ONE = "<uuid:report_id>/"
_SECTION = f"{_ONE}sections/<uuid:section_id>/"
_POINT = f"{_ONE}points/<uuid:point_id>/"
_VERSION = f"{_ONE}versions/<int:number>/"

urlpatterns = [
    path("", manage.index, name="index"),
    path("begin/<slug:kind>/", manage.begin, name="begin"),
    path("add/", manage.add, name="add"),
    path(_ONE, manage.report, name="report"),
    path(f"{_ONE}edit/", manage.edit, name="edit"),
    path(f"{_ONE}remove/", manage.remove, name="remove"),
    path(f"{_ONE}freeze/", manage.freeze, name="freeze"),
    path(f"{_ONE}put-up/", manage.put_up, name="put_up"),
    path(f"{_ONE}issue/", manage.issue, name="issue"),
    path(f"{_ONE}withdraw/", manage.withdraw, name="withdraw"),
    path(_VERSION, manage.version, name="version"),
    path(f"{_VERSION}<slug:language>.<slug:form>", manage.version_file, name="version_file"),
    path(f"{_ONE}sections/add/", sections.add, name="section_add"),
    path(f"{_SECTION}edit/", sections.edit, name="section_edit"),
    path(f"{_SECTION}move/<slug:where>/", sections.move, name="section_move"),
    path(f"{_SECTION}text/<slug:language>/", sections.translate, name="section_translate"),
    path(f"{_SECTION}remove/", sections.remove, name="section_remove"),
    path(f"{_ONE}points/add/", sections.point_add, name="point_add"),
    path(f"{_POINT}edit/", sections.point_edit, name="point_edit"),
    path(f"{_POINT}remove/", sections.point_remove, name="point_remove"),
]
