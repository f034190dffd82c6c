"""WeCom: members, customers, contact ways, tags, welcomes."""
