"""The shape every header reader answers in, and its refusals."""

import mmap
from dataclasses import dataclass

from django.utils.translation import gettext as _

Bytes = bytes | mmap.mmap


class BadPicture(Exception):
    """The file cannot be taken; the message is for the person who sent it."""


@dataclass(frozen=True)
class Header:
    """``width`` and ``height`` in pixels as stored, before any turning.

    ``exif`` is the TIFF block without its ``Exif`` prefix. ``turned`` says that the container itself
    (HEIC) turns the picture by a quarter. ``ended`` is false where the end mark is missing: only decoding
    tells whether the picture is whole.
    """

    format: str
    width: int
    height: int
    exif: bytes = b""
    turned: bool = False
    ended: bool = True


def not_a_picture() -> BadPicture:
    return BadPicture(_("ไฟล์นี้ไม่ใช่ภาพที่ระบบรับได้ เลือกไฟล์ภาพ JPEG, PNG, WebP หรือ HEIC แล้วส่งใหม่"))


def damaged() -> BadPicture:
    return BadPicture(_("ไฟล์ภาพขาดหรือเสียหาย ส่งไม่ครบทั้งไฟล์ เปิดดูภาพในเครื่องของท่านก่อน แล้วส่งใหม่"))


def animated() -> BadPicture:
    return BadPicture(_("ภาพเคลื่อนไหวหรือไฟล์ที่มีหลายภาพใช้ไม่ได้ บันทึกเป็นภาพนิ่งภาพเดียวแล้วส่งใหม่"))
