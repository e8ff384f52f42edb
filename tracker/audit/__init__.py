"""Reading the journal as an auditor: who saw and did what, and whether the chain holds."""
