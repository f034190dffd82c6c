"""The doctor: asks each channel whether it works, keeps what was found with its remedy, and says so when something breaks."""
