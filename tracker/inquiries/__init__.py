"""Who asked, about whom, by which way, and what was said: every call is kept, and a real one opens a case at once."""
