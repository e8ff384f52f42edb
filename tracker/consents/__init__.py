"""Consents: who allowed what, to whom, until when; whether somebody may be reached, and whether something may be told."""
