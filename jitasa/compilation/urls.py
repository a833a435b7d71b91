from django.urls import URLPattern, path, register_converter

from jitasa.compilation.converters import MonthConverter
from jitasa.compilation.views import (
    acts,
    board,
    chase,
    compilations,
    downloads,
    files,
    month_return,
    occasion_board,
)

register_converter(MonthConverter, "be_month")

app_name = "compilation"
urlpatterns: list[URLPattern] = [
    path("", board.today_board, name="board"),
    path("compilations/", compilations.index, name="list"),
    path("compilations/<number:pk>/", compilations.detail, name="detail"),
    path("compilations/<number:pk>/report.pdf", downloads.report_pdf, name="report_pdf"),
    path("compilations/<number:pk>/files/", files.files, name="files"),
    path("compilations/<number:pk>/files/ask/", files.ask, name="ask_file"),
    path("compilations/<number:pk>/cover/", acts.cover, name="cover"),
    path("compilations/<number:pk>/summary.pdf", downloads.summary_pdf, name="summary_pdf"),
    path("compilations/<number:pk>/summary.pptx", downloads.summary_pptx, name="summary_pptx"),
    path("compilations/<number:pk>/laos-<slug:province>.pdf", downloads.laos_pdf, name="laos_pdf"),
    path("compilations/<number:pk>/tables.xlsx", downloads.tables_xlsx, name="tables_xlsx"),
    path("compilations/<number:pk>/records.csv", downloads.records_csv, name="records_csv"),
    path("compilations/<number:pk>/records.json", downloads.records_json, name="records_json"),
    path("compilations/<number:pk>/records.xlsx", downloads.records_xlsx, name="records_xlsx"),
    path("compilations/<number:pk>/pictures.zip", downloads.pictures_zip, name="pictures_zip"),
    path("occasions/<number:occasion_id>/", occasion_board.page, name="occasion_board"),
    path("occasions/<number:occasion_id>/<number:pk>/", occasion_board.page, name="occasion_board_of"),
    path(
        "occasions/<number:occasion_id>/<number:pk>/board.xlsx",
        occasion_board.xlsx,
        name="occasion_board_xlsx",
    ),
    path("<be_month:month>/", board.board_month, name="board_month"),
    path("<be_month:month>/remind/", acts.remind, name="remind"),
    path("<be_month:month>/compile/", acts.compile_month, name="compile"),
    path("<be_month:month>/memo/", acts.memo, name="memo"),
    path("<be_month:month>/return/", month_return.own, name="month_return"),
    path("<be_month:month>/return/<str:act>/", month_return.act, name="return_act"),
    path("<be_month:month>/<number:pk>/", board.board_of, name="board_of"),
    path("<be_month:month>/<number:pk>/report.pdf", downloads.own_report, name="own_report"),
    path("<be_month:month>/<number:pk>/remind/<slug:who>/", chase.page, name="chase"),
    path("<be_month:month>/<number:pk>/<str:table>.xlsx", board.board_xlsx, name="board_xlsx"),
]
