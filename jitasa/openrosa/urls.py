"""Addresses under ``/openrosa/`` (with ``key/<token>/`` before the rest, taken off at the door), and the desk's."""

from django.urls import URLPattern, path

from jitasa.openrosa.views import desk, protocol

app_name = "openrosa"
urlpatterns: list[URLPattern] = [
    path("formList", protocol.form_list, name="form_list"),
    path("forms/<slug:form_id>.xml", protocol.form, name="form"),
    path("forms/<slug:form_id>/manifest", protocol.manifest, name="manifest"),
    path("forms/<slug:form_id>/media/<str:name>", protocol.media_file, name="media"),
    path("submission", protocol.submission, name="submission"),
]
work_urlpatterns: list[URLPattern] = [path("", desk.collect, name="collect")]
