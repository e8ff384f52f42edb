"""The long road after: a follow-up plan for each person who agreed, its check-ins, and what comes of them."""
