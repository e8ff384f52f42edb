"""Where a ZIP is, how far it is, and what zone it makes likely."""

import pytest

from tracker import places


@pytest.mark.parametrize(
    ("zip_code", "zone"),
    [
        ("10001", "America/New_York"),
        ("60601", "America/Chicago"),
        ("80202", "America/Denver"),
        ("97124", "America/Los_Angeles"),
        ("85001", "America/Phoenix"),
        ("46204", "America/Indiana/Indianapolis"),
        ("48201", "America/Detroit"),
        ("83702", "America/Boise"),
        ("99501", "America/Anchorage"),
        ("96813", "Pacific/Honolulu"),
        ("00901", "America/Puerto_Rico"),
    ],
)
def test_a_zip_makes_a_zone_likely(zip_code, zone):
    guess = places.zone_of_zip(zip_code)
    assert guess == (zone, f"ZIP {zip_code}")


@pytest.mark.parametrize("nothing", ["00000", "", "1234", "abcde", "09001", None, "٩٧١٢٤"])
def test_no_place_no_guess(nothing):
    assert places.place(nothing) is None
    assert places.zone_of_zip(nothing) is None


def test_an_area_code_makes_a_zone_likely_only_within_the_country():
    assert places.zone_of_phone("+16145550142") == ("America/New_York", "area code 614")
    assert places.zone_of_phone("+18085550142").zone == "Pacific/Honolulu"
    assert places.zone_of_phone("+16045550142") is None
    assert places.zone_of_phone("+442071838750") is None
    assert places.zone_of_phone("no number") is None


def test_a_place_and_the_way_between_two():
    hillsboro, beaverton = places.place("97124-1234"), places.place("97005")
    assert (hillsboro.city, hillsboro.state) == ("Hillsboro", "OR")
    assert 5 < places.miles(hillsboro.point, beaverton.point) < 12
    assert places.miles(hillsboro.point, hillsboro.point) == 0
