from django.urls import URLPattern, path

from jitasa.sheets.views import large, sheet

app_name = "sheets"
urlpatterns: list[URLPattern] = [
    path("", sheet.start, name="start"),
    path("sheet.xlsx", sheet.workbook, name="workbook"),
    path("check/", sheet.check, name="check"),
    path("import/", sheet.take, name="import"),
    path("<uuid:uuid>/", large.detail, name="large"),
    path("<uuid:uuid>/progress/", large.progress, name="large_progress"),
    path("<uuid:uuid>/check/", large.again, name="large_check"),
    path("<uuid:uuid>/import/", large.take, name="large_import"),
    path("<uuid:uuid>/drop/", large.drop, name="large_drop"),
]
