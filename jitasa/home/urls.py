from django.urls import URLPattern, path

from jitasa.home import views, views_first_steps, views_mail

app_name = "home"
urlpatterns: list[URLPattern] = [
    path("", views.start, name="start"),
    path("first-steps/dismiss/", views_first_steps.dismiss, name="dismiss_first_steps"),
]
# Followed from a mail program, by somebody who need not be signed in.
mail_urlpatterns: list[URLPattern] = [path("stop/<str:token>/", views_mail.stop, name="mail_stop")]
