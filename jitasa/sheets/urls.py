from django.urls import URLPattern, path

from jitasa.sheets.views import sheet

app_name = "sheets"
urlpatterns: list[URLPattern] = [
    path("", sheet.start, name="start"),
    path("sheet.xlsx", sheet.workbook, name="workbook"),
    path("check/", sheet.check, name="check"),
    path("import/", sheet.take, name="import"),
]
