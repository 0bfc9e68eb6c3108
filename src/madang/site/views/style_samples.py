"""What the style page shows in its components: invented, in the scripts that try a layout most."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from madang.core.texts import Wording

ZONE = ZoneInfo("Asia/Seoul")


@dataclass(frozen=True)
class Session:
    """A session of a sample programme; `start` in minutes after 09:00 in Incheon."""

    title: str
    kind: str
    room: str
    module: int | None
    start: int
    minutes: int
    note: str = ""

    @property
    def details(self) -> tuple[str, str]:
        return self.kind, self.room

    @property
    def starts_at(self) -> datetime:
        return datetime(2007, 10, 9, 9, 0, tzinfo=ZONE) + timedelta(minutes=self.start)

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)


@dataclass(frozen=True)
class Sample:
    """The words of one language."""

    eyebrow: str
    title: str
    lead: str
    place: str
    modules: tuple[str, ...]
    sessions: tuple[Session, ...]
    people: tuple[tuple[str, str, str], ...]
    text: str


ENGLISH = Sample(
    eyebrow="Second regional training workshop · Incheon, Republic of Korea",
    title="Planning, designing, implementing and managing e-Government",
    lead="A week in which officials of ICT ministries and planning agencies test their national "
    "strategies with peers, and go home with better ones.",
    place="Grand Hall",
    modules=(
        "Strategic planning and design",
        "Needs and capacity assessment",
        "Implementation",
        "Management",
    ),
    sessions=(
        Session("From a vision to a roadmap", "Lecture", "Grand Hall", 1, 0, 75),
        Session(
            "Needs and capacity assessment: a case study",
            "Group work",
            "Room B",
            2,
            105,
            75,
            "You are in group 4: you have met 18 of 36 so far.",
        ),
        Session("Strategy clinic: evaluation by peers", "Group work", "Room C", 3, 300, 90),
        Session("What it takes to run it", "Discussion", "Grand Hall", 4, 405, 60),
        Session("Dinner hosted by the Mayor", "Reception", "City Hall", None, 570, 120),
    ),
    people=(
        ("Siriporn Chaiyaporn", "Thailand", "Government"),
        ("Sutrisno", "Indonesia", "Government"),
        ("Нигина Саидова", "Tajikistan", "Academia"),
        ("Nguyễn Minh Đức", "Viet Nam", "Government"),
    ),
    text="What the first workshop asked for\n===\nIts participants wanted to learn from **good "
    "practice** in the region.\n\n1. Realistic appraisal\n2. [Follow each one](/news/)\n\n"
    "> Nine are answered in this programme, two are declined with a reason.",
)

PERSIAN = Sample(
    eyebrow="دومین کارگاه آموزشی منطقه‌ای · اینچئون، جمهوری کره",
    title="برنامه‌ریزی، طراحی، اجرا و مدیریت دولت الکترونیک",
    lead="هفته‌ای که در آن مدیران وزارتخانه‌های فناوری راهبردهای ملی خود را با همتایان می‌سنجند و با "
    "راهبردی بهتر به خانه بازمی‌گردند.",
    place="تالار بزرگ",
    modules=("برنامه‌ریزی و طراحی راهبردی", "ارزیابی نیازها و ظرفیت", "اجرا", "مدیریت"),
    sessions=(
        Session("از چشم‌انداز تا نقشهٔ راه", "سخنرانی", "تالار بزرگ", 1, 0, 75),
        Session(
            "ارزیابی نیازها و ظرفیت: مطالعهٔ موردی",
            "کار گروهی",
            "اتاق ب",
            2,
            105,
            75,
            "شما در گروه ۴ هستید و تاکنون با ۱۸ نفر از ۳۶ نفر دیدار کرده‌اید.",
        ),
        Session("کلینیک راهبرد: ارزیابی همتایان", "کار گروهی", "اتاق پ", 3, 300, 90),
        Session("ادارهٔ آن چه می‌خواهد", "گفت‌وگو", "تالار بزرگ", 4, 405, 60),
        Session("شام به میزبانی شهردار", "پذیرایی", "شهرداری", None, 570, 120),
    ),
    people=(
        ("Siriporn Chaiyaporn", "تایلند", "دولت"),
        ("Sutrisno", "اندونزی", "دولت"),
        ("Нигина Саидова", "تاجیکستان", "دانشگاه"),
        ("Nguyễn Minh Đức", "ویتنام", "دولت"),
    ),
    text="خواستهٔ کارگاه نخست\n===\nشرکت‌کنندگان می‌خواستند از **تجربه‌های خوب** منطقه بیاموزند.\n\n"
    "1. ارزیابی واقع‌بینانه\n2. [دنبال کردن هر یک](/news/)\n\n"
    "> نُه توصیه در این برنامه پاسخ گرفته است.",
)

LONG = "Verwaltungsdigitalisierungsbeschleunigungsgesetzgebungsverfahren"
KHMER = Wording(
    "សិក្ខាសាលាបណ្តុះបណ្តាលថ្នាក់តំបន់ស្តីពីការរៀបចំផែនការ ការរចនា ការអនុវត្ត និងការគ្រប់គ្រងរដ្ឋាភិបាលអេឡិចត្រូនិក",
    "km",
)
LONGEST = Sample(
    eyebrow=f"{LONG} · {LONG}",
    title=LONG,
    lead=KHMER,
    place=LONG,
    modules=(LONG, KHMER, LONG, KHMER),
    sessions=(
        Session(LONG, LONG, LONG, 1, 0, 75),
        Session(KHMER, "ការងារជាក្រុម", KHMER, 2, 105, 75, KHMER),
    ),
    people=((LONG, KHMER, LONG), (KHMER, LONG, "ក")),
    text=f"{LONG}\n===\n{KHMER} **{LONG}**",
)
