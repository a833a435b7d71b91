"""Addresses of the registry and of people, under ``work/organizations/``."""

from django.urls import URLPattern, URLResolver, include, path, re_path

from jitasa.organizations.views import change, doubts, importing, office_settings, picker, registry

app_name = "organizations"
registry_urlpatterns: list[URLPattern | URLResolver] = [
    path("", registry.organization_list, name="list"),
    path("new/", change.organization_new, name="found"),
    path("pick/", picker.pick, name="pick"),
    path("import/", importing.import_upload, name="import"),
    path("import/template.csv", importing.template, name="import_template"),
    path("import/confirm/", importing.import_confirm, name="import_confirm"),
    path("to-check/", doubts.to_check, name="to_check"),
    path("to-check/<number:pk>/", doubts.settled, name="settled"),
    path("<number:pk>/", registry.detail, name="detail"),
    path("<number:pk>/settings/", office_settings.office_settings, name="settings"),
    re_path(
        r"^(?P<pk>[0-9]{1,18})/(?P<verb>upgrade|rename|recode|move|merge|correct)/$",
        change.change,
        name="change",
    ),
]
urlpatterns: list[URLPattern | URLResolver] = [
    *registry_urlpatterns,
    path("people/", include("jitasa.organizations.urls_people")),
]
