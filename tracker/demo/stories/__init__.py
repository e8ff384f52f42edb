"""The stories of the demonstration, in the order in which a small one takes them, each with whom it is first told about."""

from collections.abc import Callable

from tracker.demo.helping import Helping
from tracker.demo.stories import going, late, over, quiet, soon
from tracker.demo.telling import Cast, Story
from tracker.people.models import AgeBand, Kinship

A, K = AgeBand, Kinship
DECK: list[tuple[Callable[[Helping], Story], Cast]] = [
    (soon.accepted_with_a_date, Cast("Walker", "Denise", "Marcus", "Andre", age=A.ADULT)),
    (late.danger_last_night, Cast("Delgado", "Rosa", "Mateo", kin=K.SPOUSE_PARTNER, age=A.MIDDLE, town=3)),
    (late.no_answer_from_the_program, Cast("Ibarra", "Elena", "Tomás", kin=K.SPOUSE_PARTNER, age=A.ADULT, town=5)),
    (late.two_calls_not_reached, Cast("Osei", "Janet", "Kwame", kin=K.SPOUSE_PARTNER, age=A.ADULT)),
    (soon.referral_to_send, Cast("Pruitt", "Lorna", "Owen", age=A.ADULT, town=1)),
    (soon.first_meeting_was, Cast("Nguyen", "Linh", "Bao", "Minh", town=2)),
    (soon.three_month_call, Cast("Lindqvist", "Carol", "Erik", "Pete", town=6)),
    (over.goals_met, Cast("Okonkwo", "Chidi", "Amara", kin=K.SIBLING, age=A.ADULT, town=7, owner="ben")),
    (late.packet_by_post, Cast("Brandt", "Uwe", "Nadia", town=9)),
    (going.in_treatment, Cast("Kowalczyk", "Wanda", "Pavel", kin=K.SIBLING, age=A.ADULT, town=3, owner="luis")),
    (over.managing_then_back, Cast("Petrov", "Dmitri", "Igor", age=A.ADULT, town=8, owner="hannah")),
    (going.returned_to_use, Cast("Abernathy", "Calvin", "Wes", kin=K.SPOUSE_PARTNER, age=A.ADULT, town=0, owner="ben")),
    (quiet.spanish, Cast("Castellanos", "Paloma", "Rafael", "Rosario", kin=K.SIBLING, town=4, owner="hannah", language="es")),
    (soon.sleeps_on_it, Cast("Tanaka", "Yuki", "", kin=None, age=A.ADULT, town=11, owner="luis")),
    (quiet.unnamed, Cast("", "", "", kin=K.FRIEND, age=None, town=15, owner="ben")),
    (quiet.on_hold, Cast("Sorensen", "Freya", "Kai", kin=K.SPOUSE_PARTNER, age=A.ADULT, town=14, owner="priya")),
    (quiet.gone_quiet, Cast("Haddad", "Sami", "Leila", kin=K.SIBLING, age=A.ADULT, town=7, owner="ben")),
    (going.consent_taken_back, Cast("Holloway", "Dean", "Tamika", kin=K.SPOUSE_PARTNER, age=A.MIDDLE, town=5, owner="priya")),
    (over.unable_to_reach, Cast("Fairbanks", "Brigid", "Sean", kin=K.SIBLING, age=None, town=13, owner="luis")),
    (quiet.in_sessions, Cast("Mbeki", "Grace", "Joel", kin=K.SPOUSE_PARTNER, age=A.MIDDLE, town=12, owner="luis")),
    (going.on_the_waiting_list, Cast("Brennan", "Cora", "Silas", town=6, owner="priya")),
    (over.declined_for_now, Cast("Yilmaz", "Emil", "Noor", kin=K.SPOUSE_PARTNER, age=A.MIDDLE, town=10, owner="hannah")),
    (going.second_program, Cast("Stavros", "Irena", "Hugo", kin=K.SPOUSE_PARTNER, age=A.MIDDLE, town=2, owner="hannah")),
    (over.grief, Cast("Gupta", "Anjali", "Ravi", age=A.ADULT, town=1, owner="luis")),
    (late.not_sure_of_danger, Cast("Marchetti", "Luca", "Bianca", "Odette", kin=K.SPOUSE_PARTNER, age=A.MIDDLE, town=10)),
    (quiet.never_call_the_house, Cast("Rinaldi", "Sofia", "Victor", kin=K.SPOUSE_PARTNER, age=A.ADULT, town=1, owner="priya")),
    (over.moved_away, Cast("Thornbury", "Sylvia", "Jamal", town=9, owner="ben")),
]
# Told again with other people, a story that is over may have begun up to so many days earlier.
EARLIER = {over.goals_met: 40, over.unable_to_reach: 250, over.declined_for_now: 190, over.grief: 120, over.moved_away: 230}
