"""What acts of publicity are called in the audit."""

from django.utils.translation import gettext_lazy as _

from jitasa.publicity.choices import ChannelKind, Licence, MaterialKind

LABELS = {
    "post.save": _("บันทึกโพสต์ของกิจกรรม"),
    "channel.add": _("เพิ่มช่องทางประชาสัมพันธ์"),
    "channel.edit": _("แก้ช่องทางประชาสัมพันธ์"),
    "channel.retire": _("เลิกใช้ช่องทางประชาสัมพันธ์"),
    "channel.restore": _("กลับมาใช้ช่องทางประชาสัมพันธ์"),
    "material.add": _("เพิ่มสื่อ"),
    "material.edit": _("แก้สื่อ"),
    "material.withdraw": _("ถอนสื่อ"),
    "material.file": _("เพิ่มไฟล์ของสื่อ"),
    "material.file_remove": _("นำไฟล์ของสื่อออก"),
    "campaign.add": _("เริ่มร่างรอบเผยแพร่"),
    "campaign.edit": _("แก้ร่างรอบเผยแพร่"),
    "campaign.send": _("ส่งสื่อถึงหน่วยงาน"),
    "campaign.stop": _("ยุติรอบเผยแพร่"),
    "campaign.remind": _("เตือนให้เผยแพร่สื่อ"),
    "broadcast.record": _("บันทึกการเผยแพร่"),
    "broadcast.edit": _("แก้บันทึกการเผยแพร่"),
    "broadcast.withdraw": _("ถอนบันทึกการเผยแพร่"),
}
FIELDS = {"campaign.materials": "", "campaign.groups": "", "campaign.offices": ""}
VALUES = {f"channel.{value}": label for value, label in ChannelKind.choices} | {
    f"material.{value}": label for value, label in (*MaterialKind.choices, *Licence.choices)
}
