"""Addresses of a letter's way: boxes, what to do with it, registers, following."""

from django.urls import URLPattern, path

from jitasa.letters.views import acts, answers, boxes, follow, outside, registers, retention, show

REGISTERS = [
    path(f"{which}/{end}", view, {"which": which}, name=f"{which}{ending}")
    for which in ("receipts", "dispatches")
    for end, ending, view in (
        ("", "", registers.register),
        ("table.xlsx", "_xlsx", registers.register_xlsx),
        ("table.pdf", "_pdf", registers.register_pdf),
    )
]
way_urlpatterns: list[URLPattern] = [
    path("", boxes.inbox, name="inbox"),
    path("sent/", boxes.outbox, name="outbox"),
    path("outside/", outside.outside, name="outside"),
    path("retention/", retention.retention, name="retention"),
    path("retention/list.pdf", retention.retention_pdf, name="retention_pdf"),
    path("retention/make/", retention.retention_make, name="retention_make"),
    path("retention/confirm/", retention.retention_confirm, name="retention_confirm"),
    *REGISTERS,
    path("<uuid:uuid>/", show.show, name="show"),
    path("<uuid:uuid>/register/", acts.register_letter, name="register_letter"),
    path("<uuid:uuid>/stamp/", acts.stamp, name="stamp"),
    path("<uuid:uuid>/annotate/", acts.annotate, name="annotate"),
    path("<uuid:uuid>/outside/<number:pk>/sent/", acts.outside_sent, name="outside_sent"),
    path("<uuid:uuid>/assign/", acts.assign, name="assign"),
    path("<uuid:uuid>/answer/", acts.answer, name="answer"),
    path("<uuid:uuid>/pass-on/", acts.pass_on, name="pass_on"),
    path("<uuid:uuid>/follow/", follow.page, name="follow"),
    path("<uuid:uuid>/progress/", follow.progress, name="progress"),
    path("<uuid:uuid>/remind/", acts.remind, name="remind"),
    path("<uuid:uuid>/answers/", answers.answers, name="answers"),
    path("<uuid:uuid>/answers/table.xlsx", answers.answers_xlsx, name="answers_xlsx"),
    path("<uuid:uuid>/answers/<number:pk>/file/", answers.answer_file, name="answer_file"),
]
