"""Who may sign in to the demonstration: one person per role, and a clerk for every office of Krabi.

Names are positions, not people. The passwords are printed by ``make run`` and work only where the
demonstration data was made.
"""

from dataclasses import dataclass

from jitasa.organizations.choices import Role


@dataclass(frozen=True)
class LogIn:
    username: str
    password: str
    what: str
    organization_code: str
    title: str
    roles: tuple[Role, ...]


def _password(username: str) -> str:
    return f"jitasa-{username}"


def _log_in(username: str, what: str, code: str, title: str, *roles: Role) -> LogIn:
    return LogIn(username, _password(username), what, code, title, roles)


LOG_INS = (
    _log_in("anong", "เจ้าหน้าที่ อบต.อ่าวนาง", "06810104", "นักพัฒนาชุมชน", Role.OFFICER),
    _log_in(
        "boonmee",
        "ปลัด อบต.อ่าวนาง (อนุมัติ ดูแลผู้ใช้) รักษาราชการแทนปลัด อบต.ไสไทย",
        "06810104",
        "ปลัด อบต.",
        Role.APPROVER,
        Role.ADMINISTRATOR,
    ),
    _log_in("chai", "เจ้าหน้าที่ อบต.เกาะกลาง", "06810304", "นักวิเคราะห์นโยบายและแผน", Role.OFFICER),
    _log_in("dao", "อำเภอเมืองกระบี่", "8101", "ท้องถิ่นอำเภอ", Role.OFFICER, Role.ADMINISTRATOR),
    _log_in("ek", "จังหวัดกระบี่", "81", "หัวหน้าฝ่ายบริหารทั่วไป", Role.OFFICER, Role.ADMINISTRATOR),
    _log_in(
        "fah", "กรมส่งเสริมการปกครองท้องถิ่น", "00", "นักส่งเสริมการปกครองท้องถิ่น", Role.OFFICER, Role.ADMINISTRATOR
    ),
    _log_in("hathai", "ศอ.จอส.จังหวัดกระบี่", "81", "เลขานุการ ศอ.จอส.จังหวัด", Role.CENTRE),
    _log_in("guest", "ผู้บริหารกรม (ดูอย่างเดียว)", "00", "ผู้บริหาร", Role.VIEWER),
)
# A person may hold posts in several offices: user name, office, title, role.
SECOND_POSTS = (("boonmee", "06810107", "รักษาราชการแทนปลัด อบต.", Role.APPROVER),)
