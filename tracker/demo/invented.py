"""Invented names, places and words. No person, program, group or number here is real: 555-01xx and example.org throughout."""

from dataclasses import dataclass

SHE = (
    "Denise Teresa Kayla Elena Janet Rosa Linh Carol Nadia Sofia Greta Leila Hannah Ines Mei Priscilla Freya Anjali Olga Amara Bianca Yuki Fatima Brigid Wanda "
    "Paloma Aisha Ruthie Esther Tamika Grace Irena Lorna Sylvia Renata Farah Noor Cora Marisol Abigail Winnie Delphine Tova Odette"
).split()
HE = (
    "Marcus Tomás Kwame Uwe Owen Bao Pete Erik Sami Kai Andre Amir Noah Diego Jamal Otto Ravi Dmitri Chidi Luca Hiro Omar Sean Igor Mateo Joel Calvin Malik "
    "Victor Pavel Dean Hugo Emil Tariq Wes Anselm Rafael Stellan Bram Cyrus Alonzo Teodor Quentin Silas"
).split()
LAST_NAMES = (
    "Walker Malone Ibarra Osei Brandt Delgado Pruitt Nguyen Lindqvist Haddad Sorensen Okonkwo Petrov Castellanos Whitcomb Abernathy Kowalczyk Tanaka Mbeki "
    "Rinaldi Fairbanks Oduya Vasquez Holloway Brennan Stavros Yilmaz Gupta Marchetti Ostrowski Caldwell Fonseca Bergstrom Adeyemi Kuznetsov Thornbury "
    "Alvarado Zielinski Hartwell Nakamura Coleridge Duarte Eriksen Farouk Greenlee Hassan Ingram Jankowski Kessler Lombardi"
).split()


@dataclass(frozen=True, slots=True)
class Town:
    """A place with its ZIP code, area code and zone."""

    name: str
    zip_code: str
    area: str
    zone: str


TOWNS = [
    Town("Columbus, OH", "43215", "614", "America/New_York"),
    Town("Madison, WI", "53703", "608", "America/Chicago"),
    Town("Hillsboro, OR", "97124", "503", "America/Los_Angeles"),
    Town("Denver, CO", "80205", "303", "America/Denver"),
    Town("Phoenix, AZ", "85004", "602", "America/Phoenix"),
    Town("Dayton, OH", "45402", "937", "America/New_York"),
    Town("Janesville, WI", "53545", "608", "America/Chicago"),
    Town("Toledo, OH", "43604", "419", "America/New_York"),
    Town("Lansing, MI", "48933", "517", "America/Detroit"),
    Town("Erie, PA", "16501", "814", "America/New_York"),
    Town("Boise, ID", "83702", "208", "America/Boise"),
    Town("Santa Fe, NM", "87501", "505", "America/Denver"),
    Town("Fresno, CA", "93721", "559", "America/Los_Angeles"),
    Town("Tucson, AZ", "85701", "520", "America/Phoenix"),
    Town("Duluth, MN", "55802", "218", "America/Chicago"),
    Town("Knoxville, TN", "37902", "865", "America/New_York"),
]

STAFF = [
    # user name, name, role, team, extension
    ("maya", "Maya Torres", "coordinator", "North", "21"),
    ("ben", "Ben Adler", "coordinator", "North", "22"),
    ("priya", "Priya Nair", "coordinator", "North", "23"),
    ("luis", "Luis Ortega", "coordinator", "South", "31"),
    ("hannah", "Hannah Kim", "coordinator", "South", "32"),
    ("ruth", "Ruth Okafor", "supervisor", "North", "12"),
    ("walt", "Walt Jensen", "supervisor", "South", "13"),
    ("pat", "Pat Sloane", "packet_staff", "", "41"),
    ("ada", "Ada Brandvold", "admin", "", "1"),
    ("omar", "Omar Whitfield", "auditor", "", "2"),
]
TEAMS = ("North", "South")


@dataclass(frozen=True, slots=True)
class InventedProgram:
    """A program of the invented directory."""

    organization: str
    name: str
    level: str
    town: int
    payments: tuple[str, ...]
    phone: str
    ages: tuple[int, int | None] = (18, None)
    note: str = ""
    languages: tuple[str, ...] = ("en",)
    address: str = ""
    confidential: bool = False


PROGRAMS = [
    InventedProgram("Harbor Light Recovery", "Harbor Light residential", "residential_short", 0, ("PI", "MD", "SS"), "0110"),
    InventedProgram("Harbor Light Recovery", "Harbor Light evenings", "iop", 0, ("PI", "MD", "SS"), "0111"),
    InventedProgram("Cedar Row House", "Cedar Row House", "residential_long", 5, ("MD", "SF"), "0112"),
    InventedProgram("Stone Bridge Recovery Center", "Stone Bridge residential", "residential_short", 1, ("PI", "MD"), "0113"),
    InventedProgram("Oak Terrace", "Oak Terrace", "residential_short", 1, ("MD", "SS"), "0114"),
    InventedProgram("Marsh Point", "Marsh Point", "residential_long", 6, ("PI", "MD", "SF"), "0115"),
    InventedProgram("Harbor North", "Harbor North", "residential_short", 1, ("PI", "SF"), "0116"),
    InventedProgram("Alder Creek Counseling", "Alder Creek outpatient", "outpatient", 2, ("PI", "MD", "SS", "NP"), "0117"),
    InventedProgram("Alder Creek Counseling", "Alder Creek day program", "php", 2, ("PI", "MD"), "0118"),
    InventedProgram("High Plains Recovery", "High Plains residential", "residential_short", 3, ("PI", "MC", "MD"), "0119", languages=("en", "es")),
    InventedProgram("Saguaro House", "Saguaro House", "recovery_residence", 4, ("SF", "SS"), "0120", address="40 Invented Lane", confidential=True),
    InventedProgram("Lakefront Medical Detox", "Lakefront withdrawal unit", "withdrawal_management", 7, ("PI", "MD", "MC"), "0121"),
    InventedProgram("Mill Street Clinic", "Mill Street assessment", "assessment_only", 8, ("PI", "MD", "SS"), "0122", (13, None)),
    InventedProgram("Fern Hollow Youth Services", "Fern Hollow youth outpatient", "outpatient", 9, ("PI", "MD"), "0123", (13, 21)),
]


@dataclass(frozen=True, slots=True)
class InventedGroup:
    """A weekly group of the invented directory: weekday is ISO, time local to its town."""

    name: str
    fellowship: str
    weekday: int
    start: str
    mode: str
    access: str
    audiences: tuple[str, ...]
    town: int
    place: str = ""
    languages: tuple[str, ...] = ("en",)


GROUPS = [
    InventedGroup("Tuesday Family Circle", "al_anon", 2, "19:00", "online", "closed", ("family_friends",), 0),
    InventedGroup("Parents Online Tuesday", "pal", 2, "18:00", "online", "open", ("parents",), 2),
    InventedGroup("Parents of Young People", "al_anon", 2, "19:00", "in_person", "closed", ("parents",), 2, "Juniper Hall"),
    InventedGroup("Westside Families", "families_anonymous", 2, "19:00", "in_person", "open", ("family_friends",), 2, "Library room B"),
    InventedGroup("Tools for Families", "smart_ff", 2, "19:30", "online", "registration", ("family_friends",), 2),
    InventedGroup("Monday Steps for Families", "nar_anon", 1, "18:30", "in_person", "closed", ("family_friends",), 0, "Maple Street Center"),
    InventedGroup("Midday Family Hour", "nar_anon", 3, "12:00", "online", "closed", ("family_friends",), 1),
    InventedGroup("Thursday Invitation", "itc", 4, "18:00", "online", "registration", ("family_friends",), 3),
    InventedGroup("Saturday Sharing", "al_anon", 6, "10:00", "in_person", "open", ("family_friends",), 1, "Prairie Church hall"),
    InventedGroup("Sunday Evening Families", "families_anonymous", 7, "19:00", "online", "open", ("family_friends",), 0),
    InventedGroup("Teens at Five", "alateen", 3, "17:00", "in_person", "closed", ("teens",), 0, "Maple Street Center"),
    InventedGroup("Lantern Group", "na", 1, "19:30", "in_person", "open", ("individual",), 0, "Lantern House"),
    InventedGroup("New Morning", "na", 3, "07:00", "online", "open", ("individual",), 3),
    InventedGroup("Closed Door Friday", "na", 5, "20:00", "in_person", "closed", ("individual",), 1, "Union Hall"),
    InventedGroup("Tools Tuesday", "smart", 2, "18:00", "online", "open", ("individual",), 3),
    InventedGroup("Quiet Mind", "recovery_dharma", 4, "19:00", "hybrid", "open", ("individual",), 2, "Cedar Studio"),
    InventedGroup("Plain Talk", "lifering", 6, "11:00", "online", "open", ("individual",), 4),
    InventedGroup("Desert Sunrise", "na", 6, "06:30", "in_person", "open", ("individual",), 4, "Community room, Palo Lane"),
    InventedGroup("Familias en Camino", "nar_anon", 3, "18:30", "online", "closed", ("family_friends",), 4, languages=("es",)),
    InventedGroup("Remembering Together", "grasp", 7, "16:00", "online", "open", ("bereaved",), 5),
    InventedGroup("Steady Ground", "mara", 4, "18:00", "online", "open", ("individual",), 5),
]

# A list that another invented body keeps, read through the import: slug, name, day (Sunday 0), time, type codes, place ("" is online).
LISTED = [
    ("river-walk", "River Walk", 1, "18:00", "O D", "Boathouse, Columbus, OH 43215"),
    ("early-bird", "Early Bird", 2, "06:30", "C D", "Corner Hall, Toledo, OH 43604"),
    ("noon-break", "Noon Break", 3, "12:00", "O", ""),
    ("back-porch", "Back Porch", 5, "19:30", "O D", "Porch House, Erie, PA 16501"),
    ("open-window", "Open Window", 0, "17:00", "O ST", ""),
    ("saturday-steps", "Saturday Steps", 6, "09:00", "C ST", "Chapel Annex, Dayton, OH 45402"),
]
