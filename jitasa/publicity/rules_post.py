"""Who publishes an activity as a post, and the words a post starts from: no database."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from jitasa.activities.choices import Status
from jitasa.activities.models import Activity
from jitasa.organizations.viewer import Viewer

MOST_PICTURES = 4
MOST_TITLE, MOST_TEXT = 250, 5000
MOST_RESULT = 300
# A text in which somebody is named is left to the officer; the words นายก, นายอำเภอ are left out, too.
_NAMES_SOMEBODY = re.compile(r"นาย|นาง|น\.ส\.|เด็กชาย|เด็กหญิง|ด\.ช\.|ด\.ญ\.|ดร\.|พระครู")
_NOT_IN_A_TAG = re.compile(r"[^0-9A-Za-z_\u0e00-\u0e7f]")


def may_post(viewer: Viewer, activity: Activity) -> bool:
    """The recording office's own people, once the record is accepted."""
    own = viewer.can_write and not viewer.is_system and viewer.office_id == activity.organization_id
    return own and activity.status == Status.ACCEPTED


@dataclass(frozen=True)
class PostFacts:
    """What the first text of a post is made of; in Thai. ``measures`` are ready: ``ขยะ 240 กก.``"""

    name: str
    office: str
    kind: str = ""
    occasion: str = ""
    date: str = ""
    place: str = ""
    people: int = 0
    measures: Sequence[str] = ()
    result: str = ""
    link: str = ""


def first_text(facts: PostFacts) -> str:
    """A friendly post from the record's own facts: what, who, when, where, what came of it, thanks.

    Nobody is named: the chairman never stands in it, and a result that names somebody is left out.
    """
    came = f" มีผู้เข้าร่วม {facts.people:,} คน" if facts.people else ""
    when = f"เมื่อวันที่ {facts.date} " if facts.date else ""
    where = f" ณ {facts.place}" if facts.place else ""
    because = f" เนื่องใน{facts.occasion}" if facts.occasion else ""
    parts = [
        facts.name,
        f"{when}{facts.office} จัดกิจกรรม{because}{where}{came}",
        "\n".join(f"• {line}" for line in facts.measures),
        _plain_result(facts.result),
        "ขอบคุณทุกแรงกายแรงใจที่ช่วยกันทำให้บ้านเราน่าอยู่ แล้วพบกันในกิจกรรมครั้งต่อไป",
        f"ดูภาพและรายละเอียด {facts.link}" if facts.link else "",
        " ".join(hashtags("จิตอาสา", facts.kind, "เราทำความดีด้วยหัวใจ", facts.office)),
    ]
    return "\n\n".join(part for part in parts if part)


def hashtags(*words: str) -> list[str]:
    """``#จิตอาสาพัฒนา`` of each word, each once, without what would end a hashtag."""
    tags = [f"#{_NOT_IN_A_TAG.sub('', word)}" for word in words]
    return [tag for tag in dict.fromkeys(tags) if len(tag) > 1]


def _plain_result(result: str) -> str:
    text = " ".join(result.split())
    if _NAMES_SOMEBODY.search(text):
        return ""
    if len(text) <= MOST_RESULT:
        return text
    head = text[:MOST_RESULT]
    return f"{head[: head.rfind(' ')] if ' ' in head else head} …"
