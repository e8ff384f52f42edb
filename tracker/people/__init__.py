"""The people of a family: who they are, how they are kin, and how each can be reached safely."""
