"""Support groups and their weekly meetings: added by hand or read from a list, never deleted."""
