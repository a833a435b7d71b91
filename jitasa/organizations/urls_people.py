"""Addresses of people and posts, under ``work/organizations/people/``."""

from django.urls import URLPattern, path

from jitasa.organizations.views import (
    people,
    people_data,
    people_offices,
    people_own,
    people_person,
    people_second_factor,
)

urlpatterns: list[URLPattern] = [
    path("", people.people, name="people"),
    path("of/<number:organization_id>/", people.people, name="people_of"),
    path("of/<number:organization_id>/add/", people.person_add, name="person_add"),
    path("of/<number:organization_id>/link/", people.person_link, name="person_link"),
    path("mine/", people_own.own_posts, name="own_posts"),
    path("mine/data/", people_data.own_data, name="own_data"),
    path("mine/data/export/", people_data.own_data_export, name="own_data_export"),
    path("mine/data/erase/", people_data.own_data_erase, name="own_data_erase"),
    path("mine/data/keep/", people_data.own_data_keep, name="own_data_keep"),
    path("<number:pk>/erasure/", people_data.erasure_answer, name="erasure_answer"),
    path("offer/<number:pk>/answer/", people_own.offer_answer, name="offer_answer"),
    path("offer/<number:pk>/withdraw/", people_own.offer_withdraw, name="offer_withdraw"),
    path("post/<number:pk>/wake/", people_own.post_wake, name="post_wake"),
    path("<number:pk>/home/", people_own.person_home, name="person_home"),
    path("<number:pk>/", people_person.person, name="person"),
    path("<number:pk>/reset/", people_person.person_reset, name="person_reset"),
    path("<number:pk>/second-factor/", people_second_factor.second_factor_reset, name="second_factor_reset"),
    path("<number:pk>/active/", people_person.person_active, name="person_active"),
    path("post/<number:pk>/end/", people_person.post_end, name="post_end"),
    path("post/<number:pk>/title/", people_person.post_title, name="post_title"),
    path("switch/", people_offices.switch, name="switch"),
    path("view-as/stop/", people_offices.view_as_stop, name="view_as_stop"),
    path("view-as/<number:organization_id>/", people_offices.view_as, name="view_as"),
]
