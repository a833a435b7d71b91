"""Addresses. Officers work under ``/work/``; everything else is public or signs people in."""

from django.urls import URLPattern, URLResolver, include, path

from jitasa.accounts.urls import step_urlpatterns
from jitasa.api.urls import operations as api_operations
from jitasa.api.urls import work_urlpatterns as api_work_urlpatterns
from jitasa.config import health, views
from jitasa.config.observing.metrics import metrics
from jitasa.field.urls import work_urlpatterns as field_work_urlpatterns
from jitasa.home.urls import mail_urlpatterns
from jitasa.letters.urls_check import check_urlpatterns
from jitasa.occasions.urls import feed_urlpatterns
from jitasa.openrosa.urls import work_urlpatterns as openrosa_work_urlpatterns
from jitasa.portal.urls import receipt_urlpatterns, work_urlpatterns
from jitasa.portal.views.front import front

urlpatterns: list[URLPattern | URLResolver] = [
    path("", front, name="front"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", metrics, name="metrics"),
    path("work/system/", views.system, name="system"),
    path("work/system/jobs/<uuid:pk>/again/", views.job_again, name="job_again"),
    path("work/system/jobs/<uuid:pk>/discard/", views.job_discard, name="job_discard"),
    path("accounts/", include("jitasa.accounts.urls")),
    path("accounts/", include(step_urlpatterns)),
    path("accounts/", include("allauth.account.urls")),
    path("", include(feed_urlpatterns)),
    path("work/", include("jitasa.home.urls")),
    path("work/", include("jitasa.find.urls")),
    path("mail/", include(mail_urlpatterns)),
    path("work/notices/", include("jitasa.notices.urls")),
    path("work/audit/", include("jitasa.audit.urls")),
    path("work/organizations/", include("jitasa.organizations.urls")),
    path("work/occasions/", include("jitasa.occasions.urls")),
    path("work/rounds/", include("jitasa.rounds.urls")),
    path("work/photos/", include("jitasa.photos.urls")),
    path("work/activities/", include("jitasa.activities.urls")),
    path("work/sheets/", include("jitasa.sheets.urls")),
    path("work/review/", include("jitasa.review.urls")),
    path("work/month/", include("jitasa.compilation.urls")),
    path("work/letters/", include("jitasa.letters.urls")),
    path("work/publicity/", include("jitasa.publicity.urls")),
    path("work/portal/", include((work_urlpatterns, "portal_desk"))),
    path("manual/", include("jitasa.manual.urls")),
    path("ui/", include("jitasa.ui.urls")),
    path("r/", include(receipt_urlpatterns)),
    path("l/", include(check_urlpatterns)),
    path("work/api/", include((api_work_urlpatterns, "api_desk"))),
    path("work/webhooks/", include("jitasa.webhooks.urls")),
    path("work/collect/", include((openrosa_work_urlpatterns, "openrosa_desk"))),
    path("openrosa/", include("jitasa.openrosa.urls")),
    path("api/v1/", include("jitasa.api.urls")),
    path("api/v1/", api_operations),
    path("work/field/", include((field_work_urlpatterns, "field_desk"))),
    path("", include("jitasa.field.urls")),
    path("opendata/", include("jitasa.opendata.urls")),
    path("", include("jitasa.portal.urls")),
]
handler400 = "jitasa.ui.views.bad_request"
handler403 = "jitasa.ui.views.forbidden"
handler404 = "jitasa.ui.views.not_found"
handler500 = "jitasa.ui.views.broken"
