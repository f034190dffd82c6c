"""Files that Cove made for somebody: kept for a while, given only to whom they belong."""
