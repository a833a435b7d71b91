"""The demonstration's publicity: channels, the library, two campaigns, and months of broadcasts.

Everything goes through the product's own services, so that every number holds.
"""

import io
import random
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

from django.core.files.base import File
from django.db import transaction

from jitasa.demo.crowd import seeded_uuid
from jitasa.demo.pictures import Shot, draw
from jitasa.demo.publicity import CHANNELS, MaterialStory, stories
from jitasa.demo.services.people import officers
from jitasa.distribution.values import Recipients
from jitasa.documents.pdf import render, render_png
from jitasa.occasions.models import Occasion
from jitasa.organizations.models import Organization
from jitasa.organizations.rules_centre import centre_full_name
from jitasa.organizations.viewer import Viewer
from jitasa.publicity.choices import MaterialKind
from jitasa.publicity.models import Broadcast, Campaign, Channel, Material
from jitasa.publicity.services.broadcasts import OnChannel, Use, record_broadcast
from jitasa.publicity.services.campaigns import CampaignContent, save_campaign, send_campaign
from jitasa.publicity.services.channels import ChannelContent, add_channel
from jitasa.publicity.services.files import add_file, count_download
from jitasa.publicity.services.materials import MaterialContent, save_material
from jitasa.publicity.services.remind import mark_seen
from jitasa.thai.dates import be_year, day_of, today

TEMPLATE = Path(__file__).parent.parent / "typst" / "poster.typ"
POSTER_WIDTH = 1500  # dots
FIRST = "06810104"  # อบต.อ่าวนาง: has not used what came last, for whoever tries the demonstration
FATHER, AUTUMN = slice(0, 2), 4  # which stories go with the campaigns


@transaction.atomic
def make_publicity(*, now: datetime) -> int:
    """Everything; returns the number of broadcasts."""
    rng = random.Random(6569)  # noqa: S311 (a story, not a secret)
    laos = list(Organization.objects.open().laos().filter(province_code="81").order_by("code"))
    actors = officers([office.code for office in laos] + ["00", "81"])
    for office in laos:
        if office.code in actors:
            _channels(actors[office.code], rng, now)
    told = [story for story in stories(today(now)) if story.code in actors]
    library = [put_into_library(actors[story.code], story, rng, now) for story in told]
    ids, day = [office.pk for office in laos], today(now)
    past, coming = told[AUTUMN].on or day, told[FATHER.start].on or day
    autumn = _campaign(
        actors["81"], f"สื่อวันปิยมหาราช {be_year(past)}", library[AUTUMN : AUTUMN + 1], ids, past,
        (day - past).days + 8, rng, now,
    )  # fmt: skip
    father = _campaign(
        actors["00"], f"สื่อวันพ่อแห่งชาติ 5 ธันวาคม {be_year(coming)}", library[FATHER], ids, coming, 6, rng, now
    )
    users = [actors[office.code] for office in laos if office.code in actors]
    _used(users, autumn, library[AUTUMN : AUTUMN + 1], rng, now, (0.86, 0.78, 0.7))
    _used(
        [each for each in users if _code(each) != FIRST], father, library[FATHER], rng, now, (0.7, 0.5, 0.36)
    )
    _on_their_own(users, library[2:], rng, now)
    return Broadcast.objects.count()


def _code(actor: Viewer) -> str:
    return actor.organization.code if actor.organization else ""


def _channels(actor: Viewer, rng: random.Random, now: datetime) -> None:
    office = actor.organization
    if office is None:
        return
    place = office.short_name.split(".", 1)[-1]
    words = {"office": office.short_name, "place": place, "code": office.code}
    at = now - timedelta(days=rng.randint(100, 160))
    for kind, name, link, least, most, share in CHANNELS:
        if rng.randrange(100) < share or (office.code == FIRST and share > 39):
            reach = rng.randrange(least, most, 10)
            content = ChannelContent(kind, name % words, link % words, reach)
            add_channel(actor=actor, content=content, now=at)


def put_into_library(actor: Viewer, story: MaterialStory, rng: random.Random, now: datetime) -> Material:
    """A material of the story with its poster, made as many days ago as the story says."""
    at = now - timedelta(days=story.age)
    occasion = None
    if story.occasion and story.on:
        days = Occasion.objects.active().filter(code=story.occasion, date__year=story.on.year)
        occasion = days.order_by("pk").first()
    content = MaterialContent(
        kind=story.kind,
        title=story.title,
        words=story.words,
        occasion_id=occasion.pk if occasion else None,
        use_from=min(story.use_from, today(at)) if story.use_from else None,
        use_to=story.use_to,
        licence=story.licence,
        is_public=story.is_public,
    )
    material = save_material(actor=actor, uuid=seeded_uuid(at, rng), content=content, now=at)
    if story.scene:
        picture, name = _poster(actor, story, at)
        add_file(actor=actor, material=material, file=File(io.BytesIO(picture)), name=name, now=at)
    return material


def _poster(actor: Viewer, story: MaterialStory, at: datetime) -> tuple[bytes, str]:
    """The poster as PNG; of a template a PDF to write in."""
    ground, ink, line, foot = story.colours
    data = {
        "ground": ground,
        "ink": ink,
        "line": line,
        "foot": foot,
        "above": story.above,
        "title": story.headline,
        "words": story.below,
        "office": _maker(actor),
    }
    files = {"scene.jpg": draw(Shot(story.scene, story.age, at, None))}
    if story.kind == MaterialKind.TEMPLATE:
        return render(TEMPLATE, data, files=files), "แม่แบบ.pdf"
    return render_png(TEMPLATE, data, width_px=POSTER_WIDTH, files=files)[0], "โปสเตอร์.png"


def _maker(actor: Viewer) -> str:
    """Whose poster it is: the office's, or the centre's beside it."""
    if actor.organization is None:
        return ""
    return centre_full_name(actor.organization) if actor.only_steers else actor.organization.name


def _campaign(
    actor: Viewer, title: str, materials: Sequence[Material], offices: Sequence[int],
    use_by: date | None, age: int, rng: random.Random, now: datetime,
) -> Campaign:  # fmt: skip
    at = now - timedelta(days=age)
    content = CampaignContent(
        title=title,
        message="ขอความร่วมมือเผยแพร่สื่อที่ส่งมาทางช่องทางของหน่วยงาน แล้วบันทึกการเผยแพร่จากหน้าสื่อ",
        use_by=use_by,
        materials=[each.pk for each in materials],
        recipients=Recipients(offices=tuple(offices)),
    )
    draft = save_campaign(actor=actor, uuid=seeded_uuid(at, rng), content=content, now=at)
    return send_campaign(actor=actor, campaign=draft, now=at)


def _used(
    actors: Sequence[Viewer], campaign: Campaign, materials: Sequence[Material], rng: random.Random,
    now: datetime, shares: tuple[float, float, float],
) -> None:  # fmt: skip
    """Some have seen it, fewer fetched it, fewer used it, by the ``shares``."""
    for actor in actors:
        said = rng.random()
        at = (campaign.sent_at or now) + timedelta(hours=rng.uniform(1, 90))
        if said > shares[0]:
            continue
        mark_seen(viewer=actor, now=at, campaign=campaign)
        file = materials[0].files.first()
        if said < shares[1] and file is not None:
            count_download(file=file, office=actor.organization, now=at + timedelta(minutes=4))
        if said < shares[2]:
            material = rng.choice(list(campaign.materials.all()))
            _broadcast(actor, material, rng, min(now, at + timedelta(hours=rng.uniform(2, 60))))


def _on_their_own(
    actors: Sequence[Viewer], materials: Sequence[Material], rng: random.Random, now: datetime
) -> None:
    """Uses over the last months that no campaign asked for."""
    for actor in actors:
        for _each in range(rng.choice((0, 0, 1, 1))):
            material = rng.choice(materials)
            oldest = min(100, (now - material.created_at).days)
            _broadcast(actor, material, rng, now - timedelta(days=rng.randint(0, max(0, oldest))))


def _broadcast(actor: Viewer, material: Material, rng: random.Random, at: datetime) -> None:
    channels = list(Channel.objects.active().filter(organization=actor.organization))
    if not channels:
        return
    chosen = rng.sample(channels, k=min(len(channels), rng.choice((1, 1, 2, 3))))
    lines = [
        OnChannel(each.pk, max(10, int(each.reach * rng.uniform(0.3, 1.1)) // 10 * 10), _link(each, rng))
        for each in chosen
    ]
    use = Use(on=day_of(at), channels=lines)
    record_broadcast(actor=actor, batch=seeded_uuid(at, rng), subject=material, use=use, now=at)


def _link(channel: Channel, rng: random.Random) -> str:
    return f"{channel.link}/posts/{rng.randint(10_000, 99_999)}" if channel.kind == "facebook" else ""
