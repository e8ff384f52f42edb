"""The lobby: what anybody may open, signed in or not: health, crisis steps, reports of the content policy."""
