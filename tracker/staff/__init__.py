"""Who works here: staff, teams, sign-in, sessions kept on the server, and the whole access policy."""
