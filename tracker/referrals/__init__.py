"""Referrals to programs: sent under a consent or given to the family, what the program answered, admission and discharge."""
