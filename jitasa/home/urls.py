from django.urls import URLPattern, path

from jitasa.home import views, views_mail

app_name = "home"
urlpatterns: list[URLPattern] = [path("", views.start, name="start")]
# Followed from a mail program, by somebody who need not be signed in.
mail_urlpatterns: list[URLPattern] = [path("stop/<str:token>/", views_mail.stop, name="mail_stop")]
