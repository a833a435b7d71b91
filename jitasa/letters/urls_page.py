"""Addresses of writing, issuing and printing letters."""

from django.urls import URLPattern, path

from jitasa.letters.views import boxes, composer, documents, page_settings, recipients, signers, signing

page_urlpatterns: list[URLPattern] = [
    path("new/", composer.new, name="new"),
    path("before/", boxes.before, name="before"),
    path("preview/", composer.preview, name="preview"),
    path("settings/", page_settings.settings, name="settings"),
    path("settings/centre/", page_settings.centre_settings, name="centre_settings"),
    path("settings/signers/<number:pk>/retire/", signers.signer_retire, name="signer_retire"),
    path("signing/", signers.own_signing, name="own_signing"),
    path("settings/groups/<number:pk>/remove/", page_settings.group_remove, name="group_remove"),
    path("enclosures/<number:pk>/", documents.enclosure, name="enclosure"),
    path("<uuid:uuid>/edit/", composer.edit, name="edit"),
    path("<uuid:uuid>/recipients/", recipients.recipients, name="recipients"),
    path("<uuid:uuid>/verify/", signing.verify, name="verify"),
    path("<uuid:uuid>/ask/", signing.ask, name="ask"),
    path("<uuid:uuid>/send-back/", signing.send_back, name="send_back"),
    path("<uuid:uuid>/issue/", signing.sign, name="issue"),
    path("<uuid:uuid>/recall/", signing.call_back, name="recall"),
    path("<uuid:uuid>/letter.pdf", documents.pdf, name="pdf"),
    path("<uuid:uuid>/letter.docx", documents.docx, name="docx"),
    path("<uuid:uuid>/<number:number>.png", documents.png, name="png"),
]
