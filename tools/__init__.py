"""What stands around the program: getting it started, and getting what its tests need."""
