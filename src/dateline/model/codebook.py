"""The closed vocabularies of the codebook (docs/codebook.md).

Members keep the codebook's order; for `IncidentType` that order is the order of
precedence: when several types describe one incident, the first that fits is coded.
Every value is the word that stands in exports and in reference annotations.
"""

from __future__ import annotations

from enum import StrEnum


class IncidentType(StrEnum):
    """What happened, in order of precedence (codebook, section 3)."""

    HIJACKING = "hijacking"
    HOSTAGE_TAKING = "hostage_taking"
    KIDNAPPING = "kidnapping"
    PRISON_RIOT = "prison_riot"
    SUICIDE_BOMBING = "suicide_bombing"
    BOMBING = "bombing"
    AIR_STRIKE = "air_strike"
    SHELLING = "shelling"
    ASSASSINATION = "assassination"
    ARMED_CLASH = "armed_clash"
    ARMED_ASSAULT = "armed_assault"
    SEXUAL_VIOLENCE = "sexual_violence"
    UNARMED_ASSAULT = "unarmed_assault"
    ARSON = "arson"
    SABOTAGE = "sabotage"
    ROBBERY = "robbery"
    RIOT = "riot"
    PROTEST = "protest"
    EXECUTION = "execution"
    SECURITY_OPERATION = "security_operation"
    ARREST = "arrest"
    OTHER_VIOLENCE = "other_violence"

    @property
    def precedence(self) -> int:
        """Return 0 for the type that wins over all others, 21 for the one that yields to all."""
        return _PRECEDENCE[self]

    @property
    def is_captivity(self) -> bool:
        """Return whether incidents of this type hold people captive and so have a status."""
        return self in _CAPTIVITY


_PRECEDENCE = {kind: rank for rank, kind in enumerate(IncidentType)}
_CAPTIVITY = frozenset(
    {
        IncidentType.HIJACKING,
        IncidentType.HOSTAGE_TAKING,
        IncidentType.KIDNAPPING,
        IncidentType.PRISON_RIOT,
    }
)


class Focus(StrEnum):
    """What part an incident plays in one report."""

    MAIN = "main"
    OTHER = "other"
    BACKGROUND = "background"


class Reality(StrEnum):
    """Whether a report gives the incident as having happened."""

    ACTUAL = "actual"
    PLANNED = "planned"
    FOILED = "foiled"
    DENIED = "denied"
    HYPOTHETICAL = "hypothetical"


class WeaponKind(StrEnum):
    """What the incident was carried out with."""

    FIREARM = "firearm"
    EXPLOSIVE = "explosive"
    SUICIDE_BOMB = "suicide_bomb"
    CAR_BOMB = "car_bomb"
    LANDMINE = "landmine"
    GRENADE = "grenade"
    ROCKET_OR_MORTAR = "rocket_or_mortar"
    AIRCRAFT_OR_DRONE = "aircraft_or_drone"
    KNIFE_OR_BLADE = "knife_or_blade"
    VEHICLE = "vehicle"
    FIRE = "fire"
    CHEMICAL = "chemical"
    BLUNT_OR_BARE_HANDS = "blunt_or_bare_hands"
    OTHER = "other"


class What(StrEnum):
    """What a count counts."""

    KILLED = "killed"
    WOUNDED = "wounded"
    HOSTAGES = "hostages"
    ABDUCTED = "abducted"
    FREED = "freed"
    ESCAPED = "escaped"
    ARRESTED = "arrested"
    MISSING = "missing"
    PERPETRATORS = "perpetrators"


class Who(StrEnum):
    """The side of the people counted."""

    CIVILIANS = "civilians"
    SECURITY_FORCES = "security_forces"
    OFFICIALS = "officials"
    MILITANTS = "militants"
    PERPETRATORS = "perpetrators"
    UNSPECIFIED = "unspecified"


class Scope(StrEnum):
    """Whether a count is a toll of its own or a part of another number of the same kind."""

    TOTAL = "total"
    PART = "part"


class OfWhom(StrEnum):
    """A group of people that reports single out within a count."""

    CHILDREN = "children"
    WOMEN = "women"


class PerpetratorCategory(StrEnum):
    """The kind of actor that did it."""

    REBEL_OR_MILITANT_GROUP = "rebel_or_militant_group"
    UNIDENTIFIED_ARMED = "unidentified_armed"
    CRIMINAL_GROUP = "criminal_group"
    STATE_MILITARY = "state_military"
    STATE_POLICE = "state_police"
    PRIVATE_SECURITY = "private_security"
    MILITIA = "militia"
    MOB_OR_RIOTERS = "mob_or_rioters"
    PROTESTERS = "protesters"
    PRISONERS = "prisoners"
    INDIVIDUAL = "individual"
    UNKNOWN = "unknown"

    @property
    def is_of_state(self) -> bool:
        """Return whether it is the state's own armed force."""
        return self in (PerpetratorCategory.STATE_MILITARY, PerpetratorCategory.STATE_POLICE)


class TargetCategory(StrEnum):
    """The kind of person or thing that was attacked, taken or arrested."""

    CIVILIANS = "civilians"
    POLICE = "police"
    MILITARY = "military"
    PRISON_STAFF = "prison_staff"
    PRISONERS = "prisoners"
    GOVERNMENT = "government"
    DIPLOMATIC = "diplomatic"
    RELIGIOUS = "religious"
    EDUCATION = "education"
    HEALTH = "health"
    AID_WORKERS = "aid_workers"
    JOURNALISTS = "journalists"
    BUSINESS = "business"
    TRANSPORT = "transport"
    INFRASTRUCTURE = "infrastructure"
    MILITANTS = "militants"
    PROTESTERS = "protesters"
    OTHER = "other"


class SpeakerKind(StrEnum):
    """The station of whoever says a value; the outlet itself has none."""

    OFFICIAL = "official"
    PERPETRATOR = "perpetrator"
    VICTIM_OR_WITNESS = "victim_or_witness"
    EXPERT_OR_NGO = "expert_or_ngo"
    MEDIA = "media"
    FOOTAGE = "footage"
    UNNAMED = "unnamed"


class CaptivityStatus(StrEnum):
    """How a captivity incident stands, as of the report."""

    ONGOING = "ongoing"
    ENDED_BY_FORCE = "ended_by_force"
    ENDED_BY_NEGOTIATION = "ended_by_negotiation"
    RELEASED = "released"
    ESCAPED = "escaped"
    KILLED = "killed"
    UNKNOWN = "unknown"


class Field(StrEnum):
    """The fields of an incident that claims are about (codebook, section 2)."""

    TYPE = "type"
    FOCUS = "focus"
    REALITY = "reality"
    DATE = "date"
    PLACE = "place"
    PERPETRATOR = "perpetrator"
    TARGET = "target"
    WEAPON = "weapon"
    COUNT = "count"
    DEMAND = "demand"
    MOTIVE = "motive"
    CLAIMED_BY = "claimed_by"
    STATUS = "status"

    @property
    def holds_many(self) -> bool:
        """Return whether several different values of this field can all be true of one incident."""
        return self in _HOLDS_MANY


_HOLDS_MANY = frozenset(
    {Field.PERPETRATOR, Field.TARGET, Field.WEAPON, Field.DEMAND, Field.MOTIVE, Field.FOCUS}
)


class PublishedBasis(StrEnum):
    """How the publication date of a report is known, best first."""

    STATED = "stated"  # the article itself says it: a byline, a dateline
    METADATA = "metadata"  # a feed, an archive row or the page's metadata says it
    PAGE = "page"  # a lone date on the page: an upper bound only
    INFERRED = "inferred"  # bounded by what the report retells
    UNKNOWN = "unknown"
