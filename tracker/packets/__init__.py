"""Packets: exact editions from the library, set as one PDF, handed to one person, with a receipt."""
