"""The form of a post. Lengths and pictures are judged by the service, for every interface alike."""

from django import forms
from django.utils.translation import gettext_lazy as _

from jitasa.publicity.rules_post import MOST_TEXT, MOST_TITLE
from jitasa.ui.printed import PrintedText


class OfferedPostForm(forms.Form):
    title = PrintedText(
        label=_("ชื่อบนการ์ด"),
        widget=forms.TextInput(attrs={"maxlength": MOST_TITLE}),
        help_text=_("สั้นแล้วตัวใหญ่อ่านง่าย ไม่แก้ก็ใช้ชื่อกิจกรรม"),
    )
    text = forms.CharField(
        label=_("ข้อความโพสต์"),
        widget=forms.Textarea(attrs={"rows": 14, "maxlength": MOST_TEXT}),
        help_text=_("ตรวจอ่านก่อนโพสต์ ไม่กรอกชื่อหรือข้อมูลส่วนตัวของผู้เข้าร่วม"),
    )
    revision = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def freeze(self) -> "OfferedPostForm":
        """To read and copy only."""
        for field in self.fields.values():
            field.widget.attrs["readonly"] = True
        return self

    def pictures(self) -> list[str]:
        """The ticked pictures by SHA-256, the one marked to lead first."""
        ticked = self.data.getlist("picture") if hasattr(self.data, "getlist") else []
        lead = self.data.get("lead", "")
        return [lead, *(sha for sha in ticked if sha != lead)] if lead in ticked else list(ticked)
