"""Every address of the product and who may use it: the table that ``tests/test_access.py`` walks.

A new route needs one line here, or the walk fails:

    R("app:name", "anong boonmee dao ek fah", builder)

* the second column names who may among those who *see* the thing; the rest of them get 403.
  Anong stands for an officer, Boonmee for the approver and administrator of an LAO. Chai, officer of
  an LAO in another district, is expected to be treated in her own office as Anong is in hers.
* ``builder(world, office)`` (``tests/things/``) makes the thing in an office and gives the route's
  arguments. Each is walked twice: with Anong's office and with Chai's, which must not be found.
* ``sight``: ``line`` (the office and those above it; everybody else 404), ``above`` (those above it only), ``office`` (its own people
  only), ``self`` (its clerk only), ``all`` (one thing for the whole country), ``public`` (guests too),
  ``closed`` (nobody, 404: pages of development).
* ``posts="…"``: who may also POST to a page that shows a form; every other page changes nothing.
* ``gate=True``: the person's role is asked before the thing, so those who never may get 403 whatever
  they name. ``guest="401"`` or ``"404"``: programs ask here, nobody is sent to the sign-in page.
* ``notes=True``: being shown is itself noted (a letter counts as opened); elsewhere a page writes nothing.
* ``post=True``: the route acts, so it is walked by POST, and GET must not be answered.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

from jitasa.organizations.models import Organization
from tests import things
from tests.things import World

Builder = Callable[[World, Organization], dict[str, Any]]
LAO = "anong boonmee"
UPPER = "dao ek fah"
ALL = f"{LAO} {UPPER}"
ADMINISTRATORS = "boonmee dao ek fah"


@dataclass(frozen=True)
class Route:
    name: str
    who: str
    build: Builder | None = None
    post: bool = False
    sight: Literal["line", "above", "office", "self", "all", "public", "closed"] = "line"
    posts: str = ""
    gate: bool = False
    notes: bool = False
    guest: Literal["login", "401", "404"] = "login"
    data: dict[str, str] = field(default_factory=dict)


R = Route
ROUTES: list[Route] = [
    # people, sign-in
    R("front", ALL, sight="public"),
    R("healthz", ALL, things.living_processes, sight="public"),
    R("readyz", ALL, sight="public"),
    R("system", "fah"),
    R("account_login", ALL, sight="public", posts=ALL),
    R("account_logout", ALL, sight="public", posts=ALL),
    R("account_inactive", ALL, sight="public"),
    R("accounts:token", ALL, sight="public"),
    R("accounts:language", ALL, post=True, sight="public"),
    R("accounts:password", ALL, posts=ALL),
    R("accounts:profile", ALL, posts=ALL),
    R("accounts:sessions", ALL),
    R("accounts:session_end", "anong", things.session, post=True, sight="self"),
    R("accounts:sessions_end_others", ALL, post=True),
    R("accounts:signed_in", ALL),
    R("accounts:security", ALL),
    R("accounts:confirm", ALL),
    R("accounts:app_add", ALL, posts=ALL),
    R("accounts:passkey_add", ALL, posts=ALL),
    R("accounts:factor_remove", "anong", things.second_factor, post=True, sight="self"),
    R("accounts:recovery_codes", ALL, post=True),
    R("accounts:passkey_options", ALL, sight="public"),
    R("accounts:passkey_sign_in", ALL, post=True, sight="all"),
    R("mfa_authenticate", ALL, sight="all", posts=ALL),
    R("accounts:oidc_start", ALL, post=True, sight="closed"),
    R("accounts:oidc_link", ALL, post=True, sight="closed"),
    R("accounts:oidc_unlink", ALL, post=True, sight="closed"),
    R("accounts:oidc_callback", ALL, sight="closed"),
    # posts, switching, viewing as
    R("organizations:people", ALL),
    R("organizations:people_of", ALL, things.office),
    R("organizations:person_add", "boonmee dao", things.office, posts="boonmee dao"),
    R("organizations:person_link", "boonmee dao", things.office, posts="boonmee dao"),
    R("organizations:person", "boonmee", things.person, posts="boonmee"),
    R("organizations:person_reset", "boonmee", things.person, post=True),
    R(
        "organizations:second_factor_reset",
        "boonmee dao ek fah",
        things.person,
        posts="boonmee dao ek fah",
    ),
    R("organizations:person_active", "boonmee", things.person, post=True),
    R("organizations:post_end", "boonmee", things.post, posts="boonmee"),
    R("organizations:post_title", "boonmee", things.post, post=True),
    R("organizations:post_wake", "boonmee", things.post, post=True),
    R("organizations:own_posts", ALL),
    R("organizations:own_data", ALL),
    R("organizations:own_data_export", ALL, post=True),
    R("organizations:own_data_erase", ALL, post=True),
    R("organizations:own_data_keep", ALL, post=True),
    R("organizations:erasure_answer", "boonmee", things.person, post=True),
    R("organizations:offer_answer", "anong boonmee", things.offer_to_clerk, post=True),
    R("organizations:offer_withdraw", "boonmee", things.offer_by_office, post=True),
    R("organizations:person_home", ADMINISTRATORS, things.person, post=True),
    R("organizations:switch", ALL, post=True),
    R("organizations:view_as", "dao ek fah", things.office, post=True),
    R("organizations:view_as_stop", ALL, post=True),
    # audit, notices
    R("audit:list", ADMINISTRATORS),
    R("notices:list", ALL),
    R("notices:read", LAO, things.notice, post=True, sight="office"),
    R("notices:read_personal", "anong", things.personal_notice, post=True, sight="self"),
    R("notices:read_all", ALL, post=True),
    # start page, manual
    R("portal:picture", ALL, things.public_picture, sight="public"),
    R("portal:takedown", ALL, things.public_picture_id, sight="public", posts=ALL),
    R("portal:takedown_answer", ALL, things.picture_answer, sight="public"),
    R("portal:about", ALL, sight="public"),
    R("portal:contact", ALL, sight="public"),
    R("portal:privacy", ALL, sight="public"),
    R("portal:accessibility", ALL, sight="public"),
    R("portal:sitemap_page", ALL, sight="public"),
    R("portal:robots", ALL, sight="public"),
    R("portal:sitemap", ALL, sight="public"),
    R("portal:sitemap_part", ALL, things.sitemap_part, sight="public"),
    R("portal:feed", ALL, sight="public"),
    R("portal:feed_office", ALL, things.office_code, sight="public"),
    R("portal:card", ALL, things.public_card, sight="public"),
    R("portal_desk:requests", ALL),
    R("portal_desk:requests_xlsx", ALL),
    R("portal_desk:request", ALL, things.picture_request),
    R("portal_desk:request_act", ALL, things.picture_request, post=True, data={"act": "remove"}),
    R("home:start", ALL),
    R("mail_stop", ALL, things.mail_stop, sight="public", posts=ALL),
    R("find:search", ALL),
    R("find:views", ALL),
    R("find:view_new", ALL, posts=ALL, data={"list": "activities:list"}),
    R("find:view_edit", "anong", things.saved_view, posts="anong", sight="self"),
    R("find:view_remove", "anong", things.saved_view, post=True, sight="self"),
    R("manual:index", ALL, sight="public"),
    R("manual:chapter", ALL, things.chapter, sight="public"),
    R("manual:print", ALL, sight="public"),
    R("ui:gallery", "", sight="closed"),
    # registry
    R("organizations:list", ALL),
    R("organizations:pick", ALL),
    R("organizations:detail", ALL, things.registry_office),
    R("organizations:settings", "boonmee fah", things.registry_office, posts="boonmee fah"),
    R("organizations:found", "fah", posts="fah"),
    R("organizations:change", "fah", things.registry_change, posts="fah"),
    R("organizations:import", "fah", posts="fah"),
    R("organizations:import_template", "fah"),
    R("organizations:import_confirm", "fah"),
    R("organizations:to_check", "fah", sight="all"),
    R("organizations:settled", "fah", things.registry_doubt, post=True, gate=True, sight="all"),
    # lists, rounds, days
    R("rounds:settings", ALL),
    R("rounds:list", ALL),
    R("rounds:round", ALL, things.month_text, sight="all", posts="fah"),
    R("rounds:items", ALL, things.list_slug, sight="all"),
    R("rounds:item_add", "fah", things.list_slug, sight="all", posts="fah"),
    R("rounds:item_edit", "fah", things.list_item, sight="all", posts="fah"),
    R("rounds:item_history", ALL, things.list_history, sight="all"),
    R("rounds:item_move", "fah", things.list_item, sight="all", post=True),
    R("rounds:item_retire", "fah", things.list_item, sight="all", post=True),
    R("rounds:item_restore", "fah", things.list_item, sight="all", post=True),
    R("occasions:calendar", ALL),
    R("calendar_feed", ALL, sight="public"),
    R("calendar_feed_office", ALL, things.office_code, sight="public"),
    R("occasions:adopt", "fah", post=True),
    R("occasions:list", ALL),
    R("occasions:add", "ek fah", posts="ek fah"),
    R("occasions:fill", "ek fah", post=True),
    R("occasions:edit", ALL, things.occasion, sight="all", posts="fah"),
    R("occasions:retire", "fah", things.occasion, sight="all", post=True),
    R("occasions:restore", "fah", things.occasion, sight="all", post=True),
    # pictures
    R("photos:upload", "anong dao ek fah", post=True, guest="401"),
    R("photos:missing", ALL, post=True, guest="401"),
    R("photos:file", ALL, things.photo, guest="404"),
    R("photos:tile", ALL, things.photo, guest="401"),
    # records
    R("activities:list", ALL),
    R("activities:list_xlsx", ALL),
    R("activities:new", LAO),
    R("activities:hosts", LAO),
    R("activities:occasions", ALL),
    R("activities:proposals", LAO),
    R("activities:receipt", ALL, things.receipt),
    R("receipts", ALL, sight="public"),
    R("receipt", ALL, things.receipt_code, sight="public"),
    R("activities:detail", ALL, things.sent),
    R("activities:edit", LAO, things.draft, sight="office", posts=LAO),
    R("activities:autosave", LAO, things.draft, sight="office", post=True, guest="401"),
    R("activities:submit", LAO, things.draft, sight="office", post=True),
    R("activities:approve", "boonmee", things.awaiting, sight="office", post=True),
    R("activities:send_back", LAO, things.awaiting, sight="office", post=True),
    R("activities:withdraw", LAO, things.sent, post=True),
    R("activities:reopen", LAO, things.sent, post=True),
    R("activities:copy", ALL, things.sent),
    R("activities:sent", ALL, things.sent),
    R("activities:revisions", ALL, things.sent),
    R("activities:compare", ALL, things.sent),
    R("activities:report_pdf", ALL, things.sent),
    R("activities:report_png", ALL, things.sent),
    # review
    R("review:list", UPPER),
    R("review:selectable", UPPER),
    R("review:accept_many", UPPER, post=True),
    R("review:record", UPPER, things.sent, gate=True),
    R("review:photos", UPPER, things.sent, gate=True),
    R("review:accept", UPPER, things.sent, post=True, gate=True),
    R("review:return", UPPER, things.sent, gate=True, posts=UPPER),
    R("review:undo", UPPER, things.sent, post=True, gate=True),
    R("review:comment", ALL, things.sent, post=True),
    R("review:compare", UPPER, things.sent_pair, gate=True),
    # the month
    R("compilation:board", ALL),
    R("compilation:board_month", ALL, things.month, sight="all"),
    R("compilation:board_of", UPPER, things.month_and_office_above, sight="above"),
    R("compilation:board_xlsx", UPPER, things.board_table, sight="above"),
    R("compilation:occasion_board", ALL, things.occasion_board, sight="all"),
    R("compilation:occasion_board_of", ALL, things.occasion_board_of),
    R("compilation:occasion_board_xlsx", ALL, things.occasion_board_of),
    R("compilation:chase", UPPER, things.month_chase, sight="above", posts=UPPER),
    R("compilation:remind", UPPER, things.month, sight="all", post=True),
    R("compilation:compile", UPPER, things.month, sight="all", post=True),
    R("compilation:month_return", LAO, things.month, sight="all"),
    R("compilation:return_act", LAO, things.month_act, sight="all", post=True),
    R("compilation:list", ALL),
    R("compilation:detail", UPPER, things.compilation, sight="above"),
    R("compilation:report_pdf", UPPER, things.compilation, sight="above"),
    R("compilation:laos_pdf", UPPER, things.compilation_in_krabi, sight="above"),
    R("compilation:tables_xlsx", UPPER, things.compilation, sight="above"),
    R("compilation:records_csv", UPPER, things.compilation, sight="above"),
    R("compilation:records_json", UPPER, things.compilation, sight="above"),
    # letters: the page
    R("letters:new", ALL),
    R("letters:preview", ALL, post=True),
    R("letters:settings", ADMINISTRATORS),
    R("letters:signer_retire", "boonmee", things.signer, post=True, sight="office"),
    R("letters:group_remove", "boonmee", things.recipient_group, post=True, sight="office"),
    R("letters:enclosure", ALL, things.enclosure, notes=True),
    R("letters:edit", LAO, things.letter_draft, sight="office"),
    R("letters:recipients", LAO, things.letter_draft, sight="office"),
    R("letters:ask", LAO, things.letter_draft, post=True, sight="office"),
    R("letters:issue", LAO, things.letter_draft, post=True, sight="office"),
    R("letters:recall", LAO, things.letter),
    R("letters:verify", LAO, things.letter, post=True),
    R("letters:before", ALL),
    R("letters:pdf", ALL, things.letter),
    R("letters:docx", ALL, things.letter),
    R("letters:png", ALL, things.letter_page),
    # letters: the way
    R("letters:inbox", ALL),
    R("letters:outbox", ALL),
    R("letters:outside", ALL),
    R("letters:receipts", ALL),
    R("letters:receipts_xlsx", ALL),
    R("letters:receipts_pdf", ALL),
    R("letters:dispatches", ALL),
    R("letters:dispatches_xlsx", ALL),
    R("letters:dispatches_pdf", ALL),
    R("letters:retention", ADMINISTRATORS),
    R("letters:retention_make", ADMINISTRATORS, post=True),
    R("letters:retention_confirm", ADMINISTRATORS, post=True, data={"committee": "ประธาน"}),
    R("letters:show", ALL, things.letter_received, notes=True),
    R("letters:register_letter", LAO, things.letter_received, post=True),
    R(
        "letters:stamp",
        LAO,
        things.letter_received,
        post=True,
        data={"number": "7", "date": "21/12/2564", "date_sure": "2021-12-21"},
    ),
    R("letters:assign", LAO, things.letter_received, post=True),
    R("letters:answer", LAO, things.letter_received, post=True),
    R("letters:pass_on", "", things.letter_received, post=True),
    R("letters:follow", "fah", things.letter_received),
    R("letters:progress", "fah", things.letter_received),
    R("letters:remind", "fah", things.letter_received, post=True),
    R("letters:answers", "fah", things.letter_received),
    R("letters:answers_xlsx", "fah", things.letter_received),
    R("letters:answer_file", ALL, things.letter_answered),
    # publicity: the ready post of an activity
    R("publicity:post", ALL, things.accepted_record, posts=LAO),
    R("publicity:post_card", ALL, things.card),
    # publicity: channels, the library, campaigns, broadcasts, boards
    R("publicity:home", ALL),
    R("publicity:materials", ALL),
    R("publicity:materials_xlsx", ALL),
    R("publicity:material_new", ALL, posts=ALL),
    R("publicity:material", ALL, things.material, notes=True),
    R("publicity:material_edit", LAO, things.material, posts=LAO),
    R("publicity:material_withdraw", LAO, things.material, post=True, data={"reason": "ผิด"}),
    R("publicity:files", ALL, things.material),
    R("publicity:file_add", LAO, things.material, post=True),
    R("publicity:file_remove", LAO, things.material_file_row, post=True),
    R("publicity:file", ALL, things.material_file, notes=True),
    R("publicity:preview", ALL, things.material_file),
    R("publicity:public_file", ALL, things.material_public, sight="public", notes=True),
    R("publicity:public_preview", ALL, things.material_public, sight="public"),
    R("publicity:channels", ALL),
    R("publicity:channels_xlsx", ALL),
    R("publicity:channel_new", ALL, posts=ALL),
    R("publicity:channel", ALL, things.channel, posts=LAO),
    R("publicity:channel_retire", LAO, things.channel, post=True),
    R("publicity:channel_restore", LAO, things.channel, post=True),
    R("publicity:campaigns", ALL),
    R("publicity:campaign_new", UPPER, posts=UPPER),
    R("publicity:campaign", ALL, things.campaign, notes=True),
    R("publicity:campaign_edit", "", things.campaign_draft, sight="office"),
    R("publicity:campaign_send", "fah", things.campaign, post=True),
    R("publicity:campaign_stop", "fah", things.campaign, post=True, data={"reason": "ผิด"}),
    R("publicity:campaign_remind", UPPER, things.campaign, post=True),
    R("publicity:campaign_progress", ALL, things.campaign),
    R("publicity:campaign_xlsx", ALL, things.campaign),
    R("publicity:broadcasts", ALL),
    R("publicity:broadcasts_xlsx", ALL),
    R("publicity:broadcast_new", ALL, posts=ALL),
    R("publicity:broadcast", ALL, things.broadcast, posts=LAO),
    R("publicity:broadcast_withdraw", LAO, things.broadcast, post=True, data={"reason": "ซ้ำ"}),
    R("publicity:broadcast_photo", ALL, things.broadcast),
    R("publicity:board", ALL),
    R("publicity:board_xlsx", ALL),
    # the public site: pages
    R("portal:activities", ALL, sight="public"),
    R("portal:activity", ALL, things.published, sight="public"),
    R("portal:map", ALL, sight="public"),
    R("portal:map_points", ALL, sight="public"),
    R("portal:office", ALL, things.office_code, sight="public"),
    R("portal:district", ALL, things.district_code, sight="public"),
    R("portal:province", ALL, things.province_code, sight="public"),
    R("portal:calendar", ALL, sight="public"),
    R("portal:materials", ALL, sight="public"),
    R("portal:material", ALL, things.public_material, sight="public"),
    R("portal:days", ALL, sight="public"),
    R("portal:day", ALL, things.day, sight="public"),
    R("portal:day_of_province", ALL, things.day_of_province, sight="public"),
    # open data
    R("opendata:index", ALL, sight="public"),
    R("opendata:catalog", ALL, sight="public"),
    R("opendata:dataset", ALL, things.dataset, sight="public"),
    R("opendata:dictionary", ALL, things.dataset_dictionary, sight="public"),
    R("opendata:download", ALL, things.dataset_file, sight="public"),
    R("opendata:checksum", ALL, things.dataset_file, sight="public"),
    R("opendata:version", ALL, things.dataset_version, sight="public"),
    R("opendata:version_checksum", ALL, things.dataset_version, sight="public"),
]
