"""Addresses of people and posts, under ``work/organizations/people/``."""

from django.urls import URLPattern, path

from jitasa.organizations.views import (
    people,
    people_offices,
    people_own,
    people_person,
    people_second_factor,
)

urlpatterns: list[URLPattern] = [
    path("", people.people, name="people"),
    path("of/<int:organization_id>/", people.people, name="people_of"),
    path("of/<int:organization_id>/add/", people.person_add, name="person_add"),
    path("of/<int:organization_id>/link/", people.person_link, name="person_link"),
    path("mine/", people_own.own_posts, name="own_posts"),
    path("offer/<int:pk>/answer/", people_own.offer_answer, name="offer_answer"),
    path("offer/<int:pk>/withdraw/", people_own.offer_withdraw, name="offer_withdraw"),
    path("post/<int:pk>/wake/", people_own.post_wake, name="post_wake"),
    path("<int:pk>/home/", people_own.person_home, name="person_home"),
    path("<int:pk>/", people_person.person, name="person"),
    path("<int:pk>/reset/", people_person.person_reset, name="person_reset"),
    path("<int:pk>/second-factor/", people_second_factor.second_factor_reset, name="second_factor_reset"),
    path("<int:pk>/active/", people_person.person_active, name="person_active"),
    path("post/<int:pk>/end/", people_person.post_end, name="post_end"),
    path("post/<int:pk>/title/", people_person.post_title, name="post_title"),
    path("switch/", people_offices.switch, name="switch"),
    path("view-as/stop/", people_offices.view_as_stop, name="view_as_stop"),
    path("view-as/<int:organization_id>/", people_offices.view_as, name="view_as"),
]
