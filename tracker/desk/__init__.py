"""Today: a coordinator's day, by how late and how serious."""
