from django.urls import URLPattern, path

from jitasa.activities.views import (
    acts,
    detail,
    listing,
    offers,
    proposals,
    receipt,
    record,
    reports,
    revisions,
    send,
)

app_name = "activities"
urlpatterns: list[URLPattern] = [
    path("", listing.index, name="list"),
    path("list.xlsx", listing.xlsx, name="list_xlsx"),
    path("new/", record.new, name="new"),
    path("hosts/", offers.hosts, name="hosts"),
    path("occasions/", offers.occasions, name="occasions"),
    path("proposals/", proposals.proposals, name="proposals"),
    path("receipt/<str:number>/", receipt.receipt, name="receipt"),
    path("<uuid:uuid>/", detail.detail, name="detail"),
    path("<uuid:uuid>/edit/", record.edit, name="edit"),
    path("<uuid:uuid>/autosave/", record.autosave, name="autosave"),
    path("<uuid:uuid>/send/", send.send, name="send"),
    path("<uuid:uuid>/submit/", acts.submit, name="submit"),
    path("<uuid:uuid>/approve/", acts.approve, name="approve"),
    path("<uuid:uuid>/send-back/", acts.send_back, name="send_back"),
    path("<uuid:uuid>/withdraw/", acts.withdraw, name="withdraw"),
    path("<uuid:uuid>/reopen/", acts.reopen, name="reopen"),
    path("<uuid:uuid>/copy/", record.copy, name="copy"),
    path("<uuid:uuid>/sent/", receipt.sent, name="sent"),
    path("<uuid:uuid>/revisions/", revisions.revisions, name="revisions"),
    path("<uuid:uuid>/compare/", revisions.compare, name="compare"),
    path("<uuid:uuid>/report.pdf", reports.pdf, name="report_pdf"),
    path("<uuid:uuid>/report.png", reports.png, name="report_png"),
]
