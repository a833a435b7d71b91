"""Channels, materials, campaigns and broadcasts for tests, made with the services."""

import io
import struct
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from django.core.files.base import File

from jitasa.distribution.values import Recipients
from jitasa.letters.tests.samples import PDF
from jitasa.organizations.models import Organization
from jitasa.organizations.viewer import Viewer
from jitasa.photos import store
from jitasa.photos.models import Photo, PhotoState, Upload
from jitasa.photos.tests.pictures import jpeg
from jitasa.publicity.choices import ChannelKind, FileKind, FileState, Licence, MaterialKind, Variant
from jitasa.publicity.models import Broadcast, Campaign, Channel, Material, MaterialFile
from jitasa.publicity.services.broadcasts import OnChannel, Use, record_broadcast
from jitasa.publicity.services.campaigns import CampaignContent, save_campaign, send_campaign
from jitasa.publicity.services.channels import ChannelContent, add_channel
from jitasa.publicity.services.files import add_file
from jitasa.publicity.services.materials import MaterialContent, save_material
from jitasa.publicity.store import path_of
from jitasa.thai.dates import today
from tests.cast import NOW


def make_channel(
    actor: Viewer, kind: str = ChannelKind.LOUDSPEAKER, name: str = "", reach: int = 500, link: str = ""
) -> Channel:
    content = ChannelContent(kind, name or f"ช่องทาง {uuid4().hex[:6]}", link, reach)
    return add_channel(actor=actor, content=content, now=NOW)


def make_material(
    actor: Viewer, *, kind: str = MaterialKind.SCRIPT, title: str = "สื่อ", now: datetime = NOW, **more: Any
) -> Material:
    if more.get("is_public"):
        more.setdefault("licence", Licence.CC_BY)
    content = MaterialContent(kind=kind, title=title, words="ขอเชิญร่วมกิจกรรม", **more)
    return save_material(actor=actor, uuid=uuid4(), content=content, now=now)


def make_file(
    actor: Viewer, material: Material, *, content: bytes = PDF, name: str = "ใบ.pdf"
) -> MaterialFile:
    return add_file(actor=actor, material=material, file=File(io.BytesIO(content)), name=name, now=NOW)


def make_picture_row(material: Material) -> MaterialFile:
    """A finished picture, without running a decoder."""
    photo = Photo.objects.create(
        sha256=uuid4().hex * 2, bytes=10, format="jpeg", width=8, height=8, state="ready", created_at=NOW
    )
    sizes = {Variant.THUMB: [8, 8, 5], Variant.SQUARE: [8, 8, 5], Variant.A4: [8, 8, 5]}
    for variant in sizes:
        path = path_of(photo.sha256, variant)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"\xff\xd8\xff..")
    return MaterialFile.objects.create(
        material=material, position=1, kind=FileKind.IMAGE, state=FileState.READY, name="ก.jpg",
        media_type="image/jpeg", bytes=10, sha256=photo.sha256, photo=photo, created_at=NOW,
        copies={variant.value: size for variant, size in sizes.items()},
    )  # fmt: skip


def make_campaign(
    actor: Viewer,
    materials: Sequence[Material],
    offices: Sequence[Organization],
    *,
    send: bool = True,
    **more: Any,
) -> Campaign:
    content = CampaignContent(
        title=more.pop("title", "สื่อวันพ่อ"),
        materials=[each.pk for each in materials],
        recipients=Recipients(offices=tuple(each.pk for each in offices), presets=more.pop("presets", ())),
        **more,
    )
    draft = save_campaign(actor=actor, uuid=uuid4(), content=content, now=NOW)
    return send_campaign(actor=actor, campaign=draft, now=NOW) if send else draft


def make_broadcast(
    actor: Viewer,
    material: Material,
    *,
    channel: Channel | None = None,
    on: date | None = None,
    reach: int | None = None,
    with_photo: bool = False,
) -> Broadcast:
    channel = channel or make_channel(actor)
    use = Use(
        on=on or today(NOW),
        channels=[OnChannel(channel.pk, reach)],
        photo=make_photo(actor).sha256 if with_photo else "",
    )
    return record_broadcast(actor=actor, batch=uuid4(), subject=material, use=use, now=NOW)[0]


def make_photo(actor: Viewer) -> Photo:
    """A finished picture of the actor's office, with its medium copy."""
    assert actor.organization is not None
    photo = Photo.objects.create(
        sha256=uuid4().hex * 2, bytes=10, format="jpeg", state=PhotoState.READY, created_at=NOW
    )
    Upload.objects.create(photo=photo, organization=actor.organization, created_at=NOW)
    path = store.published(photo.sha256, "medium")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(jpeg(64, 48))
    return photo


def mp4(brand: bytes = b"isom", *, media: bytes = b"x" * 64) -> bytes:
    """The smallest container that is whole: ftyp, moov, mdat."""

    def box(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I4s", 8 + len(content), name) + content

    return box(b"ftyp", brand + b"\0\0\2\0" + brand) + box(b"moov", b"m" * 16) + box(b"mdat", media)


def mp3(frames: int = 3) -> bytes:
    """Frames of MPEG 1 layer III, 128 kbit/s, 44,100 Hz."""
    return (b"\xff\xfb\x90\x00" + b"\0" * 413) * frames
