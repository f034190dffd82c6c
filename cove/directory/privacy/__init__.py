"""What people agreed to, by which ways they may be reached, and what becomes of their data: handed out, erased, or gone with age."""
