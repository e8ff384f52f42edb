"""The one page of a case and the list of cases: a reading room over all rooms, and where a case moves to another stage."""
