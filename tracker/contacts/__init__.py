"""Contacts with a family and with others about it: calls, texts, e-mails, meetings, notes; tries and how they ended."""
