"""The invented demonstration organisation: its staff, families, programs, groups, and a year of believable history."""
