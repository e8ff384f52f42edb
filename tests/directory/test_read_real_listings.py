"""The same readers on real public listings, where a folder of them lies beside the repository; none is kept here."""

from pathlib import Path

import pytest

from tracker.directory import readers
from tracker.directory.readers import Unreadable
from tracker.directory.words import Fellowship

DATA = Path(__file__).parents[2].parent / "shared" / "data"
if not DATA.is_dir():
    pytest.skip("no folder ../shared/data beside the repository: the real listings are not read", allow_module_level=True)


def test_all_36_lines_of_a_real_sheet_are_read():
    data = (DATA / "tsml_template_meetings.csv").read_bytes()
    reading = readers.read(data, "tsml_template_meetings.csv", fellowship=Fellowship.AA)
    assert (len(reading.rows), reading.refused) == (36, [])
    assert not [row for row in reading.rows if row.unknown_types or row.source_updated_at is None or not row.postal_code]


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("bmlt_meeting-search-42.867970-day2.json", "BMLT"),
        ("bmlt_formats.json", "BMLT"),
        ("bmlt_service-bodies.json", "BMLT"),
        ("oiaa_central_query_meetings_redacted40.json", "Online Intergroup"),
        ("meeting_guide_types.json", "not an array"),
        ("hsds3_service_list.json", "not an array"),
    ],
)
def test_a_real_file_of_another_kind_is_named(name, word):
    with pytest.raises(Unreadable, match=word):
        readers.read((DATA / name).read_bytes(), name, fellowship=Fellowship.AA, default_zone="America/New_York")
